"""What goes on with the report just shown: its place, its period, and the few words that ask for another."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from bot.messages import Call, read_press
from bot.reading.words import fold
from bot.turn import Turn
from handlers.declarations.periods import Period, period_named
from handlers.school_names import SAYS_SCHOOL, meant, ours

ABILITIES: Final = frozenset({"missing", "report-files", "staff-room"})
"""Whose buttons below a report tell what it was about."""
KEY: Final = re.compile(r"(all|(?:school|centre)-\d{1,15})\.([12]\d{3}-[123])")
BRIEF: Final = 6
"""Words: a longer text says more than what to show."""


@dataclass(frozen=True, slots=True)
class Shown:
    """What the last page was about."""

    key: str
    """Of the view."""
    period: Period


def report_shown(turn: Turn) -> Shown | None:
    """The report whose buttons stand below the last page; None where there is none."""
    presses = (read_press(button["press"]) for button in turn.person.offered)
    calls = (one for one in presses if isinstance(one, Call) and one.command in ABILITIES)
    found = (KEY.fullmatch(call.argument) for call in calls)
    return next((Shown(one[1], period_named(one[2])) for one in found if one), None)


def is_brief(turn: Turn) -> bool:
    """Whether the message is short enough, right after a report, to be about nothing but what to show next."""
    return len(turn.heard.text.split()) <= BRIEF and report_shown(turn) is not None


def names_other_school(turn: Turn, words: str) -> bool:
    """Whether they say that they name a school, and one of ours is named much like it."""
    begins = fold(words).split()[:1]
    known = tuple(one.name for one in turn.once(ours))
    return bool(begins and SAYS_SCHOOL.fullmatch(begins[0]) and meant(known, words)[0])
