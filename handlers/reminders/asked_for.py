"""Whether somebody speaks of what a reminder asked them for: by a reply to it, or soon after it."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from bot.addressed import answered
from bot.messages import Call, read_press
from bot.turn import Turn
from storage import reminders, sent_letters
from storage.reminders import REACHED, Past
from storage.states import Audience
from storage.talks import KeptTalk

LATELY: Final = timedelta(days=14)
"""How long an answer may come that is no reply to the reminder."""
A_WEEK: Final = timedelta(days=7)
"""How long somebody may say « c’est fait » or « demain » without answering the reminder."""
LAST: Final = 5
"""Reminders that are looked through."""


def answers_reminder(turn: Turn) -> bool:
    """Whether it is said to a reminder: in reply to one, or on a chat where nothing has come since."""
    heard, sent = turn.heard, answered(turn)
    if sent is None and heard.envelope is None:
        sent = sent_letters.last_sent(turn.tx, heard.channel, heard.chat or heard.sender)
    return sent is not None and sent.campaign_id is not None


def lies_since_reminder(turn: Turn, kept: KeptTalk) -> bool:
    """Whether the talk has not been gone on with since the last reminder came, on whichever channel."""
    last = reminded_lately(turn)
    return last is not None and kept.updated_at is not None and kept.updated_at < last.at


def reminded_lately(turn: Turn) -> Past | None:
    """The reminder that is answered, or the last one that the sender has had within a week."""
    sent = answered(turn)
    if sent and sent.campaign_id is not None:
        return reminders.of_campaign(turn.tx, sent.campaign_id, turn.person.id)
    past = reminders.of_person(turn.tx, turn.person.id)
    return next((one for one in past if one.outcome in REACHED and turn.now - one.at <= A_WEEK), None)


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
