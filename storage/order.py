"""Which letter is next: in order for each address, and none that something holds back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    FromClause,
    Integer,
    Row,
    String,
    and_,
    bindparam,
    func,
    literal_column,
    not_,
    or_,
    select,
)

from bot.messages import Lane
from storage.columns import Instant
from storage.database import Transaction
from storage.pace import microseconds, moment
from storage.states import UNSENT, LetterState, TalkState
from storage.tables import channel_pace, chat_pace, hold, letter

NEVER_HELD = "terminal"
"""The channel of whoever sits at the machine itself: there nothing is told twice without being seen."""
LOOKED_AT = 50
"""Letters looked at to tell which chat is free again first."""


def next_letters(
    tx: Transaction, channel: str, lane: Lane, limit: int, now: datetime, ahead: datetime, only: str | None
) -> Sequence[Row[Any]]:
    """The rows of the letters that may be claimed, locked; none while the channel is booked past `ahead`."""
    statement = _NEXT_OF_ONE if only else _NEXT
    given = {"channel": channel, "lane": lane, "limit": limit, **_times(now, ahead)}
    return tx.execute(statement, {**given, "address": only} if only else given).all()


def held_back(
    tx: Transaction, channel: str, address: str, lane: Lane, now: datetime, ahead: datetime
) -> bool:
    """Whether a letter to this address, were it written now, would have to wait for something."""
    given = {"channel": channel, "address": address, "lane": lane, **_times(now, ahead)}
    return bool(tx.execute(_HELD_BACK, given).scalar())


def chat_free_at(tx: Transaction, channel: str, lane: Lane, now: datetime) -> datetime | None:
    """When the first chat that holds back a letter is free again; None: no letter waits for a chat."""
    given = {"channel": channel, "lane": lane, "now": now, "now_us": microseconds(now)}
    soonest: int | None = tx.execute(_CHAT_FREE, given).scalar()
    return None if soonest is None else moment(soonest)


def is_state(of: FromClause, *states: LetterState | TalkState) -> ColumnElement[bool]:
    """The states written out, not bound: else no database knows that an index of rows in these states will do."""
    return of.c.state.in_([literal_column(f"'{state}'") for state in states])


def _times(now: datetime, ahead: datetime) -> dict[str, object]:
    return {"now": now, "now_us": microseconds(now), "ahead_us": microseconds(ahead)}


_now = bindparam("now", type_=Instant)
_now_us = bindparam("now_us", type_=BigInteger)
_older = letter.alias("older")


def _blocks(lane: Any, before: ColumnElement[bool] | None = None) -> ColumnElement[bool]:
    """An unsent letter that another to its address has to wait for: in flight, or older in its lane."""
    waits = and_(_older.c.lane == lane, or_(_older.c.due <= _now, _older.c.attempts > 0))
    in_flight = and_(is_state(_older, LetterState.STARTED), _older.c.due > _now)
    return and_(is_state(_older, *UNSENT), or_(in_flight, waits if before is None else and_(waits, before)))


def _chat_paused(channel: Any, address: Any) -> ColumnElement[bool]:
    """The row of a chat that has to wait."""
    row = and_(chat_pace.c.channel == channel, chat_pace.c.address == address)
    return and_(row, chat_pace.c.next_us > _now_us)


def _any(*conditions: ColumnElement[bool]) -> ColumnElement[bool]:
    """EXISTS in other words: of an EXISTS, PostgreSQL makes a join with the whole queue."""
    return select(literal_column("1")).where(*conditions).limit(1).scalar_subquery().is_not(None)


def _none(*conditions: ColumnElement[bool]) -> ColumnElement[bool]:
    """Whether there is no such row. Where most letters pass the test, PostgreSQL has to expect so.

    Of an IS NULL it expects that hardly one does, and then looks at the whole queue, to sort what is left of it.
    """
    return func.coalesce(select(literal_column("1")).where(*conditions).limit(1).scalar_subquery(), 0) != 1


def _channel_waits(channel: Any) -> ColumnElement[bool]:
    ahead = bindparam("ahead_us", type_=BigInteger)
    return _any(channel_pace.c.channel == channel, channel_pace.c.next_us > ahead)


def _is_held(channel: Any) -> ColumnElement[bool]:
    """Whether nothing may leave there until a human releases it: asked by the very statement that takes letters."""
    return and_(channel != NEVER_HELD, _any(hold.c.released_at.is_(None)))


_channel = bindparam("channel", type_=String)
_address = bindparam("address", type_=String)
_lane = bindparam("lane", type_=Integer)

_DUE = and_(
    letter.c.channel == _channel, letter.c.lane == _lane, is_state(letter, *UNSENT), letter.c.due <= _now
)
_NEXT = (
    select(letter)
    .where(
        _DUE,
        _none(
            _older.c.channel == letter.c.channel,
            _older.c.address == letter.c.address,
            _older.c.id != letter.c.id,
            _blocks(letter.c.lane, _older.c.id < letter.c.id),
        ),
        _none(_chat_paused(letter.c.channel, letter.c.address)),
        not_(_channel_waits(_channel)),
        not_(_is_held(_channel)),
    )
    .order_by(letter.c.due, letter.c.id)
    .limit(bindparam("limit", type_=Integer))
    .with_for_update(skip_locked=True)
)
_NEXT_OF_ONE = _NEXT.where(letter.c.address == _address)
_HELD_BACK = select(
    or_(
        _any(_older.c.channel == _channel, _older.c.address == _address, _blocks(_lane)),
        _any(_chat_paused(_channel, _address)),
        _channel_waits(_channel),
        _is_held(_channel),
    )
)
_WAITING = select(letter.c.channel, letter.c.address).where(_DUE).order_by(letter.c.due, letter.c.id)
_waiting = _WAITING.limit(LOOKED_AT).subquery()
_CHAT_FREE = select(func.min(chat_pace.c.next_us)).where(
    chat_pace.c.channel == _waiting.c.channel,
    chat_pace.c.address == _waiting.c.address,
    chat_pace.c.next_us > _now_us,
)
