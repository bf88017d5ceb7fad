"""What came in: each message once, counted before it is heard, parked when it cannot be."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import SmallInteger, Update, and_, bindparam, select, update
from sqlalchemy.dialects.postgresql import insert

from storage.database import Transaction
from storage.tables import inbox


def attempt(
    tx: Transaction, channel: str, sender: str, key: str, now: datetime, *, again: bool = False
) -> int | None:
    """Counts one more try at a message: how many there were with this one, or None when it is done with.

    `again` is no new try: it takes the place of one that nothing could be known of.
    """
    message = {"channel": channel, "sender": sender, "key": key, "first_at": now}
    tries: int | None = tx.execute(_COUNT, {**message, "more": 0 if again else 1}).scalar()
    return tries


def is_done(tx: Transaction, channel: str, sender: str, key: str) -> bool:
    """Whether the message has been heard or put aside."""
    message = (inbox.c.channel == channel, inbox.c.sender == sender, inbox.c.key == key)
    return tx.execute(select(inbox.c.key).where(*message, ~_OPEN)).first() is not None


def keep(tx: Transaction, channel: str, sender: str, key: str, now: datetime) -> bool:
    """Marks the message as heard, in the transaction that hears it; False when somebody else has."""
    return _close(tx, (channel, sender, key), {"heard_at": now})


def park(tx: Transaction, channel: str, sender: str, key: str, text: str, now: datetime) -> bool:
    """Puts a message aside that cannot be heard, with its text; False when it is done with already."""
    return _close(tx, (channel, sender, key), {"parked_at": now, "text": text})


def _close(tx: Transaction, message: tuple[str, str, str], values: dict[str, object]) -> bool:
    channel, sender, key = message
    named = {"of_channel": channel, "of_sender": sender, "of_key": key}
    return tx.execute(_CLOSE[tuple(values)], {**named, **values}).rowcount == 1


_OPEN = and_(inbox.c.heard_at.is_(None), inbox.c.parked_at.is_(None))

_COUNT = (
    insert(inbox)
    .on_conflict_do_update(
        index_elements=["channel", "sender", "key"],
        set_={"attempts": inbox.c.attempts + bindparam("more", type_=SmallInteger)},
        where=_OPEN,
    )
    .returning(inbox.c.attempts)
)

_CLOSE: dict[tuple[str, ...], Update] = {
    names: update(inbox)
    .where(
        inbox.c.channel == bindparam("of_channel"),
        inbox.c.sender == bindparam("of_sender"),
        inbox.c.key == bindparam("of_key"),
        _OPEN,
    )
    .values({name: bindparam(name) for name in names})
    for names in (("heard_at",), ("parked_at", "text"))
}
