"""Replying to a ticket: an operator picks an entry, or writes words of their own, for everybody who asked."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from bot.messages import Call, Page, Reply, number_in
from bot.naming import button_meant, button_on, command_named
from bot.talk import fingerprint
from bot.turn import Command, Said, Turn, refusal, say
from faq.entry import Entry
from handlers import support
from handlers.questions import replies
from handlers.support import OPERATORS
from handlers.teaching.askers import answer_all
from handlers.teaching.choices import nearest, picked
from handlers.teaching.lessons import learn
from storage import enquiries, talks, tickets
from storage.enquiries import Enquiry
from storage.tickets import Ticket

HELD: Final = "words-held"
"""The kind of ticket that keeps words until their operator says whether to send them."""


def reply(turn: Turn) -> Said | None:
    """Takes up an operator's reply to an alert: one of its choices, or words to be taken to those who asked."""
    alert = support.replied_to(turn)
    if alert is None:
        return _to_nobody(turn)
    ticket, page = alert
    return refusal(turn, TEACH) or _chosen(turn, page) or _in_words(turn, page, ticket)


def _to_nobody(turn: Turn) -> Said | None:
    """What an operator writes as a reply is meant for somebody, so that it is no question for the knowledge base."""
    if not turn.heard.about or refusal(turn, TEACH) or talks.foreground(turn.tx, turn.person.id):
        return None
    meant = command_named(turn, turn.heard.text.strip()) or button_meant(turn, None)
    return None if meant else say("teach/nobody")


def _chosen(turn: Turn, page: Page) -> Said | None:
    """A reply names its choice by number, although no number typed without it does."""
    choice = button_on(replace(page, numbered=True), turn.heard.text.strip().rstrip(".)"))
    ability = turn.house.abilities.get(choice.command) if isinstance(choice, Call) else None
    if isinstance(choice, Call) and isinstance(ability, Command):
        return refusal(turn, ability) or ability.answer(turn, choice.argument)
    return None


def _in_words(turn: Turn, page: Page, ticket: Ticket) -> Said:
    words = turn.heard.words
    if page.buttons and words.strip().rstrip(".)").isdecimal():
        return say("teach/no-such-choice", *page.buttons, number=ticket.id)
    return _relay(turn, ticket, words) if tickets.hold(turn.tx, ticket.id) else _hold(turn, ticket, words)


def _hold(turn: Turn, ticket: Ticket, words: str) -> Said:
    """Somebody was faster: the words wait, as a ticket of whoever wrote them, for their yes."""
    asked = enquiries.of_ticket(turn.tx, ticket.id)
    given = None if ticket.answer or not asked else turn.entries.get(asked[0].entry or "")
    held = support.open_ticket(turn, HELD, words)
    return say(
        "teach/answered", number=ticket.id, words=ticket.answer, given=given, argument=f"{ticket.id}-{held}"
    )


def send_anyway(turn: Turn, argument: str) -> Said:
    """Sends the words that were held back, `TICKET-HELD`, once, by whoever wrote them."""
    number, _, own = argument.partition("-")
    ticket = tickets.by_id(turn.tx, number_in(number) or 0)
    held = tickets.by_id(turn.tx, number_in(own) or 0)
    if ticket is None or held is None or (held.kind, held.person_id) != (HELD, turn.person.id):
        return say("support/gone")
    return _relay(turn, ticket, held.text) if tickets.answered(turn.tx, held.id) else say("support/gone")


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


def _relay(turn: Turn, ticket: Ticket, words: str) -> Said:
    asked = enquiries.of_ticket(turn.tx, ticket.id)
    return _relay_to_all(turn, ticket, asked[0], words) if asked else support.relay(turn, ticket, words)


def _relay_to_all(turn: Turn, ticket: Ticket, first: Enquiry, words: str) -> Said:
    """What was written may be meant for these people only: whether to give it again is asked, not assumed."""
    tickets.answered(turn.tx, ticket.id, words)
    count = answer_all(turn, ticket.id, lambda _theirs, _one: (Reply("teach/words", {"text": words}),))
    offered = {
        "ticket": ticket.id,
        "words": fingerprint({"answer": words}),
        "enquiry": first.id,
        "nearest": nearest(turn.entries, first),
    }
    return Said((_relayed(ticket.id, count), Reply("reuse/offer", offered)))


def _relayed(number: int, count: int) -> Reply:
    return Reply("support/relayed", {"number": number, "count": count})


TEACH = Command("teach", teach, OPERATORS, listed=False)
SEND_ANYWAY = Command("send-anyway", send_anyway, OPERATORS, listed=False)
