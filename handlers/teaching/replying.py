"""Replying to a ticket: an operator picks an entry, or writes words of their own, for everybody who asked."""

from __future__ import annotations

from bot.messages import Call, Reply
from bot.naming import button_on
from bot.talk import fingerprint
from bot.turn import Command, Said, Turn, say
from faq.entry import Entry
from handlers import support
from handlers.questions import replies
from handlers.support import OPERATORS
from handlers.teaching.askers import answer_all
from handlers.teaching.choices import nearest, picked
from handlers.teaching.lessons import learn
from storage import enquiries, tickets
from storage.enquiries import Enquiry
from storage.tickets import Ticket


def reply(turn: Turn) -> Said | None:
    """Takes up an operator's reply to an alert: one of its choices, or words to be taken to those who asked."""
    alert = support.replied_to(turn)
    ticket = tickets.by_id(turn.tx, alert.ticket_id) if alert else None
    if alert is None or ticket is None:
        return None
    choice = button_on(alert.page, turn.heard.text)
    ability = turn.house.abilities.get(choice.command) if isinstance(choice, Call) else None
    if isinstance(choice, Call) and isinstance(ability, Command):
        return ability.answer(turn, choice.argument)
    asked = enquiries.of_ticket(turn.tx, ticket.id)
    return _relay_to_all(turn, ticket) if asked else support.relay(turn, ticket)


def teach(turn: Turn, argument: str) -> Said:
    """Gives everybody of a ticket the entry picked, `TICKET-ENTRY`, and learns the question as a wording of it."""
    number, entry = picked(turn, argument)
    ticket = tickets.by_id(turn.tx, number) if number is not None else None
    asked = enquiries.of_ticket(turn.tx, ticket.id) if ticket else ()
    if ticket is None or entry is None or not asked:
        return say("support/gone")
    if not tickets.answered(turn.tx, ticket.id):
        return say("teach/already", number=ticket.id)
    count = answer_all(turn, ticket.id, lambda theirs, one: _given(theirs, one, entry))
    return Said((_relayed(ticket.id, count), learn(turn, asked[0], entry=entry)))


def _given(theirs: Turn, asked: Enquiry, entry: Entry) -> tuple[Reply, ...]:
    enquiries.answered_with(theirs.tx, asked.id, entry.id, theirs.language)
    return replies.answers(theirs, [entry], asked.id)


def _relay_to_all(turn: Turn, ticket: Ticket) -> Said:
    """What was written may be meant for these people only: whether to give it again is asked, not assumed."""
    tickets.answered(turn.tx, ticket.id, turn.heard.text)
    first, *_ = enquiries.of_ticket(turn.tx, ticket.id)
    count = answer_all(
        turn, ticket.id, lambda _theirs, _one: (Reply("teach/words", {"text": turn.heard.text}),)
    )
    offered = {
        "ticket": ticket.id,
        "words": fingerprint({"answer": turn.heard.text}),
        "enquiry": first.id,
        "nearest": nearest(turn, first),
    }
    return Said((_relayed(ticket.id, count), Reply("reuse/offer", offered)))


def _relayed(number: int, count: int) -> Reply:
    return Reply("support/relayed", {"number": number, "count": count})


TEACH = Command("teach", teach, OPERATORS, listed=False)
