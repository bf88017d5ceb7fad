"""Who took part in a period and who has not yet, counted from the records: by school and by role.

A person counts in each school where they have to declare, under the first of their roles there; taking part once in a
period counts in each. Nothing is kept as a sum, so that nothing can be out of date.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from sqlalchemy import (
    CTE,
    ColumnElement,
    Integer,
    Row,
    ScalarSelect,
    Select,
    and_,
    case,
    cast,
    exists,
    false,
    func,
    or_,
    select,
    text,
    true,
)

from storage.database import Transaction
from storage.figures import Counts, Figures, Missing, SchoolFigures, Selected
from storage.order import is_state
from storage.states import COUNTING, DECLARING_ROLES, DeclarationState, Role, TalkState
from storage.tables import (
    address,
    declaration,
    headcount,
    no_use,
    person,
    role,
    school,
    service_centre,
    talk,
    telegram_off,
)
from storage.telegram_off import reached_there

DRAFTED: Final = "declare"
"""The conversation whose unfinished talk is a draft."""
UNFINISHED: Final = (TalkState.FOREGROUND, TalkState.ASIDE)
CONFIRMED: Final = {
    Role.TEACHER: "teachers",
    Role.SPECIALIST: "specialists",
    Role.PROFESSIONAL: "professionals",
}
"""The column of a confirmed head count that tells how many there are in a role."""


def of_school(tx: Transaction, school_id: int, period: str, *, since: datetime | None = None) -> Figures:
    """The figures of one school, whether it was selected or not; `since` is what `recent` counts from."""
    counted = _counted(tx, _one_by_one(tx, _staff(role.c.school_id == school_id), period), since)
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
    looked_up = _all_at_once if centre_id is None else _one_by_one
    staff = _staff(role.c.school_id.in_(select(school.c.id).where(among)))
    counted = _counted(tx, looked_up(tx, staff, period), since)
    confirmed = {row.school_id: row for row in tx.execute(_confirmed(period))}
    return tuple(
        SchoolFigures(Selected(*row), _figures(counted.get(row.id, {}), confirmed.get(row.id)))
        for row in tx.execute(_SCHOOLS.where(among))
    )


def missing(tx: Transaction, school_id: int, period: str) -> tuple[Missing, ...]:
    """Who of a school took no part yet, by name."""
    staff = _staff(role.c.school_id == school_id)
    refused = _refused(period).where(declaration.c.person_id == staff.c.person_id)
    each = _one_by_one(tx, staff, period).add_columns(
        person.c.id, person.c.name, exists(refused).label("refused")
    )
    took_no_part = (looked_up(period, staff.c.person_id).is_(None) for looked_up in (_declared_at, _said_at))
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
    staff = _staff(role.c.school_id == school_id)
    when = (looked_up(period, staff.c.person_id) for looked_up in (_declared_at, _said_at))
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


def _one_each(staff: CTE, *looked_up: ColumnElement[Any]) -> Select[Any]:
    """A row for each person and school: when they took part, whether they have a draft, whether they are reached."""
    names = ("declared", "said", "draft", "registered")
    columns = (found.label(name) for name, found in zip(names, looked_up, strict=True))
    return select(staff.c.school_id, staff.c.rank, *columns)


def _one_by_one(tx: Transaction, staff: CTE, period: str) -> Select[Any]:
    """Each person looked up: the faster way for the people of some schools."""
    return _one_each(
        staff,
        _declared_at(period, staff.c.person_id),
        _said_at(period, staff.c.person_id),
        exists(_drafts().where(talk.c.person_id == staff.c.person_id)),
        exists(_reached(tx).where(address.c.person_id == staff.c.person_id)),
    )


def _all_at_once(tx: Transaction, staff: CTE, period: str) -> Select[Any]:
    """Everybody who did anything read once: the faster way for all schools."""
    whole = (
        _declared(period).add_columns(declaration.c.person_id).group_by(declaration.c.person_id),
        _said(period).add_columns(no_use.c.person_id),
        _drafts().distinct(),
        _reached(tx).distinct(),
    )
    declared, said, drafts, reached = (one.subquery() for one in whole)
    found = _one_each(
        staff, declared.c.at, said.c.at, drafts.c.person_id.is_not(None), reached.c.person_id.is_not(None)
    )
    joined = found.select_from(staff)
    for one in (declared, said, drafts, reached):
        joined = joined.outerjoin(one, one.c.person_id == staff.c.person_id)
    return joined


def _staff(*among: ColumnElement[bool]) -> CTE:
    """Who has to declare, once a school, under the first of their roles there."""
    rank = case({one: number for number, one in enumerate(DECLARING_ROLES)}, value=role.c.role)
    return (
        select(role.c.school_id, role.c.person_id, cast(func.min(rank), Integer).label("rank"))
        .where(role.c.role.in_(DECLARING_ROLES), role.c.closed_at.is_(None), *among)
        .group_by(role.c.school_id, role.c.person_id)
        .cte("staff")
    )


def _declared(period: str) -> Select[Any]:
    """When the first declaration of the period that counts was sent."""
    sent = select(func.min(declaration.c.sent_at).label("at"))
    return sent.where(declaration.c.period == period, declaration.c.state.in_(COUNTING))


def _refused(period: str) -> Select[Any]:
    """Who has had a declaration of the period refused."""
    refused = declaration.c.state == DeclarationState.REFUSED
    return select(declaration.c.person_id).where(declaration.c.period == period, refused)


def _said(period: str) -> Select[Any]:
    """When somebody said that there was nothing to declare."""
    return select(no_use.c.said_at.label("at")).where(no_use.c.period == period)


def _declared_at(period: str, person_id: ColumnElement[int]) -> ScalarSelect[Any]:
    return _declared(period).where(declaration.c.person_id == person_id).scalar_subquery()


def _said_at(period: str, person_id: ColumnElement[int]) -> ScalarSelect[Any]:
    return _said(period).where(no_use.c.person_id == person_id).scalar_subquery()


def _drafts() -> Select[Any]:
    """Who has a declaration begun and not sent."""
    return select(talk.c.person_id).where(talk.c.conversation == DRAFTED, is_state(talk, *UNFINISHED))


def _reached(tx: Transaction) -> Select[Any]:
    """Who has one of the addresses that `people.addresses` tells."""
    found = select(address.c.person_id).where(address.c.linked_at.is_not(None), address.c.dead_at.is_(None))
    # Each one's roles are looked at for it: a second for 120,000 people.
    any_closed = tx.execute(select(telegram_off.c.name).limit(1)).first()
    return found.where(reached_there(address.c.person_id)) if any_closed else found


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
    whole = Counts(expected, *(getattr(total, name) for name in _COUNTED))
    return Figures(whole, by_role, confirmed is not None)


def _counts(row: Row[Any] | None, confirmed: int | None) -> Counts:
    counted = [int(row._mapping[f"of_{name}"]) if row else 0 for name in _COUNTED]
    return Counts(counted[0] if confirmed is None else confirmed, *counted)


def _confirmed(period: str) -> Select[Any]:
    return select(headcount).where(headcount.c.year == year_of(period))


_COUNTED: Final = tuple(Counts.__dataclass_fields__)[1:]
_SCHOOLS: Final = (
    select(school.c.id, school.c.name, school.c.centre_id, service_centre.c.name.label("centre"))
    .outerjoin(service_centre, service_centre.c.id == school.c.centre_id)
    .order_by(service_centre.c.name, school.c.name, school.c.id)
)
