"""« Non » to a reminder, which asks « Vous avez fait des copies? »: that there is nothing to declare, if it is so."""

from __future__ import annotations

from bot import dialogue
from bot.heads import signed_heads_of
from bot.reading.choices import says_no
from bot.turn import Said, Turn, refusal
from handlers.declarations.nothing import NOTHING
from handlers.reminders.asked_for import answers_reminder, is_asked_for
from storage.states import Audience
from storage.talks import KeptTalk


def denied(turn: Turn, kept: KeptTalk | None) -> Said | None:
    """Asks whether there is nothing to declare; None where no reminder has just asked it."""
    heads = signed_heads_of(turn.heard.text) if turn.heard.envelope else ()
    if kept or not any(map(says_no, (turn.heard.text, *heads))) or refusal(turn, NOTHING):
        return None
    asked = answers_reminder(turn) and is_asked_for(turn, NOTHING.name, Audience.STAFF)
    return dialogue.begin(turn, NOTHING, {}) if asked else None
