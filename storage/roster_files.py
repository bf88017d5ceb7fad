"""Lists of people that wait for whoever sent them to say yes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select, update

from storage.database import Transaction
from storage.tables import roster_file


@dataclass(frozen=True, slots=True)
class RosterFile:
    """A list, what was shown of it, and whether its sender was asked a second time."""

    id: int
    lines: tuple[dict[str, Any], ...]
    shown: str
    """The fingerprint of the plan that the sender read."""
    asked_twice: bool


def keep(tx: Transaction, person_id: int, lines: Sequence[dict[str, Any]], shown: str, now: datetime) -> int:
    """A new list of somebody's, which takes the place of any that waited: its number."""
    tx.execute(_waiting(update(roster_file), person_id).values(lines=[], settled_at=now))
    row = {"person_id": person_id, "lines": list(lines), "shown": shown, "made_at": now}
    made = tx.execute(insert(roster_file).values(row).returning(roster_file.c.id))
    return int(made.scalar_one())


def waiting(tx: Transaction, person_id: int, number: int | None = None) -> RosterFile | None:
    """This person's list that still waits, if it is the one with this number."""
    found = _waiting(select(roster_file), person_id)
    if number is not None:
        found = found.where(roster_file.c.id == number)
    row = tx.execute(found).first()
    return RosterFile(row.id, tuple(row.lines), row.shown, row.asked_twice) if row else None


def show(tx: Transaction, number: int, shown: str) -> None:
    """The sender now reads another plan; nothing was asked of it yet."""
    _set(tx, number, shown=shown, asked_twice=False)


def ask_twice(tx: Transaction, number: int) -> None:
    """The sender is asked a second time."""
    _set(tx, number, asked_twice=True)


def settle(tx: Transaction, number: int, now: datetime) -> None:
    """It waits no longer, and whom it named is forgotten here."""
    _set(tx, number, lines=[], settled_at=now)


def _set(tx: Transaction, number: int, **values: object) -> None:
    tx.execute(update(roster_file).where(roster_file.c.id == number).values(values))


def _waiting(statement: Any, person_id: int) -> Any:
    return statement.where(roster_file.c.person_id == person_id, roster_file.c.settled_at.is_(None))
