"""Letters to somebody of the roster that answer nothing of theirs: what happened to them, and what they need."""

from __future__ import annotations

from dataclasses import replace

from bot.mailing import CHANNEL
from bot.messages import Reply
from bot.render import DEFAULT_LANGUAGE, Wording
from storage import people
from storage.database import Transaction
from storage.outbox import NewLetter
from storage.people import Address


def to_newest(tx: Transaction, wording: Wording, person_id: int, reply: Reply) -> tuple[NewLetter, ...]:
    """A letter to the newest address of somebody, in their language; none where they are not reached at all."""
    return tuple(to_address(tx, wording, person_id, at, reply) for at in people.addresses(tx, person_id)[:1])


def to_all(tx: Transaction, wording: Wording, person_id: int, reply: Reply) -> tuple[NewLetter, ...]:
    """The same to each of their addresses: what they should learn whoever else reads one of them."""
    return tuple(to_address(tx, wording, person_id, at, reply) for at in people.addresses(tx, person_id))


def to_address(tx: Transaction, wording: Wording, person_id: int, at: Address, reply: Reply) -> NewLetter:
    """A letter to one address, in the language of whose it is; a number typed meanwhile is not about it."""
    language = people.language_of(tx, person_id) or DEFAULT_LANGUAGE
    page = replace(wording.page([reply], language), numbered=at.channel == CHANNEL)
    return NewLetter(at.channel, at.value, page)
