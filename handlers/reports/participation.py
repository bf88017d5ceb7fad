"""« Participation »: how far a school, the schools of a service centre, or all have come in a period."""

from __future__ import annotations

from typing import Final

from bot.messages import Reply
from bot.turn import Command, Said, Turn
from handlers.declarations.periods import Period
from handlers.reports.asking import FOLLOWERS, about
from handlers.reports.ordering import Kind, ordered
from handlers.reports.views import View

LOWEST: Final = 5
"""Schools named in the summary; the picture and the files have more."""
FILES: Final = (Kind.SHEETS, Kind.LINES)


def participation(turn: Turn, argument: str) -> Said:
    """The summary with its picture; a letter brings the files at once."""
    return about(turn, REPORT.name, argument, _report)


def report_files(turn: Turn, argument: str) -> Said:
    """The same figures for a spreadsheet."""
    return about(turn, REPORT_FILES.name, argument, _files)


def _report(turn: Turn, view: View, period: Period) -> Said:
    by_letter = turn.heard.envelope is not None
    made = ordered(turn, view, period, Kind.CHART, *(FILES if by_letter else ()))
    facts = {"report": made.report, "lowest": made.report.lowest[:LOWEST], "by_letter": by_letter}
    return Said((Reply("participation/page", facts, files=made.files),))


def _files(turn: Turn, view: View, period: Period) -> Said:
    made = ordered(turn, view, period, *FILES)
    return Said((Reply("participation/files", {"report": made.report}, files=made.files),))


REPORT = Command("participation", participation, FOLLOWERS, takes_words=True)
REPORT_FILES = Command("report-files", report_files, FOLLOWERS, takes_words=True, listed=False)
