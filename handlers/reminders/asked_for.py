"""Whether somebody speaks of what a reminder asked them for: by a reply to it, or soon after it."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from bot.addressed import answered
from bot.messages import Call, read_press
from bot.turn import Turn
from storage import reminders
from storage.reminders import REACHED, Past
from storage.states import Audience

LATELY: Final = timedelta(days=14)
"""How long an answer may come that is no reply to the reminder."""
LAST: Final = 5
"""Reminders that are looked through."""


def is_asked_for(turn: Turn, ability: str, audience: Audience) -> bool:
    """Whether the letter answered has a button for this ability; of what answers none, whether a reminder had lately.

    A mail that begins a thread speaks of nothing before.
    """
    sent = answered(turn)
    if sent is None:
        return turn.heard.envelope is None and _lately(turn, audience)
    presses = (read_press(button.press) for button in sent.page.buttons)
    return any(isinstance(one, Call) and one.command == ability for one in presses)


def _lately(turn: Turn, audience: Audience) -> bool:
    reached = (one for one in turn.once(_past) if one.outcome in REACHED and turn.now - one.at <= LATELY)
    return any(one.audience is audience for one in reached)


def _past(turn: Turn) -> tuple[Past, ...]:
    return reminders.of_person(turn.tx, turn.person.id, LAST)
