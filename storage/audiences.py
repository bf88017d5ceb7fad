"""Audiences: whom a campaign is for, as of now, and where each of them is reached."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from sqlalchemy import (
    BigInteger,
    BindParameter,
    ColumnElement,
    Integer,
    Row,
    Select,
    String,
    and_,
    bindparam,
    func,
    literal,
    select,
)

from storage.belonging import NO_DIRECTION, Scope, among, belongs, has_to_do, members
from storage.campaigns import Aim
from storage.database import Transaction
from storage.people import Address
from storage.states import DECLARING_ROLES, Audience, DeclarationState, Role, Standing
from storage.tables import address, person, role, school
from storage.taking_part import has_account, standing, uncounted, way

SPACE: Final = " "
"""Between the channel and the address in `_WAY`; no channel has one in its name."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody whom a campaign is for."""

    person_id: int
    language: str | None
    channel: str | None = None
    """Where they are reached; None: nowhere."""
    address: str | None = None


@dataclass(frozen=True, slots=True)
class Facts:
    """What counts about somebody at the moment when a reminder is to leave."""

    person_id: int
    name: str | None
    language: str | None
    reminders: bool
    """Whether they want any."""
    at: Address | None
    """Where they are to be reached; None: nowhere."""
    belongs: bool
    """Whether their role is still one that the campaign is for."""
    open: bool
    """Whether there is still something to remind them of."""
    standing: Standing | None
    """Of people who have to declare."""
    has_account: bool | None
    """Of those who may have none, what an imported list says; None: no list names them."""
    uncounted: DeclarationState | None = None
    """How what they sent for the period ended, where it does not count: refused, or withdrawn."""


@dataclass(frozen=True, slots=True)
class Unreached:
    """Somebody who has to declare and is reached nowhere."""

    person_id: int
    name: str | None
    role: Role
    school_id: int


def standings(tx: Transaction, period: str, person_ids: Collection[int]) -> Mapping[int, Standing]:
    """What each of these people has done for a period."""
    rows = tx.execute(_STANDINGS, {"ids": list(person_ids), "period": period})
    return {row.id: Standing(row.standing) for row in rows}


def next_span(tx: Transaction, aim: Aim, after_id: int, limit: int) -> int | None:
    """The id up to which so many more people are to be looked at for a campaign; None: nobody is left."""
    given = {**given_for(aim), "after": after_id, "limit": limit}
    return tx.execute(_span(aim.audience, scope_of(aim)), given).scalar()


def candidates(tx: Transaction, aim: Aim, after_id: int, to_id: int) -> Sequence[Candidate]:
    """Whom a campaign is for, from one id to another, by id; also those who are reached nowhere or want none.

    The span keeps what it costs the same, however many people there are and whatever the database thinks of them.
    """
    found = _candidates(aim.audience, scope_of(aim), aim.standing is not None)
    given = {**given_for(aim), "after": after_id, "to": to_id}
    return [Candidate(row.id, row.language, *_split(row.way)) for row in tx.execute(found, given)]


def undecided(tx: Transaction, aim: Aim, after_id: int) -> int:
    """How many people beyond an id a campaign is for, of those who are reached somewhere."""
    found = _undecided(aim.audience, scope_of(aim), aim.standing is not None)
    return tx.execute(found, {**given_for(aim), "after": after_id}).scalar() or 0


def facts(tx: Transaction, aim: Aim, person_ids: Collection[int]) -> Mapping[int, Facts]:
    """What counts about each of these people now; who is no longer known is missing from it."""
    rows = tx.execute(_facts(aim.audience, scope_of(aim)), {**given_for(aim), "ids": list(person_ids)})
    return {row.id: _fact(row, aim) for row in rows}


def who_without_address(tx: Transaction, school_ids: Collection[int]) -> tuple[Unreached, ...]:
    """Those who have to declare in these schools and are reached nowhere, by name: the list of people to reach."""
    return tuple(
        Unreached(row.id, row.name, Role(row.role), row.school_id)
        for row in tx.execute(_UNREACHED, {"schools": list(school_ids)})
    )


def schools_without_direction(tx: Transaction, centre_ids: Collection[int]) -> tuple[str, ...]:
    """The names of the participating schools of service centres that have nobody responsible."""
    mine = and_(school.c.centre_id.in_(list(centre_ids)), school.c.participating.is_(True))
    return tuple(tx.scalars(select(school.c.name).where(mine, NO_DIRECTION).order_by(school.c.name)))


