"""Who took part in a period and who has not yet, counted from the records: by school and by role.

A person counts in each school where they have to declare, under the first of their roles there; taking part once in a
period counts in each. Nothing is kept as a sum, so that nothing can be out of date.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any, Final

from sqlalchemy import (
    CTE,
    ColumnElement,
    Row,
    Select,
    and_,
    case,
    false,
    func,
    or_,
    select,
    text,
    true,
)

from storage.database import Transaction
from storage.figures import Counts, Figures, Missing, SchoolFigures, Selected
from storage.standings import all_at_once, declared_at, one_by_one, said_at, staff_of, was_refused
from storage.states import DECLARING_ROLES, Role
from storage.tables import headcount, person, role, school, service_centre

CONFIRMED: Final = {
    Role.TEACHER: "teachers",
    Role.SPECIALIST: "specialists",
    Role.PROFESSIONAL: "professionals",
}
"""The column of a confirmed head count that tells how many there are in a role."""


def of_school(tx: Transaction, school_id: int, period: str, *, since: datetime | None = None) -> Figures:
    """The figures of one school, whether it was selected or not; `since` is what `recent` counts from."""
    counted = _counted(tx, one_by_one(tx, staff_of(role.c.school_id == school_id), period), since)
    confirmed = tx.execute(_confirmed(period).where(headcount.c.school_id == school_id)).first()
    return _figures(counted.get(school_id, {}), confirmed)


def of_schools(
    tx: Transaction, period: str, *, centre_id: int | None = None, since: datetime | None = None
) -> tuple[SchoolFigures, ...]:
    """The figures of every school that was selected, or of those of one service centre, by centre and name."""
    among = school.c.participating & (true() if centre_id is None else school.c.centre_id == centre_id)
    if tx.dialect.name == "postgresql":
        # It would spend two seconds on compiling what takes one.
        tx.execute(text("SET LOCAL jit = off"))
    looked_up = all_at_once if centre_id is None else one_by_one
    staff = staff_of(role.c.school_id.in_(select(school.c.id).where(among)))
    counted = _counted(tx, looked_up(tx, staff, period), since)
    confirmed = {row.school_id: row for row in tx.execute(_confirmed(period))}
    return tuple(
        SchoolFigures(Selected(*row), _figures(counted.get(row.id, {}), confirmed.get(row.id)))
        for row in tx.execute(_SCHOOLS.where(among))
    )


def on_rosters(tx: Transaction, *, centre_id: int | None = None) -> tuple[SchoolFigures, ...]:
    """The same schools with nothing but how many people are on the roster of each, by role."""
    among = school.c.participating & (true() if centre_id is None else school.c.centre_id == centre_id)
    staff = staff_of(role.c.school_id.in_(select(school.c.id).where(among)))
    columns = (staff.c.school_id, staff.c.rank)
    counted: dict[int, dict[Role, Counts]] = defaultdict(lambda: dict.fromkeys(DECLARING_ROLES, Counts()))
    for row in tx.execute(select(*columns, func.count().label("people")).group_by(*columns)):
        counted[row.school_id][DECLARING_ROLES[row.rank]] = Counts(row.people, row.people)
    found = (Selected(*row) for row in tx.execute(_SCHOOLS.where(among)))
    return tuple(
        SchoolFigures(one, Figures(sum(counted[one.id].values(), Counts()), counted[one.id])) for one in found
    )


def missing(tx: Transaction, school_id: int, period: str) -> tuple[Missing, ...]:
    """Who of a school took no part yet, by name."""
    staff = staff_of(role.c.school_id == school_id)
    refused = was_refused(period, staff.c.person_id).label("refused")
    each = one_by_one(tx, staff, period).add_columns(person.c.id, person.c.name, refused)
    took_no_part = (looked_up(period, staff.c.person_id).is_(None) for looked_up in (declared_at, said_at))
    found = each.join(person, person.c.id == staff.c.person_id).where(*took_no_part)
    return tuple(
        Missing(
            row.id,
            row.name,
            DECLARING_ROLES[row.rank],
            bool(row.draft),
            bool(row.registered),
            bool(row.refused),
        )
        for row in tx.execute(found.order_by(person.c.name, person.c.id))
    )


def taken_part(tx: Transaction, school_id: int, period: str) -> tuple[datetime, ...]:
    """When each of those on a school's roster who took part did so first, the earliest first."""
    staff = staff_of(role.c.school_id == school_id)
    when = (looked_up(period, staff.c.person_id) for looked_up in (declared_at, said_at))
    firsts = (tuple(filter(None, row)) for row in tx.execute(select(*when).select_from(staff)))
    return tuple(sorted(min(first) for first in firsts if first))


