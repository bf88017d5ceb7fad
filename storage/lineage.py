"""What a database knows of its own past: so that a witness outside can tell that it has gone back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from secrets import token_hex

from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert

from storage.database import Transaction
from storage.tables import channel_pace, mailbox, secret

NAME = "lineage"
"""That of the identity among the secrets."""

Place = tuple[int, int]
"""UIDVALIDITY of a mailbox, and the last UID that is done with."""


@dataclass(frozen=True, slots=True)
class Past:
    """How far things were at some moment."""

    departures: Mapping[str, int] = field(default_factory=dict)
    """By channel, the last time that a letter was given to leave at, in microseconds since 1970.

    It only ever grows, whatever the order in which letters leave, and costs nothing: the pace keeps it.
    """
    mailboxes: Mapping[str, Place] = field(default_factory=dict)
    """By mailbox, how far it was heard."""

    def knows_less_than(self, seen: Past) -> bool:
        """Whether letters have left since then that the other has seen."""
        return any(self.departures.get(channel, 0) < at for channel, at in seen.departures.items())

    def with_departures_of(self, other: Past) -> Past:
        """This one, on each channel as far as the further of the two."""
        channels = {**self.departures, **other.departures}
        furthest = {
            channel: max(self.departures.get(channel, 0), other.departures.get(channel, 0))
            for channel in channels
        }
        return Past(furthest, self.mailboxes)


def identity(tx: Transaction) -> str:
    """What the database is known by; made at the first call. A copy has the same, until it is renewed."""
    found = tx.execute(_IDENTITY).scalar()
    if found:
        return str(found)
    tx.execute(insert(secret).values(name=NAME, value=token_hex(16)).on_conflict_do_nothing())
    return str(tx.execute(_IDENTITY).scalar_one())


def known_as(tx: Transaction) -> str | None:
    """The same, without making one."""
    return tx.execute(_IDENTITY).scalar()


def renew(tx: Transaction) -> None:
    """From now on it goes its own way: no witness of what it was before has anything to say of it."""
    tx.execute(delete(secret).where(secret.c.name == NAME))
    identity(tx)


def past(tx: Transaction) -> Past:
    """How far things are now."""
    places = select(mailbox.c.name, mailbox.c.uidvalidity, mailbox.c.last_uid)
    return Past(
        {row.channel: row.next_us for row in tx.execute(select(channel_pace))},
        {row.name: (row.uidvalidity, row.last_uid) for row in tx.execute(places)},
    )


_IDENTITY = select(secret.c.value).where(secret.c.name == NAME)
