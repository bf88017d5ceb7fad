"""What becomes of a sent declaration: each version is kept, and only one that is still as it was read is changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select, update

from storage.database import Transaction
from storage.declarations import Declaration, Filing, Use, Work, keep_version
from storage.states import DeclarationState
from storage.tables import declaration, declaration_version

UNDECIDED: Mapping[str, Any] = {"decided_by": None, "decided_at": None, "reason": None}


@dataclass(frozen=True, slots=True)
class Version:
    """What a declaration said from `changed_at` on, until the next version."""

    version: int
    values: Mapping[str, Any]
    """The columns of work, use and filing; days and moments as ISO text."""
    changed_at: datetime
    changed_by: int


def revise(
    tx: Transaction,
    before: Declaration,
    work: Work,
    use: Use,
    filing: Filing,
    state: DeclarationState,
    now: datetime,
) -> bool:
    """Keeps the next version of a declaration, by the person whose it is; False when it has changed meanwhile.

    What was decided of the version before stands only where the new one is `sent` and was accepted.
    """
    values = {**asdict(work), **asdict(use), **asdict(filing)}
    decided = {} if before.course.accepted and state is DeclarationState.SENT else UNDECIDED
    changed = _change(tx, before, {**values, **decided, "state": state, "changed_at": now}, 1)
    if changed:
        keep_version(tx, before.id, before.course.version + 1, values, filing.person_id, now)
    return changed


def set_state(tx: Transaction, before: Declaration, state: DeclarationState, now: datetime) -> bool:
    """Withdraws a declaration or puts it back; False when it has changed meanwhile."""
    return _change(tx, before, {"state": state, "changed_at": now})


def decide(
    tx: Transaction, before: Declaration, state: DeclarationState, by: int, now: datetime, reason: str | None
) -> bool:
    """Accepts or refuses a declaration; False when somebody was faster."""
    return _change(tx, before, {"state": state, "decided_by": by, "decided_at": now, "reason": reason})


def ask_by(tx: Transaction, number: int, ticket_id: int) -> None:
    """Notes the ticket by which somebody in charge is asked about a declaration."""
    tx.execute(update(declaration).where(declaration.c.id == number).values(ticket_id=ticket_id))


def asked_by(tx: Transaction, ticket_id: int) -> int | None:
    """The number of the declaration that a ticket asks about."""
    return tx.execute(select(declaration.c.id).where(declaration.c.ticket_id == ticket_id)).scalar()


def of_declaration(tx: Transaction, number: int) -> tuple[Version, ...]:
    """All versions, the first one first."""
    kept = declaration_version.c
    rows = tx.execute(
        select(kept.version, kept["values"], kept.changed_at, kept.changed_by)
        .where(kept.declaration_id == number)
        .order_by(kept.version)
    )
    return tuple(Version(*row) for row in rows)


def _change(tx: Transaction, before: Declaration, values: Mapping[str, Any], versions: int = 0) -> bool:
    """Writes these, where version and state are still what was read."""
    as_read = (
        declaration.c.id == before.id,
        declaration.c.version == before.course.version,
        declaration.c.state == before.course.state,
    )
    new = {**values, "version": before.course.version + versions}
    return bool(tx.execute(update(declaration).where(*as_read).values(new)).rowcount)
