"""Forwarding: the asker hands the very question to the team; questions of one sense are one ticket."""

from __future__ import annotations

from bot import dialogue
from bot.messages import Reply
from bot.question import Answer
from bot.turn import Command, Said, Turn, say
from faq.sense import Sense, alike
from handlers import support
from handlers.corrections import UNMEANT
from handlers.questions import memory
from handlers.support.charge import at_school
from handlers.teaching.choices import nearest
from storage import enquiries, tickets
from storage.enquiries import Enquiry
from storage.states import Desk, TicketState
from storage.tickets import Ticket

KIND = "question"
JOINED = "joined:"
"""Begins the key of the alert that somebody else asks the same: once a ticket is enough."""


def forward(turn: Turn, number: str) -> Said:
    """Hands the sender's enquiry with this number over, once."""
    asked = memory.own(turn, number)
    if asked is None:
        return UNMEANT
    if asked.ticket_id:
        return _with_the_team(turn, asked.ticket_id)
    if support.tells_of_child(asked.text):
        matter = Answer(asked.text, turn.written, turn=turn.heard.name)
        return dialogue.begin(turn, support.HUMAN, {}, {support.MATTER.name: matter})
    ticket = _of_the_same_sense(turn, asked)
    return _join(turn, asked, ticket) if ticket else _open(turn, asked)


def _with_the_team(turn: Turn, number: int) -> Said:
    ticket = tickets.by_id(turn.tx, number)
    done = ticket is not None and ticket.state is TicketState.ANSWERED
    return support.told_of(
        number, say("forward/already", number=number, done=done, school=at_school(turn, number))
    )


def _of_the_same_sense(turn: Turn, asked: Enquiry) -> Ticket | None:
    """An open ticket of the team whose question may well be given the same answer; it stays open for this turn."""
    sense = Sense(asked.text, asked.sense)
    others = enquiries.under_open_tickets(turn.tx)
    same = (one.ticket_id for one in others if alike(sense, Sense(one.text, one.sense)))
    still_open = (
        tickets.by_id(turn.tx, number) for number in same if number and tickets.hold(turn.tx, number)
    )
    return next((one for one in still_open if one and one.desk is Desk.OPERATORS), None)


def _open(turn: Turn, asked: Enquiry) -> Said:
    number = support.open_ticket(turn, KIND, asked.text)
    return _attach(turn, asked, number, more=False)


def _join(turn: Turn, asked: Enquiry, ticket: Ticket) -> Said:
    if any(one.person_id == asked.person_id for one in enquiries.of_ticket(turn.tx, ticket.id)):
        enquiries.attach(turn.tx, asked.id, ticket.id)
        return _with_the_team(turn, ticket.id)
    return _attach(turn, asked, ticket.id, more=True)


def _attach(turn: Turn, asked: Enquiry, number: int, *, more: bool) -> Said:
    enquiries.attach(turn.tx, asked.id, number)
    facts = {
        **support.described(turn, number, asked.text),
        "nearest": nearest(turn.entries, asked),
        "unhelpful": turn.entries.get(asked.entry) if asked.entry and asked.helped is False else None,
        "more": more,
    }
    support.alert(turn, number, Reply("teach/alert", facts), f"{JOINED}{number}" if more else None)
    return support.opened(turn, number)


FORWARD = Command("forward", forward, listed=False)
