"""Who talks with a human, while the assistant keeps silent."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import delete, select, update
from sqlalchemy.dialects.postgresql import insert

from storage.database import Transaction
from storage.tables import discussion


@dataclass(frozen=True, slots=True)
class Discussion:
    """A person and the human who talks with them, about one ticket, at one address."""

    person_id: int
    ticket_id: int
    human_id: int
    channel: str
    address: str
    last_at: datetime
    """When either last wrote."""


def begin(tx: Transaction, new: Discussion) -> bool:
    """From now on they talk; False when the person does with somebody already."""
    made = insert(discussion).values(**asdict(new))
    return tx.execute(made.on_conflict_do_nothing()).rowcount == 1


def of_person(tx: Transaction, person_id: int) -> Discussion | None:
    """The discussion that somebody is in."""
    row = tx.execute(select(discussion).where(discussion.c.person_id == person_id)).first()
    return Discussion(**row._mapping) if row else None


def of_human(tx: Transaction, human_id: int) -> tuple[Discussion, ...]:
    """Those that somebody in charge is in, newest word first."""
    own = select(discussion).where(discussion.c.human_id == human_id).order_by(discussion.c.last_at.desc())
    return tuple(Discussion(**row._mapping) for row in tx.execute(own))


def go_on(tx: Transaction, person_id: int, now: datetime) -> None:
    """One of them has written."""
    tx.execute(update(discussion).where(discussion.c.person_id == person_id).values(last_at=now))


def end(tx: Transaction, person_id: int) -> bool:
    """The assistant is back; False when it was already."""
    return tx.execute(delete(discussion).where(discussion.c.person_id == person_id)).rowcount == 1


def silent_since(tx: Transaction, before: datetime) -> tuple[Discussion, ...]:
    """Those in which nobody has written since then."""
    rows = tx.execute(select(discussion).where(discussion.c.last_at <= before))
    return tuple(Discussion(**row._mapping) for row in rows)
