"""« Qui n’a rien fait? »: people inside a school, schools outside; and a text to paste for the staff room."""

from __future__ import annotations

from typing import Final

from bot.turn import Command, Said, Turn, say
from handlers.declarations.periods import Period
from handlers.reports.asking import FOLLOWERS, about
from handlers.reports.masking import LEAST
from handlers.reports.ordering import ordered
from handlers.reports.views import View

PEOPLE, SCHOOLS = 25, 15
"""How many one message names; the files have all."""
TELLING: Final = LEAST
"""So many have to have taken part before the others are told how many."""


def missing(turn: Turn, argument: str) -> Said:
    """Who took no part yet, as far as the reader may know."""
    return about(turn, MISSING.name, argument, _missing)


def staff_room(turn: Turn, argument: str) -> Said:
    """A text for everybody: it names nobody, and holds no link of anybody's."""
    return about(turn, STAFF_ROOM.name, argument, _staff_room)


def _missing(turn: Turn, view: View, period: Period) -> Said:
    report = ordered(turn, view, period).report
    if view.inside:
        people, more = report.missing[:PEOPLE], len(report.missing[PEOPLE:])
        return say("missing/people", report=report, people=people, more=more)
    largest = sorted(report.lowest, key=lambda one: -one.counts.missing)
    return say("missing/schools", report=report, schools=largest[:SCHOOLS], more=len(largest[SCHOOLS:]))


def _staff_room(turn: Turn, view: View, period: Period) -> Said:
    report = ordered(turn, view, period).report
    told = view.inside and report.total.counts.took_part >= TELLING
    return say("staff-room/text", report=report, told=told)


MISSING = Command("missing", missing, FOLLOWERS, takes_words=True, listed=False)
STAFF_ROOM = Command("staff-room", staff_room, FOLLOWERS, takes_words=True, listed=False)
