"""Ending: a discussion is over, and both who talked are told; it does not survive its ticket."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from bot.alerts import to_people
from bot.messages import Reply
from bot.turn import House, Turn
from handlers.support.returning import back
from storage import discussions, people
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


def end_with(turn: Turn, ticket: Ticket, why: Over) -> bool:
    """Ends the discussion about the ticket, if there is one: whether there was."""
    talks = discussions.of_person(turn.tx, ticket.person_id)
    if talks is None or talks.ticket_id != ticket.id:
        return False
    end(turn, talks, why)
    return True


def end(turn: Turn, talks: Discussion, why: Over) -> None:
    """Ends it; whoever of the two is not the sender gets a letter."""
    discussions.end(turn.tx, talks.person_id)
    if turn.person.id != talks.person_id:
        turn.others.append(back(turn.house, turn.tx, talks, turn.now, why))
    if turn.person.id != talks.human_id:
        turn.others.extend(_to_human(turn.tx, turn.house, talks, why, f"over:{turn.heard.mark}"))


def lapse(tx: Transaction, house: House, talks: Discussion, now: datetime) -> tuple[NewLetter, ...]:
    """What both are told of a discussion in which nobody writes any more."""
    return (back(house, tx, talks, now, Over.LAPSED), *_to_human(tx, house, talks, Over.LAPSED))


def _to_human(
    tx: Transaction, house: House, talks: Discussion, why: Over, key: str | None = None
) -> tuple[NewLetter, ...]:
    person = people.by_id(tx, talks.person_id)
    facts = {"number": talks.ticket_id, "name": person.name if person else None, "why": why.value}
    told = Reply("desk/discussion-left", facts)
    return tuple(to_people(tx, house.wording, [talks.human_id], told, talks.ticket_id, key))
