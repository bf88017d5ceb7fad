"""Giving: an entry that an operator picks goes to everybody of a ticket, and is known from then on."""

from __future__ import annotations

from bot.messages import Reply
from bot.turn import Command, Said, Turn, say
from faq.entry import Entry
from handlers import support
from handlers.questions import replies
from handlers.support import OPERATORS
from handlers.support.charge import cared_for
from handlers.teaching.askers import answer_all
from handlers.teaching.choices import picked
from handlers.teaching.lessons import learn
from handlers.teaching.sending import relayed
from storage import enquiries
from storage.enquiries import Enquiry


def teach(turn: Turn, argument: str) -> Said:
    """Gives everybody of a ticket the entry picked, `TICKET-ENTRY`, and learns the question as a wording of it."""
    number, entry = picked(turn, argument)
    ticket = cared_for(turn, number)
    asked = enquiries.of_ticket(turn.tx, ticket.id) if ticket else ()
    if ticket is None or entry is None or not asked:
        return say("support/gone")
    if not support.done(turn, ticket.id):
        return say("teach/already", number=ticket.id)
    count = answer_all(turn, ticket.id, lambda theirs, one: _given(theirs, one, entry))
    return Said((relayed(ticket.id, count), learn(turn, asked[0], entry=entry)), ticket_id=ticket.id)


def _given(theirs: Turn, asked: Enquiry, entry: Entry) -> tuple[Reply, ...]:
    enquiries.answered_with(theirs.tx, asked.id, entry.id, theirs.language)
    return replies.answers(theirs, [entry], asked.id)


TEACH = Command("teach", teach, OPERATORS, listed=False)
