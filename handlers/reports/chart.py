"""The picture of a report: a bar a school, those with the smallest shares, or a school's line towards the deadline."""

from __future__ import annotations

import textwrap
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from io import BytesIO
from threading import Lock
from typing import Any, Final

from babel.dates import format_date
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from bot import dates
from bot.messages import File
from bot.render import Wording
from handlers.declarations.periods import Period
from handlers.reports.report import Line, Report
from handlers.reports.views import Reach

TEMPLATE: Final = "participation/chart"
BARS, LEAST_BARS = 15, 2
AFTER: Final = timedelta(weeks=2)
"""How far beyond it a line goes at most."""
WIDTH, HEIGHT, DPI = 7.2, 4.8, 150
"""Inches, and dots an inch: 1080 across, as a phone shows it whole."""
ROOM: Final = 10
"""Days between the marks of two dates."""
LONGEST_PLACE: Final = 60
"""Characters of a name on a line of the title."""
LONGEST_NAME: Final = 30
"""Characters of a school's name on one line."""
TALL, MOST_LINES = 2, 4
"""Lines of a name from which rows are taller, and at most."""
DECLARED, NOTHING, DRAFT, REST, BEFORE = "#1f5f8b", "#7fb3d5", "#f2c14e", "#e6e8eb", "#8a9099"

Label = Callable[[str], str]
_one_at_a_time = Lock()
"""Matplotlib keeps fonts and caches that threads may not share."""


def drawn(report: Report, wording: Wording, language: str) -> File | None:
    """A PNG file; None where there is nothing to draw that may be shown."""
    labels = {label.key: label.text for label in wording.labels(TEMPLATE, language)}
    draw = _line_of if report.view.reach is Reach.SCHOOL else _bars_of
    with _one_at_a_time:
        figure = draw(report, labels.__getitem__, language)
        return None if figure is None else _png(figure, f"{labels['file']}-{report.period.key}.png")


def _bars_of(report: Report, label: Label, language: str) -> Figure | None:
    lines = report.lowest[:BARS]
    if len(lines) < LEAST_BARS:
        return None
    names = [_name(line.name) for line in lines]
    row = 0.38 if all(name.count("\n") < TALL for name in names) else 0.38 + 0.09 * TALL
    figure = Figure(figsize=(WIDTH, 2.0 + row * len(lines)), dpi=DPI, layout="constrained")
    axes = figure.add_subplot()
    places, left = range(len(lines)), [0.0] * len(lines)
    for key, colour in (("declared", DECLARED), ("nothing", NOTHING), ("drafts", DRAFT), ("rest", REST)):
        widths = [_percent(line, key) for line in lines]
        axes.barh(places, widths, left=left, color=colour, label=label(key), height=0.72)
        left = [before + width for before, width in zip(left, widths, strict=True)]
    for place, line in zip(places, lines, strict=True):
        told = label("of").format(line.counts.took_part, line.out_of)
        axes.annotate(told, (101, place), va="center", fontsize=9, annotation_clip=False)
    axes.set_yticks(list(places), names, fontsize=9)
    axes.invert_yaxis()
    axes.margins(y=0.01)
    axes.set_xlim(0, 100)
    axes.set_xticks([0, 25, 50, 75, 100], [label("percent").format(n) for n in (0, 25, 50, 75, 100)])
    more = len(report.lowest) > BARS
    _entitle(figure, report, label, "lowest" if more else "bars", language)
    _finish(figure, axes)
    return figure


def _percent(line: Line, key: str) -> float:
    counts = line.counts
    rest = line.out_of - counts.took_part - counts.drafts
    return 100 * (rest if key == "rest" else getattr(counts, key)) / line.out_of


