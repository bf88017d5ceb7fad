"""Ending: a discussion is over, and both who talked are told; it does not survive its ticket."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from bot.alerts import to_people
from bot.messages import Reply
from bot.turn import House, Turn
from handlers.support.returning import back
from storage import care, discussions, people
from storage.database import Transaction
from storage.discussions import Discussion
from storage.outbox import NewLetter
from storage.tickets import Ticket


class Over(StrEnum):
    """Why a discussion is over."""

    ENDED = "ended"
    """The human has left."""
    LEFT = "left"
    """The person wants the assistant."""
    LAPSED = "lapsed"
    SETTLED = "settled"
    CLOSED = "closed"
    PASSED = "passed"
    MOOT = "moot"
    """What the ticket asked has come to nothing, or was done."""


def close(turn: Turn, ticket: Ticket, why: Over) -> bool:
    """Nobody has to answer it any more; ends the discussion about it, if there is one: whether there was."""
    care.close(turn.tx, ticket.id, turn.now)
    return end_with(turn, ticket, why)


def end_with(turn: Turn, ticket: Ticket, why: Over) -> bool:
    """Ends the discussion about the ticket, if there is one: whether there was."""
    talks = discussions.of_person(turn.tx, ticket.person_id)
    if talks is None or talks.ticket_id != ticket.id:
        return False
    end(turn, talks, why)
    return True


def end(turn: Turn, talks: Discussion, why: Over) -> None:
    """Ends it; whoever of the two does not read the answer to this message gets a letter."""
    discussions.end(turn.tx, talks.person_id)
    here = (turn.person.id, turn.heard.channel, turn.heard.chat or turn.heard.sender)
    if here != (talks.person_id, talks.channel, talks.address):
        turn.others.append(back(turn.house, turn.tx, talks, turn.now, why))
    if turn.person.id != talks.human_id:
        turn.others.extend(_to_human(turn.tx, turn.house, talks, why, f"over:{turn.heard.mark}"))


def end_unasked(
    tx: Transaction, house: House, talks: Discussion, now: datetime, why: Over
) -> tuple[NewLetter, ...]:
    """Ends it without either of them: what both are told; nothing where another process was faster."""
    if not discussions.end(tx, talks.person_id):
        return ()
    return (back(house, tx, talks, now, why), *_to_human(tx, house, talks, why))


def _to_human(
    tx: Transaction, house: House, talks: Discussion, why: Over, key: str | None = None
) -> tuple[NewLetter, ...]:
    person = people.by_id(tx, talks.person_id)
    facts = {"number": talks.ticket_id, "name": person.name if person else None, "why": why.value}
    told = Reply("desk/discussion-left", facts)
    return tuple(to_people(tx, house.wording, [talks.human_id], told, talks.ticket_id, key))
