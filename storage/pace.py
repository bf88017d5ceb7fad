"""How fast letters may leave: one row a channel and one a chat hand out the times."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from math import ceil

from sqlalchemy import BigInteger, BindParameter, Executable, Table, bindparam, case
from sqlalchemy.dialects.postgresql import insert

from storage.database import Transaction
from storage.tables import channel_pace, chat_pace

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)
CHAT_GAP = timedelta(seconds=1)
"""Between two letters to one chat of a channel that has a rate (Telegram asks for it)."""
AHEAD = timedelta(seconds=1)
"""How far ahead times are handed out; the letters after those wait, and may be overtaken by answers."""


def microseconds(at: datetime) -> int:
    """A moment as the pace tables count it."""
    return (at - EPOCH) // MICROSECOND


def moment(microseconds: int) -> datetime:
    """The moment that the pace tables count so."""
    return EPOCH + microseconds * MICROSECOND


def gap(rate: float) -> timedelta:
    """Between two letters at so many a second; rounded up, so that no second ever holds one more."""
    return timedelta(microseconds=ceil(1_000_000 / rate))


def take_channel(tx: Transaction, channel: str, rate: float, count: int, now: datetime) -> datetime | None:
    """The first of `count` times to leave at, a gap apart; None while the channel is booked or paused."""
    return _take(tx, _TAKE_CHANNEL, {"channel": channel}, now, gap(rate) * count, now + AHEAD)


def take_chat(tx: Transaction, channel: str, address: str, at: datetime, now: datetime) -> bool:
    """Takes a chat's turn; False while another letter has it."""
    return _take(tx, _TAKE_CHAT, {"channel": channel, "address": address}, at, CHAT_GAP, now) is not None


def pause_channel(tx: Transaction, channel: str, until: datetime) -> None:
    """Nothing leaves on the channel before then, whoever sends."""
    _take(tx, _TAKE_CHANNEL, {"channel": channel}, until, timedelta(0), until)


def delay_chat(tx: Transaction, channel: str, address: str, until: datetime) -> None:
    """Nothing leaves for this chat before then; the others go on."""
    _take(tx, _TAKE_CHAT, {"channel": channel, "address": address}, until, timedelta(0), until)


def _take(
    tx: Transaction,
    statement: Executable,
    keys: dict[str, str],
    at: datetime,
    step: timedelta,
    free_by: datetime,
) -> datetime | None:
    times = {"at": microseconds(at), "step": step // MICROSECOND, "free_by": microseconds(free_by)}
    taken: int | None = tx.execute(statement, {**keys, **times}).scalar()
    return None if taken is None else moment(taken) - step


def _taking(table: Table) -> Executable:
    """Moves a row a step on from `at`, or from where it stands if that is later; not one past `free_by`."""
    at, step, free_by = (bindparam(name, type_=BigInteger) for name in ("at", "step", "free_by"))
    keys: dict[str, BindParameter[str]] = {
        column.name: bindparam(column.name) for column in table.primary_key
    }
    stands = table.c.next_us
    return (
        insert(table)
        .values(**keys, next_us=at + step)
        .on_conflict_do_update(
            index_elements=list(keys),
            set_={"next_us": case((stands > at, stands), else_=at) + step},
            where=stands <= free_by,
        )
        .returning(stands)
    )


# PostgreSQL's insert compiles to the same words for SQLite.
_TAKE_CHANNEL = _taking(channel_pace)
_TAKE_CHAT = _taking(chat_pace)
