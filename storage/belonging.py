"""Who belongs to which audience, in SQL: by their roles in participating schools, and by what is still to be done."""

from __future__ import annotations

from typing import Any, Final, Literal

from sqlalchemy import BigInteger, ColumnElement, Select, bindparam, not_, select

from storage.states import DECLARING_ROLES, Audience, Role
from storage.tables import headcount, person, role, school
from storage.taking_part import YEAR, any_of, no_account, someone_missing, took_part

Scope = Literal["all", "school", "centre"]
"""Everybody, the people of one school (parameter `school`), or of one service centre (`centre`)."""

ROLES: Final = {
    Audience.STAFF: DECLARING_ROLES,
    Audience.ABSENT: DECLARING_ROLES,
    Audience.IN_CHARGE: (Role.SCHOOL_ADMIN,),
    Audience.CENTRES: (Role.CSS_ADMIN,),
    Audience.HEADCOUNT: (Role.CSS_ADMIN,),
    Audience.CONTACTS: (Role.CSS_ADMIN,),
}
"""Whose roles a campaign is for."""


def belongs(audience: Audience, scope: Scope) -> ColumnElement[bool]:
    """Of a person: one of their roles is such that the campaign is for them."""
    return any_of(role.c.person_id == person.c.id, *_at_work(audience, scope))


def among(audience: Audience, scope: Scope) -> ColumnElement[bool]:
    """The same, where people are looked for: those of one place are found from their place."""
    return belongs(audience, scope) if scope == "all" else person.c.id.in_(members(audience, scope))


def members(audience: Audience, scope: Scope) -> Select[tuple[int]]:
    """The ids of those who belong, as `id`; somebody with two such roles twice."""
    return select(role.c.person_id.label("id")).where(*_at_work(audience, scope))


def has_to_do(audience: Audience, scope: Scope) -> ColumnElement[bool]:
    """Of a person: there is still something to remind them of."""
    if audience is Audience.STAFF:
        return not_(took_part(person.c.id))
    if audience is Audience.ABSENT:
        return no_account(person.c.id)
    undone = _UNDONE[audience]
    of_place = role.c.school_id if audience is Audience.IN_CHARGE else role.c.centre_id
    where = school.c.id if audience is Audience.IN_CHARGE else school.c.centre_id
    place = any_of(where == of_place, school.c.participating.is_(True), undone)
    return any_of(role.c.person_id == person.c.id, *_at_work(audience, scope), place)


def _at_work(audience: Audience, scope: Scope) -> list[ColumnElement[bool]]:
    in_school = Role.CSS_ADMIN not in ROLES[audience]
    place = _in_school(scope) if in_school else _in_centre(scope)
    return [role.c.role.in_(ROLES[audience]), role.c.closed_at.is_(None), *place]


def _in_school(scope: Scope) -> list[ColumnElement[bool]]:
    """Roles in participating schools."""
    wanted = [_place.c.id == role.c.school_id, _place.c.participating.is_(True)]
    if scope == "centre":
        wanted.append(_place.c.centre_id == _CENTRE)
    return [any_of(*wanted), *([role.c.school_id == _SCHOOL] if scope == "school" else [])]


def _in_centre(scope: Scope) -> list[ColumnElement[bool]]:
    """Roles in service centres, of any school or of that one."""
    of_school: Select[Any] = select(_place.c.centre_id).where(_place.c.id == _SCHOOL)
    wanted = {"centre": _CENTRE, "school": of_school.scalar_subquery()}
    return [role.c.centre_id == wanted[scope]] if scope in wanted else []


_SCHOOL = bindparam("school", type_=BigInteger)
_CENTRE = bindparam("centre", type_=BigInteger)
_place = school.alias("place")
_of_school = role.alias("of_school")
NO_DIRECTION = not_(
    any_of(
        _of_school.c.school_id == school.c.id,
        _of_school.c.role == Role.SCHOOL_ADMIN,
        _of_school.c.closed_at.is_(None),
    )
)
"""Of a school: nobody is responsible for it."""
_UNDONE = {
    Audience.IN_CHARGE: someone_missing(school.c.id),
    Audience.CENTRES: someone_missing(school.c.id),
    Audience.HEADCOUNT: not_(any_of(headcount.c.school_id == school.c.id, headcount.c.year == YEAR)),
    Audience.CONTACTS: NO_DIRECTION,
}
"""What makes a school one that those in charge have to see to."""
