"""Askers: those whose question a ticket takes up, each answered where they asked and in their language."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from bot.anonymity import anonymous
from bot.messages import Heard, Reply
from bot.turn import Turn
from handlers import support
from storage import enquiries, people
from storage.database import Transaction
from storage.enquiries import Enquiry
from storage.people import Person


def answer_all(turn: Turn, ticket_id: int, says: Callable[[Turn, Enquiry], tuple[Reply, ...]]) -> int:
    """Writes to every asker of the ticket, with their question, what `says` has for them: how many they are."""
    asked = enquiries.of_ticket(turn.tx, ticket_id)
    for one in {(one.channel, one.address): one for one in asked}.values():
        theirs = _as_asked(turn, one)
        replies = (Reply("teach/asked", {"number": ticket_id, "text": one.text}), *says(theirs, one))
        page = theirs.house.wording.page(replies, theirs.language)
        # They may be in the middle of something: a number that they type is not about this page.
        support.send_answer(turn, ticket_id, one.channel, one.address, replace(page, numbered=False))
    return len({one.person_id for one in asked})


def unnamed(tx: Transaction, asked: Enquiry) -> str:
    """What they asked, with nothing that tells who it was."""
    return anonymous(asked.text, names(tx, asked.person_id))


def names(tx: Transaction, person_id: int) -> tuple[str, ...]:
    """What the asker, and where they work, go by."""
    asker = people.by_id(tx, person_id)
    places = (place.school for place in asker.places) if asker else ()
    return tuple(filter(None, (asker.name if asker else None, *places)))


def _as_asked(turn: Turn, asked: Enquiry) -> Turn:
    """A turn as it would be if the enquiry came now: what is said in it is what that person is told."""
    heard = Heard(asked.channel, asked.address, turn.heard.key, turn.now, asked.text, language=asked.language)
    there = people.by_address(turn.tx, asked.channel, asked.address)
    person = there if there and there.id == asked.person_id else Person(asked.person_id)
    return replace(turn, heard=heard, person=person, reading=None, read={})
