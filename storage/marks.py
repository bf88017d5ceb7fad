"""What became of a claimed letter. Worker and attempt sign it: who lost the claim is told so, with False."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Integer, SmallInteger, String, Update, bindparam, func, select, update

from bot.messages import Letter
from storage.columns import Instant
from storage.database import Transaction
from storage.order import is_state
from storage.people import Address
from storage.states import LetterState
from storage.tables import letter

LONGEST = 300
"""What the columns of remote id and reason hold."""


def sent(tx: Transaction, claimed: Letter, remote_id: str, now: datetime) -> bool:
    """It left, and the channel gave it this id. Late news of a strict letter in doubt is welcome too."""
    return _mark(tx, _SENT, claimed, {"remote": remote_id[:LONGEST], "now": now})


def all_sent(tx: Transaction, left: Sequence[tuple[Letter, str]], now: datetime) -> frozenset[int]:
    """The same of many at once, each with its id at the channel: the ids of those that were not lost."""
    if len(left) <= 1:
        return frozenset(claimed.id for claimed, to in left if sent(tx, claimed, to, now))
    rows = tx.execute(_HELD, {"ids": [claimed.id for claimed, _ in left]})
    held = {(row.id, row.worker, row.attempts) for row in rows}
    ours = [one for one in left if (one[0].id, one[0].worker, one[0].attempt) in held]
    if ours:
        tx.execute(_SENT, [_signature(one) | {"remote": to[:LONGEST], "now": now} for one, to in ours])
    return frozenset(claimed.id for claimed, _ in ours)


def retry(tx: Transaction, claimed: Letter, at: datetime, reason: str) -> bool:
    """It did not leave; it is tried again then. The later letters to its address wait for it."""
    return _mark(tx, _RETRY, claimed, {"at": at, "why": tidy(reason), "less": 0, "off": None})


def redirect(tx: Transaction, claimed: Letter, to: Address, now: datetime, reason: str) -> bool:
    """It did not leave, and takes another way at once."""
    way = _signed(LetterState.STARTED).values(
        state=LetterState.WAITING, worker=None, due=now, reason=_why, **elsewhere(to)
    )
    return _mark(tx, way, claimed, {"why": tidy(reason)})


def elsewhere(to: Address) -> dict[str, object]:
    """What a letter that takes another way has in its row: it begins a thread there, and its tries begin anew."""
    return {
        "channel": to.channel,
        "address": to.value,
        "thread": None,
        "attempts": 0,
        "put_off_at": None,
    }


def release(tx: Transaction, claimed: Letter, at: datetime, reason: str | None = None) -> bool:
    """It was not tried at all, or the channel takes none: the try does not count."""
    return _mark(tx, _RETRY, claimed, {"at": at, "why": reason and tidy(reason), "less": 1, "off": None})


def put_off(tx: Transaction, claimed: Letter, now: datetime, reason: str) -> bool:
    """The channel asked to wait with it: the try does not count, but it is known since when."""
    return _mark(tx, _RETRY, claimed, {"at": now, "why": tidy(reason), "less": 1, "off": now})


def end(tx: Transaction, claimed: Letter, state: LetterState, reason: str) -> bool:
    """It will not leave any more (dead), or nobody knows whether it left (unknown)."""
    return _mark(tx, _END, claimed, {"to": state, "why": tidy(reason)})


def tidy(reason: str) -> str:
    """A reason as the database takes it: short, and without the null character that PostgreSQL refuses."""
    return reason.replace("\0", "")[:LONGEST] or "no reason given"


def _mark(tx: Transaction, statement: Update, claimed: Letter, given: dict[str, object]) -> bool:
    return tx.execute(statement, _signature(claimed) | given).rowcount == 1


def _signature(claimed: Letter) -> dict[str, object]:
    return {"the_id": claimed.id, "by": claimed.worker, "attempt": claimed.attempt}


def _signed(*states: LetterState) -> Update:
    return update(letter).where(
        letter.c.id == bindparam("the_id"),
        letter.c.worker == bindparam("by"),
        letter.c.attempts == bindparam("attempt"),
        is_state(letter, *states),
    )


_HELD = (
    select(letter.c.id, letter.c.worker, letter.c.attempts)
    .where(
        letter.c.id.in_(bindparam("ids", expanding=True, type_=Integer)),
        is_state(letter, LetterState.STARTED, LetterState.UNKNOWN),
    )
    .order_by(letter.c.id)
    .with_for_update()
)
_why = bindparam("why", type_=String)
_SENT = _signed(LetterState.STARTED, LetterState.UNKNOWN).values(
    state=LetterState.SENT,
    sent_at=bindparam("now", type_=Instant),
    remote_id=bindparam("remote", type_=String),
    reason=None,
)
_RETRY = _signed(LetterState.STARTED).values(
    state=LetterState.WAITING,
    worker=None,
    due=bindparam("at", type_=Instant),
    reason=_why,
    attempts=letter.c.attempts - bindparam("less", type_=SmallInteger),
    put_off_at=func.coalesce(letter.c.put_off_at, bindparam("off", type_=Instant)),
)
_END = _signed(LetterState.STARTED).values(state=bindparam("to", type_=String), reason=_why)
