"""Adding: what somebody has to say beside what they asked; whoever has the request is told."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from bot.alerts import alert_operators, alert_responsibles, to_people
from bot.messages import Reply
from bot.sending import ALERT
from bot.turn import Turn
from handlers.support.charge import at_school
from handlers.support.opening import described, is_seen, open_ticket, thread_of
from storage import care, declarations, tickets, versions
from storage.sent_letters import Sent
from storage.states import DeclarationState, Desk, TicketState, TicketStep
from storage.tickets import Ticket

FOLLOW_UP: Final = "follow-up:"
"""Begins the key of an alert about what was added: its answer goes to nobody but who wrote that."""


@dataclass(frozen=True, slots=True)
class Added:
    """Where words went that somebody added."""

    number: int
    """Of the ticket that they are kept with."""
    seen: bool
    """Whether anybody in charge is told of them."""
    school: bool
    """Whether that is the responsible of a school."""


def told_where(added: Added) -> dict[str, object]:
    """The same as templates say it."""
    return {"number": added.number, "seen": added.seen, "school": added.school}


def is_about_addition(alert: Sent) -> bool:
    """Whether an alert tells of what one person added."""
    return (alert.key or "").startswith(f"{ALERT}{FOLLOW_UP}")


def add(turn: Turn, ticket: Ticket, words: str) -> Added:
    """Tells those in charge what the sender adds to their ticket, or to the one that they had joined.

    The words stay in the history of the ticket, so that they are not lost where nobody can be reached.
    """
    number = _reopened(turn, ticket, words)
    about = {**described(turn, number, words), "declared": versions.asked_by(turn.tx, number)}
    reply = _to_decide(turn, number, words) or Reply("support/alert-follow-up", about)
    tell(turn, number, reply, f"{FOLLOW_UP}{turn.heard.mark}")
    return Added(number, is_seen(turn, number), at_school(turn, number))


def _to_decide(turn: Turn, number: int, words: str) -> Reply | None:
    """The words with the buttons that decide, where they are about a declaration that waits for it."""
    declared = declarations.by_id(turn.tx, versions.asked_by(turn.tx, number) or 0)
    if declared is None or declared.course.state is not DeclarationState.TO_COMPLETE:
        return None
    return Reply("past-limit/answered", {"declared": declared, "name": turn.person.name, "words": words})


def tell(turn: Turn, number: int, reply: Reply, key: str) -> int:
    """Alerts whoever sees to the ticket, or else the desk that it lies with: how many they are."""
    ticket = tickets.by_id(turn.tx, number)
    letters = []
    if ticket and ticket.taken_by:
        letters = list(to_people(turn.tx, turn.house.wording, [ticket.taken_by], reply, number, key))
        turn.others.extend(letters)
    if letters or ticket is None:
        return len(letters)
    if ticket.desk is Desk.SCHOOL:
        return alert_responsibles(turn, ticket.school_id, reply, number, key)
    return alert_operators(turn, reply, number, key)


def _reopened(turn: Turn, ticket: Ticket, words: str) -> int:
    """The number of the ticket, open again; one of their own for somebody who had joined another's."""
    if ticket.person_id != turn.person.id:
        return open_ticket(turn, ticket.kind, words)
    heard, was_open = turn.heard, ticket.state is TicketState.OPEN
    tickets.reopen(turn.tx, ticket.id, heard.channel, heard.chat or heard.sender, thread_of(turn))
    care.wait_again(turn.tx, ticket.id, turn.now)
    step = TicketStep.ADDED if was_open else TicketStep.REOPENED
    care.happened(turn.tx, ticket.id, step, turn.now, turn.person.id, words)
    return ticket.id