def _fact(row: Row[Any], aim: Aim) -> Facts:
    channel, value = _split(row.way)
    at = Address(channel, value) if channel and value else None
    stands = Standing(row.standing) if row.standing else None
    still = bool(row.open) if aim.standing is None else stands is aim.standing
    belongs = bool(row.belongs)
    uncounted = DeclarationState(row.uncounted) if row.uncounted else None
    told = (row.has_account, uncounted)
    return Facts(row.id, row.name, row.language, row.reminders, at, belongs, still, stands, *told)


def given_for(aim: Aim) -> dict[str, object]:
    scope = {"school": aim.school_id, "centre": aim.centre_id}
    year = int(aim.period.partition("-")[0])
    return {"period": aim.period, "year": year, "standing": aim.standing} | scope


def _split(way: str | None) -> tuple[str | None, str | None]:
    channel, _, value = (way or "").partition(SPACE)
    return channel or None, value or None


def scope_of(aim: Aim) -> Scope:
    return "school" if aim.school_id is not None else "centre" if aim.centre_id is not None else "all"


@cache
def _span(audience: Audience, scope: Scope) -> Select[Any]:
    ids = members(audience, scope).distinct() if scope != "all" else select(person.c.id.label("id"))
    number = ids.selected_columns.id
    some = ids.where(number > bindparam("after", type_=BigInteger)).order_by(number)
    return select(func.max(some.limit(bindparam("limit", type_=Integer)).subquery().c.id))


@cache
def _candidates(audience: Audience, scope: Scope, one_standing: bool) -> Select[Any]:
    within = (
        person.c.id > bindparam("after", type_=BigInteger),
        person.c.id <= bindparam("to", type_=BigInteger),
    )
    wanted = aimed_at(audience, scope, one_standing)
    return select(person.c.id, person.c.language, _WAY).where(*within, *wanted).order_by(person.c.id)


@cache
def _undecided(audience: Audience, scope: Scope, one_standing: bool) -> Select[Any]:
    beyond = (person.c.id > bindparam("after", type_=BigInteger), _WAY.is_not(None))
    return select(func.count()).select_from(person).where(*beyond, *aimed_at(audience, scope, one_standing))


@cache
def _facts(audience: Audience, scope: Scope) -> Select[Any]:
    return select(
        person.c.id,
        person.c.name,
        person.c.language,
        person.c.reminders,
        _WAY,
        belongs(audience, scope).label("belongs"),
        has_to_do(audience, scope).label("open"),
        _stands(audience).label("standing"),
        has_account(person.c.id).label("has_account"),
        _uncounted(audience).label("uncounted"),
    ).where(person.c.id.in_(_ids))


def aimed_at(audience: Audience, scope: Scope, one_standing: bool) -> list[ColumnElement[bool]]:
    stands = standing(person.c.id) == bindparam("standing", type_=String)
    return [among(audience, scope), stands if one_standing else has_to_do(audience, scope)]


def _stands(audience: Audience) -> ColumnElement[Any]:
    return standing(person.c.id) if audience in OF_STAFF else literal(None, String)


def _uncounted(audience: Audience) -> ColumnElement[Any]:
    return uncounted(person.c.id) if audience is Audience.STAFF else literal(None, String)


OF_STAFF: Final = (Audience.STAFF, Audience.ABSENT)
_ids: BindParameter[int] = bindparam("ids", expanding=True)
_WAY = way(person.c.id, address.c.channel + SPACE + address.c.value).label("way")
_STANDINGS = select(person.c.id, standing(person.c.id).label("standing")).where(person.c.id.in_(_ids))
_member = role.alias("member")


_UNREACHED = (
    select(
        person.c.id,
        person.c.name,
        _member.c.role,
        _member.c.school_id,
    )
    .join_from(_member, person)
    .where(
        _member.c.school_id.in_(bindparam("schools", expanding=True)),
        _member.c.role.in_(DECLARING_ROLES),
        _member.c.closed_at.is_(None),
        way(person.c.id, address.c.channel).is_(None),
    )
    .order_by(person.c.name, person.c.id)
)
