"""A report ordered with its files: read and made beside the turn that asks for it, which takes up to some seconds."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from functools import partial

from bot.messages import File
from bot.render import Wording
from bot.turn import Turn
from handlers.declarations.periods import Period
from handlers.reports.report import Report, Terms, read_report
from handlers.reports.views import View
from storage.database import Transaction


class Kind(StrEnum):
    """A file that goes with a report."""

    CHART = "png"
    SHEETS = "xlsx"
    LINES = "csv"


@dataclass(frozen=True, slots=True)
class Made:
    """What was ordered."""

    report: Report
    files: tuple[File, ...] = ()


@dataclass(frozen=True, slots=True)
class Order:
    """What a report is made from: an equal order makes the same."""

    view: View
    period: Period
    terms: Terms
    wording: Wording
    language: str
    kinds: tuple[Kind, ...] = ()

    def read(self, tx: Transaction) -> Callable[[], Made]:
        return partial(self._make, read_report(tx, self.view, self.period, self.terms))

    def _make(self, report: Report) -> Made:
        # Each library is some megabytes and half a second, wanted when the first report is.
        from handlers.reports.chart import drawn  # noqa: PLC0415
        from handlers.reports.sheets import lines, workbook  # noqa: PLC0415

        makers = {Kind.CHART: drawn, Kind.SHEETS: workbook, Kind.LINES: lines}
        made = (makers[kind](report, self.wording, self.language) for kind in self.kinds)
        return Made(report, tuple(filter(None, made)))


def ordered(turn: Turn, view: View, period: Period, *kinds: Kind) -> Made:
    """A report in the reader's language, as of today."""
    house = turn.house
    order = Order(view, period, terms_of(turn), house.wording, turn.language, kinds)
    return turn.prepared(order)


def terms_of(turn: Turn) -> Terms:
    """What reports go by in this turn."""
    settings = turn.house.settings
    return Terms(turn.today, settings.zone, settings.grace_days)
