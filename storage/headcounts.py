"""Head counts: how many people of each participating school have to declare in a school year, as confirmed."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, and_, bindparam, false, func, or_, select
from sqlalchemy.dialects.postgresql import insert

from storage.database import Transaction
from storage.people import Person
from storage.states import DECLARING_ROLES, Role, Sector
from storage.tables import headcount, person, role, school, service_centre


@dataclass(frozen=True, slots=True)
class Numbers:
    """How many people a school has; of a role None where they were not told apart."""

    total: int
    teachers: int | None = None
    specialists: int | None = None
    professionals: int | None = None


@dataclass(frozen=True, slots=True)
class Confirmed:
    """A head count that stands, who said so, and when."""

    numbers: Numbers
    by: str | None
    at: datetime


@dataclass(frozen=True, slots=True)
class Site:
    """A participating school, in the order in which lists number them."""

    number: int
    """Its place in the list, from 1."""
    id: int
    name: str


def sites_of(tx: Transaction, who: Person) -> tuple[Site, ...]:
    """The schools whose head counts somebody confirms, by service centre and name.

    Service centres do so for their schools, a private school for itself, and operators for all.
    """
    centres = [place.centre_id for place in who.places if place.role is Role.CSS_ADMIN]
    own = [place.school_id for place in who.places if place.role is Role.SCHOOL_ADMIN]
    private = and_(school.c.id.in_(own), school.c.sector == Sector.PRIVATE)
    mine = or_(school.c.centre_id.in_(centres), private) if centres or own else false()
    found = _SITES if Role.OPERATOR in who.roles else _SITES.where(mine)
    return tuple(Site(number, row.id, row.name) for number, row in enumerate(tx.execute(found), 1))


def confirmed(tx: Transaction, year: int) -> Mapping[int, Confirmed]:
    """The head counts of the school year that begins in that year, by school."""
    return {row.school_id: _confirmed(row) for row in tx.execute(_CONFIRMED, {"year": year})}


def confirmed_by(tx: Transaction, person_id: int, since: datetime) -> bool:
    """Whether somebody has confirmed a head count since then that still stands."""
    return tx.execute(_CONFIRMED_BY, {"person": person_id, "since": since}).first() is not None


def listed(tx: Transaction, school_ids: Collection[int]) -> Mapping[int, int]:
    """How many people who have to declare stand on the roster of each of these schools; no entry: nobody."""
    return {row.school_id: row.number for row in tx.execute(_LISTED, {"schools": list(school_ids)})}


def confirm(
    tx: Transaction, counted: Mapping[int, Numbers], year: int, by: int | None, now: datetime
) -> None:
    """Keeps the head counts of schools, in the place of those told before."""
    who = {"year": year, "confirmed_by": by, "confirmed_at": now}
    if rows := [{"school_id": one, **asdict(numbers), **who} for one, numbers in counted.items()]:
        tx.execute(_CONFIRM, rows)


def _confirmed(row: Row[Any]) -> Confirmed:
    numbers = Numbers(row.total, row.teachers, row.specialists, row.professionals)
    return Confirmed(numbers, row.name, row.confirmed_at)


_SITES = (
    select(school.c.id, school.c.name)
    .outerjoin(service_centre, service_centre.c.id == school.c.centre_id)
    .where(school.c.participating.is_(True))
    .order_by(service_centre.c.name, school.c.name, school.c.id)
)
_CONFIRMED = (
    select(headcount, person.c.name)
    .outerjoin(person, person.c.id == headcount.c.confirmed_by)
    .where(headcount.c.year == bindparam("year"))
)
_CONFIRMED_BY = (
    select(headcount.c.school_id)
    .where(headcount.c.confirmed_by == bindparam("person"), headcount.c.confirmed_at >= bindparam("since"))
    .limit(1)
)
_LISTED = (
    select(role.c.school_id, func.count(role.c.person_id.distinct()).label("number"))
    .where(
        role.c.school_id.in_(bindparam("schools", expanding=True)),
        role.c.role.in_(DECLARING_ROLES),
        role.c.closed_at.is_(None),
    )
    .group_by(role.c.school_id)
)
_NEW = insert(headcount)
_CONFIRM = _NEW.on_conflict_do_update(
    index_elements=[headcount.c.school_id, headcount.c.year],
    set_={
        name: _NEW.excluded[name]
        for name in ("total", "teachers", "specialists", "professionals", "confirmed_by", "confirmed_at")
    },
)
