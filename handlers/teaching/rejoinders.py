"""Rejoinders: what somebody writes back to a letter about their request, such as the team's answer."""

from __future__ import annotations

from typing import Final

from bot.addressed import answered
from bot.messages import Kind, Reply
from bot.naming import button_meant, command_named
from bot.reading.words import fold
from bot.turn import Said, Turn
from faq.text import looks_like_question
from handlers import support
from handlers.questions.small_talk import STILL_FAILS, comfort
from storage import tickets

POLITE: Final = frozenset({"thanks", "goodbye", "understood", "worked"})
"""Small talk that needs no human."""
LONGEST_POLITE: Final = 8
"""Words."""


def rejoin(turn: Turn) -> Said | None:
    """Takes what somebody adds to the team; thanks, commands and buttons of the letter are not for them."""
    sent = answered(turn) if turn.heard.kind is Kind.TEXT else None
    ticket = tickets.by_id(turn.tx, sent.ticket_id) if sent and sent.ticket_id else None
    if sent is None or ticket is None or sent.talk_id or is_for_us(turn):
        return None
    added = support.add(turn, ticket, turn.heard.words.strip())
    told = Reply("support/followed-up", support.told_where(added))
    return Said((*comfort(turn), told), ticket_id=added.number)


def is_for_us(turn: Turn) -> bool:
    """Whether a message is a command, a button of the letter it answers, or mere politeness: for no human."""
    text = turn.heard.text.strip()
    return bool(command_named(turn, text) or button_meant(turn, None)) or _is_polite(turn, text)


def _is_polite(turn: Turn, text: str) -> bool:
    """Whether it is a bare « merci »: « merci, mais ça ne marche pas » asks for more."""
    small = turn.match is not None and turn.match.outcome == "small_talk"
    kind = turn.match.candidates[0].id if turn.match and small else ""
    asks = looks_like_question(text) or STILL_FAILS.search(fold(text))
    return kind in POLITE and len(text.split()) <= LONGEST_POLITE and not asks
