"""Afterthoughts: what somebody types soon after the team has answered may be for the team; they say so."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from bot.messages import Kind, number_in
from bot.turn import Command, Said, Turn, say
from faq.matcher import Match, confident
from faq.text import looks_like_question
from handlers.questions import answering
from handlers.questions.found import Found
from handlers.support.adding import add, told_where
from handlers.support.charge import UNKNOWN_TICKET, at_school
from handlers.support.opening import open_ticket, told_of
from storage import care, tickets
from storage.talks import KeptTalk
from storage.tickets import Ticket

KIND: Final = "words-held-to-add"
"""The kind of ticket that keeps words until their person says whether they are for the team.

What was `tried` before is the number of the request that they are about.
"""
SOON: Final = timedelta(hours=1)
NOT_FOR_THEM: Final = "no"
TOLD_TO_ANYBODY: Final = "later"
"""The wish that may well be a word to the team: « j’essaie demain »."""


def offer_to_add(turn: Turn, kept: KeptTalk | None) -> Said | None:
    """Asks whether what the knowledge base does not surely know is about the request that was just answered."""
    chat = turn.heard.kind is Kind.TEXT and not (turn.heard.envelope or turn.heard.about or turn.unproven)
    if kept or not chat or not turn.heard.text.strip() or _is_for_us(turn):
        return None
    ticket = care.answered_since(turn.tx, turn.person.id, turn.now - SOON)
    return _offered(turn, ticket) if ticket else None


def _is_for_us(turn: Turn) -> bool:
    """Whether it is small talk, a wish, or a question that the knowledge base has to say something to."""
    if turn.reading is None or turn.match is None:
        return False
    known = confident(turn.match) or bool(turn.reading.several) or turn.match.outcome == "small_talk"
    return (
        known
        or _is_wish(turn.match)
        or (turn.match.outcome == "ask_back" and looks_like_question(turn.heard.text))
    )


def _is_wish(match: Match) -> bool:
    return match.outcome == "wish" and match.candidates[0].id != TOLD_TO_ANYBODY


def _offered(turn: Turn, ticket: Ticket) -> Said:
    held = open_ticket(turn, KIND, turn.heard.words.strip(), tried=str(ticket.id))
    return say("support/for-the-team", number=ticket.id, held=held, school=at_school(turn, ticket.id))


def add_held(turn: Turn, argument: str) -> Said:
    """Adds the words that were held, `HELD`, once, or leaves them (`HELD-no`) as a question that is not known."""
    number, _, how = argument.partition("-")
    held = tickets.lock(turn.tx, number_in(number) or 0)
    if held is None or held.kind != KIND or held.person_id != turn.person.id or turn.unproven:
        return UNKNOWN_TICKET
    ticket = tickets.by_id(turn.tx, number_in(held.tried) or 0)
    if ticket is None or not tickets.answered(turn.tx, held.id):
        return UNKNOWN_TICKET
    if how == NOT_FOR_THEM:
        return answering.say_found(turn, Found(held.text, "unknown"))
    added = add(turn, ticket, held.text)
    return told_of(added.number, say("support/followed-up", **told_where(added)))


ADD_HELD = Command("add-held", add_held, listed=False)
