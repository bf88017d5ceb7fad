"""Which languages the people who have to declare are written to in."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from sqlalchemy import or_, select

from storage.database import Transaction
from storage.states import DECLARING_ROLES
from storage.tables import person, role, school

UNTOLD: Final = "fr"
"""What somebody is written to in who has not told."""


def read_in(tx: Transaction, centre_ids: Collection[int], school_ids: Collection[int]) -> frozenset[str]:
    """The languages of the staff of these service centres' participating schools, and of these schools."""
    there = or_(school.c.centre_id.in_(list(centre_ids)), school.c.id.in_(list(school_ids)))
    found = (
        select(person.c.language)
        .join_from(role, person, person.c.id == role.c.person_id)
        .join(school, school.c.id == role.c.school_id)
        .where(
            role.c.role.in_(DECLARING_ROLES),
            role.c.closed_at.is_(None),
            school.c.participating.is_(True),
            there,
        )
        .distinct()
    )
    return frozenset(one or UNTOLD for one in tx.scalars(found))
