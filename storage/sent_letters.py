"""The letters that left: what somebody got, and what a message of theirs may answer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from hmac import compare_digest
from typing import Any

from sqlalchemy import Row, bindparam, select

from bot.messages import Page
from storage.claims import page_of
from storage.database import Transaction
from storage.tables import letter


@dataclass(frozen=True, slots=True)
class Sent:
    """A letter that has left, as somebody got it."""

    id: int
    address: str
    page: Page
    at: datetime
    ticket_id: int | None = None
    talk_id: str | None = None
    key: str | None = None
    channel: str = ""
    campaign_id: int | None = None
    """The campaign that it is a reminder of."""


def sent_as(tx: Transaction, channel: str, address: str, remote_id: str) -> Sent | None:
    """The letter that the channel knows by this id of its own; None when there is none."""
    row = tx.execute(_SENT_AS, {"of_channel": channel, "of_address": address, "of_remote": remote_id}).first()
    return _sent(row) if row else None


def last_sent(tx: Transaction, channel: str, address: str) -> Sent | None:
    """The letter that left for an address last: what lies before whoever reads there."""
    there = select(letter).where(letter.c.channel == channel, letter.c.address == address)
    left = there.where(letter.c.sent_at.is_not(None))
    row = tx.execute(left.order_by(letter.c.sent_at.desc(), letter.c.id.desc()).limit(1)).first()
    return _sent(row) if row else None


def last_language(tx: Transaction, channel: str, address: str, since: datetime) -> str | None:
    """The language of the last letter to an address, unless that was earlier."""
    there = select(letter.c.language).where(letter.c.channel == channel, letter.c.address == address)
    return tx.execute(there.where(letter.c.due >= since).order_by(letter.c.id.desc()).limit(1)).scalar()


def written_about(tx: Transaction, ticket_id: int, begins: str) -> tuple[Sent, ...]:
    """The letters about a ticket whose keys begin so, the oldest first."""
    found = select(letter).where(
        letter.c.ticket_id == ticket_id, letter.c.key.startswith(begins, autoescape=True)
    )
    return tuple(map(_sent, tx.execute(found.order_by(letter.c.id))))


def with_token(tx: Transaction, letter_id: int, token: str) -> Sent | None:
    """The letter that has this secret; None for a guess. It may be about to be marked as sent."""
    row = tx.execute(select(letter).where(letter.c.id == letter_id)).first()
    if row is None or not row.token or not compare_digest(row.token.encode(), token.encode()):
        return None
    return _sent(row)


def _sent(row: Row[Any]) -> Sent:
    return Sent(
        row.id,
        row.address,
        page_of(row),
        row.sent_at or row.due,
        row.ticket_id,
        row.talk_id,
        row.key,
        row.channel,
        row.campaign_id,
    )


_SENT_AS = (
    select(letter)
    .where(
        letter.c.channel == bindparam("of_channel"),
        letter.c.address == bindparam("of_address"),
        letter.c.remote_id == bindparam("of_remote"),
    )
    .order_by(letter.c.id.desc())
    .limit(1)
)
