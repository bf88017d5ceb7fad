"""Sending: the words of those in charge go to everybody who asked, or wait where somebody else was faster."""

from __future__ import annotations

from typing import Final

from bot.messages import Reply, number_in
from bot.talk import fingerprint
from bot.turn import Command, Said, Turn, say
from handlers import support
from handlers.support.charge import cared_for, taken_by_another
from handlers.teaching.askers import answer_all
from handlers.teaching.choices import nearest
from storage import enquiries, tickets
from storage.enquiries import Enquiry
from storage.states import TicketState
from storage.tickets import Ticket

HELD: Final = "words-held"
"""The kind of ticket that keeps words until their operator says whether to send them.

What was `tried` before is the number of the ticket that they are for: they go to no other.
"""
HELD_FOR_ONE: Final = "words-held-for-one"
"""The same for words that answer a rejoinder: not all who asked get them."""


def send(turn: Turn, ticket: Ticket, words: str, kind: str = HELD) -> Said:
    """Sends them to everybody of the ticket; the first reply says so."""
    asked = () if kind == HELD_FOR_ONE else enquiries.of_ticket(turn.tx, ticket.id)
    said = _to_all(turn, ticket, asked[0], words) if asked else support.relay(turn, ticket, words)
    return _told_of(ticket, said, kind)


def hold_back(turn: Turn, ticket: Ticket, words: str, kind: str = HELD) -> Said:
    """Somebody was faster: the words wait, as a ticket of whoever wrote them, for their yes."""
    held = support.open_ticket(turn, kind, words, tried=str(ticket.id))
    return _told_of(ticket, _why_held(turn, ticket, f"{ticket.id}-{held}"), kind)


def _why_held(turn: Turn, ticket: Ticket, argument: str) -> Said:
    """It is answered, closed, or somebody else sees to it."""
    other = taken_by_another(turn, ticket)
    if ticket.state is TicketState.OPEN and other:
        return say("desk/held-for-another", **other, argument=argument)
    if ticket.closed_at and not ticket.answer:
        return say("desk/held-closed", number=ticket.id, argument=argument)
    asked = enquiries.of_ticket(turn.tx, ticket.id)
    given = None if ticket.answer or not asked else turn.entries.get(asked[0].entry or "")
    return say("teach/answered", number=ticket.id, words=ticket.answer, given=given, argument=argument)


def send_anyway(turn: Turn, argument: str) -> Said:
    """Sends the words that were held back, `TICKET-HELD`, once, by whoever wrote them, to whom they were for."""
    number, _, own = argument.partition("-")
    ticket = cared_for(turn, number_in(number))
    held = tickets.lock(turn.tx, number_in(own) or 0)
    if ticket is None or held is None or held.kind not in (HELD, HELD_FOR_ONE):
        return say("support/gone")
    theirs = (held.person_id, held.tried) == (turn.person.id, str(ticket.id))
    if not theirs or not tickets.answered(turn.tx, held.id):
        return say("support/gone")
    return send(turn, ticket, held.text, held.kind)


def _told_of(ticket: Ticket, said: Said, kind: str) -> Said:
    """More may be written in answer to it, to all who asked; what was for one person stays with them."""
    return said if kind == HELD_FOR_ONE else support.told_of(ticket.id, said)


def _to_all(turn: Turn, ticket: Ticket, first: Enquiry, words: str) -> Said:
    """What was written may be meant for these people only: whether to give it again is asked, not assumed."""
    support.done(turn, ticket.id, words)
    count = answer_all(
        turn, ticket.id, lambda _theirs, _one: (Reply("teach/words", {"text": words, "number": ticket.id}),)
    )
    offered = {
        "ticket": ticket.id,
        "words": fingerprint({"answer": words}),
        "enquiry": first.id,
        "nearest": nearest(turn.entries, first),
    }
    return Said((relayed(ticket.id, count), Reply("reuse/offer", offered)))


def relayed(number: int, count: int) -> Reply:
    """To how many it went."""
    return Reply("support/relayed", {"number": number, "count": count})


SEND_ANYWAY = Command("send-anyway", send_anyway, support.IN_CHARGE, listed=False)