def selected(tx: Transaction) -> tuple[Selected, ...]:
    """Every school that was selected, by service centre and name."""
    return tuple(Selected(*row) for row in tx.execute(_SCHOOLS.where(school.c.participating)))


def year_of(period: str) -> int:
    """The calendar year in which the school year of a period (`2026-1`) begins."""
    return int(period.partition("-")[0])


def _counted(tx: Transaction, each: Select[Any], since: datetime | None) -> dict[int, dict[Role, Row[Any]]]:
    """What these people did, by school and role."""
    # Or each is looked up as often as it is spoken of.
    one_each = each.cte("one_each").prefix_with("MATERIALIZED")
    is_in = {
        "registered": one_each.c.registered,
        "declared": one_each.c.declared.is_not(None),
        "nothing": and_(one_each.c.declared.is_(None), one_each.c.said.is_not(None)),
        "drafts": and_(one_each.c.declared.is_(None), one_each.c.said.is_(None), one_each.c.draft),
        "recent": _first_since(one_each, since),
    }
    sums = (func.sum(case((wanted, 1), else_=0)).label(f"of_{name}") for name, wanted in is_in.items())
    columns = (one_each.c.school_id, one_each.c.rank)
    rows = tx.execute(select(*columns, func.count().label("of_listed"), *sums).group_by(*columns))
    counted: dict[int, dict[Role, Row[Any]]] = defaultdict(dict)
    for row in rows:
        counted[row.school_id][DECLARING_ROLES[row.rank]] = row
    return counted


def _first_since(one_each: CTE, since: datetime | None) -> ColumnElement[bool]:
    """Whether they took part, and neither way before that moment."""
    if since is None:
        return false()
    took_part = or_(one_each.c.declared.is_not(None), one_each.c.said.is_not(None))
    before = (or_(when.is_(None), when >= since) for when in (one_each.c.declared, one_each.c.said))
    return and_(took_part, *before)


def _figures(counted: Mapping[Role, Row[Any]], confirmed: Row[Any] | None) -> Figures:
    by_role = {
        one: _counts(counted.get(one), getattr(confirmed, column, None)) for one, column in CONFIRMED.items()
    }
    total = sum(by_role.values(), Counts())
    expected = confirmed.total if confirmed else total.listed
    return Figures(_expecting(expected, total), by_role, confirmed is not None)


def _counts(row: Row[Any] | None, confirmed: int | None) -> Counts:
    counted = Counts(0, *(int(row._mapping[f"of_{name}"]) for name in _COUNTED)) if row else Counts()
    return _expecting(counted.listed if confirmed is None else confirmed, counted)


def _expecting(expected: int, counts: Counts) -> Counts:
    """The same of a school, or of a role there, in which so many are expected."""
    return replace(counts, expected=expected, unlisted=max(0, expected - counts.listed))


def _confirmed(period: str) -> Select[Any]:
    return select(headcount).where(headcount.c.year == year_of(period))


_COUNTED: Final = ("listed", "registered", "declared", "nothing", "drafts", "recent")
_SCHOOLS: Final = (
    select(school.c.id, school.c.name, school.c.centre_id, service_centre.c.name.label("centre"))
    .outerjoin(service_centre, service_centre.c.id == school.c.centre_id)
    .order_by(service_centre.c.name, school.c.name, school.c.id)
)
