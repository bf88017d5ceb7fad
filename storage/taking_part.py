"""Whether people have taken part in a period, and where they are reached, in SQL: the parts of other queries.

`any_of` is EXISTS in other words: of an EXISTS, PostgreSQL makes a join with everybody for each few hundred people.
"""

from __future__ import annotations

from typing import Any, Final

from sqlalchemy import (
    ColumnElement,
    Integer,
    ScalarSelect,
    String,
    and_,
    bindparam,
    case,
    func,
    literal_column,
    not_,
    or_,
    select,
)

from storage.order import NEVER_HELD
from storage.states import COUNTING, DECLARING_ROLES, Standing, TalkState
from storage.tables import account, address, declaration, no_use, person, role, talk
from storage.telegram_off import reached_there

DRAFTS: Final = "declare"
"""The conversation whose unfinished talks are drafts."""
UNDER_WAY: Final = (TalkState.FOREGROUND, TalkState.ASIDE)

PERIOD: Final = bindparam("period", type_=String)
YEAR: Final = bindparam("year", type_=Integer)
"""The one in which the school year of the period begins."""


def any_of(*conditions: ColumnElement[bool]) -> ColumnElement[bool]:
    """Whether there is a row."""
    return select(literal_column("1")).where(*conditions).limit(1).scalar_subquery().is_not(None)


def took_part(person_id: ColumnElement[int]) -> ColumnElement[bool]:
    """They have declared, or said that there was nothing to declare."""
    return or_(_declared(person_id), _said_nothing(person_id))


def standing(person_id: ColumnElement[int]) -> ColumnElement[str]:
    """What they have done for the period."""
    draft = any_of(talk.c.person_id == person_id, talk.c.conversation == DRAFTS, talk.c.state.in_(UNDER_WAY))
    return case(
        (_declared(person_id), Standing.DECLARED),
        (_said_nothing(person_id), Standing.SAID_NOTHING),
        (draft, Standing.DRAFT),
        else_=Standing.NOTHING,
    )


def uncounted(person_id: ColumnElement[int]) -> ScalarSelect[str]:
    """How the last declaration that they sent for the period and that counts no more ended; NULL: there is none."""
    ended = and_(
        declaration.c.person_id == person_id,
        declaration.c.period == PERIOD,
        declaration.c.state.not_in(COUNTING),
    )
    last = select(declaration.c.state).where(ended).order_by(declaration.c.sent_at.desc())
    return last.limit(1).scalar_subquery()


def someone_missing(school_id: ColumnElement[int]) -> ColumnElement[bool]:
    """Somebody who has to declare in a school has not taken part."""
    return any_of(
        _worker.c.school_id == school_id,
        _worker.c.role.in_(DECLARING_ROLES),
        _worker.c.closed_at.is_(None),
        not_(took_part(_worker.c.person_id)),
    )


def no_account(person_id: ColumnElement[int]) -> ColumnElement[bool]:
    """By an imported list they have no account; or no list names them, and they have never come here."""
    listed = and_(account.c.person_id == person_id, account.c.year == YEAR)
    came = or_(
        any_of(address.c.person_id == person_id, address.c.own.is_(True)),
        any_of(talk.c.person_id == person_id),
    )
    return or_(any_of(listed, account.c.has_account.is_(False)), not_(or_(any_of(listed), came)))


def has_account(person_id: ColumnElement[int]) -> ScalarSelect[bool]:
    """What an imported list says; NULL: none names them."""
    listed = and_(account.c.person_id == person_id, account.c.year == YEAR)
    return select(account.c.has_account).where(listed).scalar_subquery()


def way(person_id: ColumnElement[int], shown: ColumnElement[str]) -> ColumnElement[Any]:
    """Something of the address that reminders reach them at: on the channel preferred, or else the newest link.

    A terminal only where there is nothing else: nobody reads there who does not sit at it.
    """
    newest = (
        select(shown)
        .where(
            address.c.person_id == person_id,
            address.c.linked_at.is_not(None),
            address.c.dead_at.is_(None),
            reached_there(address.c.person_id),
        )
        .order_by(address.c.channel == NEVER_HELD, address.c.linked_at.desc(), address.c.channel)
        .limit(1)
        .correlate(person)
    )
    # SQLite knows nothing of the person in an ORDER BY.
    preferred = newest.where(address.c.channel == person.c.reminds_on)
    return func.coalesce(preferred.scalar_subquery(), newest.scalar_subquery())


def _declared(person_id: ColumnElement[int]) -> ColumnElement[bool]:
    return any_of(
        declaration.c.person_id == person_id,
        declaration.c.period == PERIOD,
        declaration.c.state.in_(COUNTING),
    )


def _said_nothing(person_id: ColumnElement[int]) -> ColumnElement[bool]:
    return any_of(no_use.c.person_id == person_id, no_use.c.period == PERIOD)


_worker = role.alias("worker")
