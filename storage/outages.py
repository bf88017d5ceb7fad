"""What is out of order: since when, and whether the operators have been told."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select, update
from sqlalchemy.dialects.postgresql import insert

from storage.database import Transaction
from storage.marks import tidy
from storage.tables import outage


@dataclass(frozen=True, slots=True)
class Outage:
    """A line (a mailbox, a server) that does not work."""

    line: str
    since: datetime
    reason: str
    told_at: datetime | None = None
    """When the operators were told."""


def begun(tx: Transaction, line: str, reason: str, now: datetime) -> Outage:
    """It does not work: the outage as it stands, with the newest reason."""
    why = tidy(reason)
    row = insert(outage).values(line=line, since=now, reason=why)
    tx.execute(row.on_conflict_do_update(index_elements=["line"], set_={"reason": why}))
    found = tx.execute(select(outage).where(outage.c.line == line)).one()
    return Outage(**found._mapping)


def told(tx: Transaction, line: str, now: datetime) -> bool:
    """Marks the operators as told; False when somebody has told them before."""
    untold = update(outage).where(outage.c.line == line, outage.c.told_at.is_(None))
    return tx.execute(untold.values(told_at=now)).rowcount == 1


def over(tx: Transaction, line: str) -> Outage | None:
    """It works: the outage that ends with that, if there was one."""
    row = tx.execute(delete(outage).where(outage.c.line == line).returning(*outage.c)).first()
    return Outage(**row._mapping) if row else None


def keep_only(tx: Transaction, lines: Collection[str]) -> int:
    """Drops the outages of lines that nobody looks after any more: how many."""
    return tx.execute(delete(outage).where(outage.c.line.not_in(lines))).rowcount


def standing(tx: Transaction) -> tuple[Outage, ...]:
    """All that stand now, the oldest first."""
    return tuple(Outage(**row._mapping) for row in tx.execute(select(outage).order_by(outage.c.since)))
