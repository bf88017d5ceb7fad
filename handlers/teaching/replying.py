"""Replying: what answers a letter about a ticket is a choice or words of those in charge, or more from who asked."""

from __future__ import annotations

from bot.addressed import answered
from bot.naming import command_named
from bot.turn import Said, Turn, refusal, say
from faq.matcher import confident
from handlers import support
from handlers.support.charge import cared_for, taken_by_another
from handlers.support.discussing import discusses
from handlers.support.notes import note, note_in
from handlers.teaching.chosen import choices_on, chosen, chosen_elsewhere, named
from handlers.teaching.giving import TEACH
from handlers.teaching.rejoinders import is_for_us, rejoin
from handlers.teaching.sending import HELD, HELD_FOR_ONE, hold_back, send
from storage import talks
from storage.sent_letters import Sent
from storage.states import TicketState
from storage.tickets import Ticket


def reply(turn: Turn) -> Said | None:
    """Takes up what answers a letter about a ticket: an operator's choice or words for those who asked, or theirs."""
    alert = support.replied_to(turn)
    if alert is None:
        return rejoin(turn) or chosen_elsewhere(turn)
    answered_one, sent = alert
    ticket = cared_for(turn, answered_one.id)
    if ticket is None:
        return refusal(turn, TEACH) or say("support/gone")
    said = _noted(turn, ticket) or chosen(turn, sent.page)
    ordinary = said is None and not support.is_alert(sent) and _is_for_us(turn, ticket)
    return None if ordinary else said or _in_words(turn, sent, ticket)


def _is_for_us(turn: Turn, ticket: Ticket) -> bool:
    """Whether it is meant for the assistant; in a discussion « merci! » is for the person."""
    return bool(command_named(turn, turn.heard.text)) if discusses(turn, ticket) else is_for_us(turn)


def _noted(turn: Turn, ticket: Ticket) -> Said | None:
    """What begins with « note : » is for those in charge only."""
    words = note_in(turn.heard.words)
    return note(turn, ticket, words) if words else None


def reply_to_nothing(turn: Turn) -> Said | None:
    """What an operator writes as a reply is meant for somebody; it is no question for the knowledge base.

    By letter people go on in any thread, so that what the knowledge base knows is answered all the same.
    """
    sent = answered(turn)
    by_letter = turn.heard.envelope is not None and not (sent and support.is_alert(sent))
    if not turn.heard.about or refusal(turn, TEACH) or (sent and sent.talk_id):
        return None
    if talks.foreground(turn.tx, turn.person.id) and not turn.heard.envelope:
        return None
    known = turn.match is not None and (confident(turn.match) or turn.match.outcome == "small_talk")
    return None if by_letter and known else say("teach/nobody")


def _in_words(turn: Turn, alert: Sent, ticket: Ticket) -> Said:
    words, kind = turn.heard.words, HELD_FOR_ONE if support.is_about_addition(alert) else HELD
    choices = choices_on(alert.page)
    if choices and named(turn).isdecimal():
        asked_again = say("teach/no-such-choice", *choices, number=ticket.id)
        return support.told_of(ticket.id, asked_again)
    if discusses(turn, ticket):
        return support.told_of(ticket.id, support.relay(turn, ticket, words))
    free = ticket.state is TicketState.OPEN and taken_by_another(turn, ticket) is None
    return send(turn, ticket, words, kind) if free else hold_back(turn, ticket, words, kind)
