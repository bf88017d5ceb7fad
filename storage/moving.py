"""Somebody's roles changed one by one, by the operator's hand."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import exists, update

from storage.database import Transaction
from storage.people import Place
from storage.tables import person, role


def close_role(tx: Transaction, person_id: int, place: Place, now: datetime) -> bool:
    """A role that counts no more; the last one closes the person too. False where they have no such role."""
    this = (
        role.c.person_id == person_id,
        role.c.role == place.role,
        role.c.school_id.is_not_distinct_from(place.school_id),
        role.c.centre_id.is_not_distinct_from(place.centre_id),
        role.c.closed_at.is_(None),
    )
    closed = tx.execute(update(role).where(*this).values(closed_at=now)).rowcount
    left = exists().where(role.c.person_id == person.c.id, role.c.closed_at.is_(None))
    tx.execute(update(person).where(person.c.id == person_id, ~left).values(closed_at=now))
    return bool(closed)


def close_person(tx: Transaction, person_id: int, now: datetime) -> None:
    """Somebody who has left: nothing of theirs is deleted, and they come back by any role."""
    tx.execute(
        update(role).where(role.c.person_id == person_id, role.c.closed_at.is_(None)).values(closed_at=now)
    )
    tx.execute(
        update(person).where(person.c.id == person_id, person.c.closed_at.is_(None)).values(closed_at=now)
    )
