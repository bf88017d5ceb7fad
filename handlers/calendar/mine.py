"""« Mon calendrier »: what the person has to do next, and a file for their own calendar."""

from __future__ import annotations

from bot.messages import Reply
from bot.turn import Command, Said, Turn, say
from handlers.calendar.duties import OF_ROLE, Duty, duties_of
from handlers.calendar.feed import feed
from storage import declarations

SHOWN = 6
"""Duties on one page."""
YEARS = 2
"""School years in the file."""
FILE = "file"


def calendar(turn: Turn, argument: str) -> Said:
    """The next duties; with the argument `file`, the file."""
    if argument == FILE:
        duties = duties_of(turn.person.places, turn.today, YEARS)
        file = feed(duties, turn.house.wording, turn.language, turn.now)
        return Said((Reply("calendar/file", {"name": file.name}, files=(file,)),))
    duties = duties_of(turn.person.places, turn.today, YEARS)[:SHOWN]
    done = frozenset(duty.key for duty in duties if _is_done(turn, duty))
    return say("calendar/page", duties=duties, done=done, today=turn.today)


def _is_done(turn: Turn, duty: Duty) -> bool:
    """Whether somebody has declared for the period, or said that there was nothing."""
    period = duty.period if duty.name == "declare" else None
    return period is not None and declarations.took_part(turn.tx, turn.person.id, period.key)


CALENDAR = Command("calendar", calendar, frozenset(OF_ROLE))