def _line_of(report: Report, label: Label, language: str) -> Figure | None:
    if not (report.days or report.days_before):
        return None
    figure = Figure(figsize=(WIDTH, HEIGHT), dpi=DPI, layout="constrained")
    axes = figure.add_subplot()
    period, today = report.period, report.terms.today
    last = min(today, period.deadline + AFTER)
    begins = _day_of(period.first, period)
    end = max(0, (last - period.deadline).days)
    if report.days_before:
        _draw_before(
            axes, report, end, label("before").format(dates.short_day(period.before.deadline, language))
        )
    _draw_now(axes, *_steps(report.days, period, last), label("now"))
    axes.axhline(report.total.out_of, color=BEFORE, linestyle=":", linewidth=1.2, label=label("expected"))
    axes.axvline(0, color="#c0392b", linewidth=1.2, label=label("deadline"))
    axes.set_xlim(begins, end + 1)
    top = max(1, report.total.out_of)
    # A line that stays at none lies above the axis, not under it.
    axes.set_ylim(-0.03 * top, 1.12 * top)
    axes.yaxis.set_major_locator(MaxNLocator(integer=True))
    marked = [*_firsts_of_months(period), period.deadline]
    axes.set_xticks([_day_of(one, period) for one in marked], [_day(one, language) for one in marked])
    _entitle(figure, report, label, "line", language)
    _finish(figure, axes)
    return figure


def _draw_now(axes: Any, xs: Sequence[int], ys: Sequence[int], name: str) -> None:
    """The line, and at its end how many there are."""
    axes.step(xs, ys, where="post", color=DECLARED, linewidth=2.4, label=name)
    axes.plot(xs[-1:], ys[-1:], "o", color=DECLARED, markersize=6, clip_on=False)
    where, offset = (xs[-1], ys[-1]), (-6, 6)
    axes.annotate(str(ys[-1]), where, offset, textcoords="offset points", ha="right", fontweight="bold")


def _draw_before(axes: Any, report: Report, end: int, name: str) -> None:
    before = report.period.before
    xs, ys = _steps(report.days_before, before, before.deadline + timedelta(days=end))
    axes.step(xs, ys, where="post", color=BEFORE, linestyle="--", linewidth=1.6, label=name)


def _steps(days: Sequence[date], period: Period, last: date) -> tuple[list[int], list[int]]:
    """Days before the deadline, and how many had taken part at the end of each."""
    begins = _day_of(period.first, period)
    xs = list(range(begins, max(_day_of(last, period), begins) + 1))
    return xs, [bisect_right(days, period.deadline + timedelta(days=n)) for n in xs]


def _day_of(day: date, period: Period) -> int:
    """Its place on the line: 0 is the deadline."""
    return (day - period.deadline).days


def _firsts_of_months(period: Period) -> Iterator[date]:
    """Those of a period that leave room for the mark of its deadline."""
    days = (period.first + timedelta(days=n) for n in range(-_day_of(period.first, period) - ROOM))
    return (day for day in days if day.day == 1)


def _entitle(figure: Figure, report: Report, label: Label, title: str, language: str) -> None:
    first, last = (dates.short_day(day, language) for day in (report.period.first, report.period.deadline))
    place = textwrap.shorten(report.view.name or label("all"), LONGEST_PLACE, placeholder="…")
    lines = (label(title), place, label("when").format(first, last))
    figure.suptitle("\n".join(lines), x=0.02, ha="left", fontsize=10, fontweight="bold")


def _finish(figure: Figure, axes: Any) -> None:
    for side in ("top", "right"):
        axes.spines[side].set_visible(False)
    axes.tick_params(labelsize=9)
    figure.legend(loc="outside lower center", ncols=4, frameon=False, fontsize=9)


def _name(name: str) -> str:
    return textwrap.fill(name, LONGEST_NAME, max_lines=MOST_LINES, placeholder="…")


def _day(day: date, language: str) -> str:
    french = "'1er' MMM" if day.day == 1 else "d MMM"
    return format_date(day, french if language == "fr" else "MMM d", locale=dates.LOCALES[language])


def _png(figure: Figure, name: str) -> File:
    content = BytesIO()
    figure.savefig(content, format="png")
    return File(name, "image/png", content.getvalue())
