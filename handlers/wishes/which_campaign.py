"""Which campaign somebody means who wants it paused, resumed or called off."""

from __future__ import annotations

import re
from typing import Final

from bot.reading.words import fold
from bot.turn import Turn
from handlers.reminders.campaigns import follows
from handlers.support.charge import IN_CHARGE
from storage import campaigns
from storage.states import CampaignState

NUMBER: Final = re.compile(r"\b(?:no\.? ?|n° ?|numero |number |#|la |campagne |campaign )?(\d{1,6})\b")
"""Folded text."""


def meant(turn: Turn, states: tuple[CampaignState, ...]) -> str | None:
    """The number of the one that is named, or of the only one that stands so; "" for several, None for none.

    Without states, a number that is not named is "": they are only to be shown.
    """
    if not turn.person.roles & IN_CHARGE:
        return None
    named = NUMBER.search(fold(turn.heard.text))
    if named:
        return named[1]
    if not states:
        return ""
    open_ = [one for one in campaigns.standing(turn.tx, states) if follows(turn, one)]
    return str(open_[0].id) if len(open_) == 1 else "" if open_ else None
