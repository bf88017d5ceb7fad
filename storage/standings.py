"""How each of the staff stands in a period: a row a person and school, looked up one by one or all at once."""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    CTE,
    ColumnElement,
    Integer,
    ScalarSelect,
    Select,
    case,
    cast,
    exists,
    func,
    not_,
    select,
)

from storage.channels_off import is_off
from storage.database import Transaction
from storage.order import is_state
from storage.states import COUNTING, DECLARING_ROLES, DeclarationState
from storage.tables import address, declaration, no_use, role, talk, telegram_off
from storage.taking_part import DRAFTS, UNDER_WAY
from storage.telegram_off import reached_there


def staff_of(*among: ColumnElement[bool]) -> CTE:
    """Who has to declare, once a school, under the first of their roles there."""
    rank = case({one: number for number, one in enumerate(DECLARING_ROLES)}, value=role.c.role)
    return (
        select(role.c.school_id, role.c.person_id, cast(func.min(rank), Integer).label("rank"))
        .where(role.c.role.in_(DECLARING_ROLES), role.c.closed_at.is_(None), *among)
        .group_by(role.c.school_id, role.c.person_id)
        .cte("staff")
    )


def one_by_one(tx: Transaction, staff: CTE, period: str) -> Select[Any]:
    """Each person looked up: the faster way for the people of some schools."""
    return _one_each(
        staff,
        declared_at(period, staff.c.person_id),
        said_at(period, staff.c.person_id),
        exists(_drafts().where(talk.c.person_id == staff.c.person_id)),
        exists(_reached(tx).where(address.c.person_id == staff.c.person_id)),
    )


def all_at_once(tx: Transaction, staff: CTE, period: str) -> Select[Any]:
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


def declared_at(period: str, person_id: ColumnElement[int]) -> ScalarSelect[Any]:
    """When they sent their first declaration of the period that counts."""
    return _declared(period).where(declaration.c.person_id == person_id).scalar_subquery()


def said_at(period: str, person_id: ColumnElement[int]) -> ScalarSelect[Any]:
    """When they said that there was nothing to declare."""
    return _said(period).where(no_use.c.person_id == person_id).scalar_subquery()


def was_refused(period: str, person_id: ColumnElement[int]) -> ColumnElement[bool]:
    """Whether a declaration of theirs for the period was not accepted."""
    refused = declaration.c.state == DeclarationState.REFUSED
    return exists().where(declaration.c.person_id == person_id, declaration.c.period == period, refused)


def _one_each(staff: CTE, *looked_up: ColumnElement[Any]) -> Select[Any]:
    """A row for each person and school: when they took part, whether they have a draft, whether they are reached."""
    names = ("declared", "said", "draft", "registered")
    columns = (found.label(name) for name, found in zip(names, looked_up, strict=True))
    return select(staff.c.school_id, staff.c.rank, *columns)


def _declared(period: str) -> Select[Any]:
    sent = select(func.min(declaration.c.sent_at).label("at"))
    return sent.where(declaration.c.period == period, declaration.c.state.in_(COUNTING))


def _said(period: str) -> Select[Any]:
    return select(no_use.c.said_at.label("at")).where(no_use.c.period == period)


def _drafts() -> Select[Any]:
    """Who has a declaration begun and not sent."""
    return select(talk.c.person_id).where(talk.c.conversation == DRAFTS, is_state(talk, *UNDER_WAY))


def _reached(tx: Transaction) -> Select[Any]:
    """Who has one of the addresses that `people.addresses` tells."""
    found = select(address.c.person_id).where(
        address.c.linked_at.is_not(None), address.c.dead_at.is_(None), not_(is_off(address.c.channel))
    )
    # Each one's roles are looked at for it: a second for 120,000 people.
    any_closed = tx.execute(select(telegram_off.c.name).limit(1)).first()
    return found.where(reached_there(address.c.person_id)) if any_closed else found
