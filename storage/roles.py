"""Who is in a role, and who is in charge of a school."""

from __future__ import annotations

from sqlalchemy import and_, or_, select

from storage.database import Transaction
from storage.states import Role
from storage.tables import role, school


def holders(tx: Transaction, wanted: Role) -> tuple[int, ...]:
    """The ids of everybody in a role."""
    rows = tx.execute(
        select(role.c.person_id)
        .where(role.c.role == wanted, role.c.closed_at.is_(None))
        .distinct()
        .order_by(role.c.person_id)
    )
    return tuple(rows.scalars())


def is_in_charge(tx: Transaction, person_id: int, school_id: int | None, centre_id: int | None) -> bool:
    """Whether somebody answers for a school or a service centre, of neither: for everybody; operators do for all."""
    its_centre = select(school.c.centre_id).where(school.c.id == school_id).scalar_subquery()
    answers = or_(
        role.c.role == Role.OPERATOR,
        and_(role.c.role == Role.SCHOOL_ADMIN, role.c.school_id.in_([school_id] if school_id else [])),
        and_(role.c.role == Role.CSS_ADMIN, role.c.centre_id.in_([centre_id] if centre_id else [])),
        and_(role.c.role == Role.CSS_ADMIN, role.c.centre_id == its_centre),
    )
    held = select(role.c.id).where(role.c.person_id == person_id, role.c.closed_at.is_(None), answers)
    return tx.execute(held.limit(1)).first() is not None


def in_charge_of(tx: Transaction, school_id: int, besides: int | None = None) -> tuple[int, ...]:
    """The ids of those responsible for a school; where there is nobody, of those of its service centre.

    `besides`: somebody who asks, and does not answer themself.
    """
    centre = select(school.c.centre_id).where(school.c.id == school_id).scalar_subquery()
    wanted = (
        (role.c.role == Role.SCHOOL_ADMIN) & (role.c.school_id == school_id),
        (role.c.role == Role.CSS_ADMIN) & (role.c.centre_id == centre),
    )
    active = select(role.c.person_id).where(role.c.closed_at.is_(None))
    if besides is not None:
        active = active.where(role.c.person_id != besides)
    found = (tuple(tx.scalars(active.where(one).distinct().order_by(role.c.person_id))) for one in wanted)
    return next(filter(None, found), ())
