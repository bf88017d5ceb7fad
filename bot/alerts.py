"""Tells those in charge: one letter to every operator, on the channel that they answer on."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from bot.clock import Clock
from bot.messages import Letter, Reply
from bot.render import DEFAULT_LANGUAGE, Wording
from bot.sending import ANSWER
from bot.turn import House, Turn
from storage import outbox, people
from storage.database import Transaction
from storage.outbox import NewLetter
from storage.states import Role

ABOUT_DEAD = "dead-letter"
"""Begins the key of an alert about a letter that could not be sent: no alert is about such an alert."""


def alert_operators(turn: Turn, reply: Reply, ticket_id: int | None = None, key: str | None = None) -> int:
    """Writes the alert to every operator that has an address, with the same key only once: how many those are."""
    letters = list(to_operators(turn.tx, turn.house.wording, reply, ticket_id, key))
    turn.others.extend(letters)
    return len(letters)


def tell_of_dead_letter(house: House, clock: Clock) -> Callable[[Transaction, Letter, str], None]:
    """What the post calls when a letter could not be sent for a reason that somebody can mend."""

    def tell(tx: Transaction, letter: Letter, reason: str) -> None:
        if letter.key and letter.key.startswith(ABOUT_DEAD):
            return
        facts = {
            "channel": letter.channel,
            "number": letter.id,
            "reason": reason,
            "ticket": _answered(letter),
        }
        reply = Reply("support/alert-dead", facts)
        outbox.put(tx, to_operators(tx, house.wording, reply, key=f"{ABOUT_DEAD}:{letter.id}"), clock.now())

    return tell


def to_operators(
    tx: Transaction, wording: Wording, reply: Reply, ticket_id: int | None = None, key: str | None = None
) -> Iterator[NewLetter]:
    """One letter to each on their newest address, in their language; none to one without an address.

    It comes while they may be at something else, so that a number that they type is not about it.
    """
    for person_id in people.in_role(tx, Role.OPERATOR):
        person, reachable = people.by_id(tx, person_id), people.addresses(tx, person_id)
        if person and reachable:
            page = replace(wording.page([reply], person.language or DEFAULT_LANGUAGE), numbered=False)
            own_key = f"{key}:{person_id}" if key else None
            yield NewLetter(reachable[0].channel, reachable[0].value, page, ticket_id=ticket_id, key=own_key)


def _answered(letter: Letter) -> str | None:
    """The number of the ticket that the letter answers."""
    key = letter.key or ""
    return key.removeprefix(ANSWER).partition(":")[0] if key.startswith(ANSWER) else None
