"""Where Telegram is closed to somebody: what anybody may know is answered there, and everything else by e-mail."""

from __future__ import annotations

from dataclasses import replace

from bot.messages import Kind
from bot.naming import command_named
from bot.turn import Said, Turn
from faq.matcher import confident
from handlers.questions import answering
from handlers.roster.closed import is_off_here, telegram_is_off
from storage.talks import KeptTalk


def switched_off(turn: Turn, _kept: KeptTalk | None) -> Said | None:
    """What somebody is told on Telegram to whom it is closed: what anybody may know, or to write by e-mail."""
    if not turn.known or turn.heard.kind is Kind.GROUP or not is_off_here(turn, turn.person.id):
        return None
    asks = turn.match is not None and confident(turn.match)
    if asks and not command_named(turn, turn.heard.text.strip()):
        unproven = replace(turn, heard=replace(turn.heard, proven=False), read={})
        return replace(answering.answer(unproven), alone=True)
    return telegram_is_off(turn)
