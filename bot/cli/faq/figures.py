"""Figures: an evaluation as tables to read, or as data for a program."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from bot.cli.told import OperatorsWording, Told, operators_wording
from bot.dates import number, percent
from faq.evaluation import Confusion, Evaluation, Figures, Rate

TEMPLATE = "cli/faq/measured"
GAP = "  "


def in_words(evaluation: Evaluation) -> Told:
    """All figures, each with its interval."""
    wording = operators_wording()
    data = {
        "inside": evaluation.in_scope["right"].of,
        "outside": evaluation.out_of_scope["answered"].of,
        "whole": _overall(evaluation, wording),
        "styles": _by(evaluation.styles, wording),
        "styles_out": _by(evaluation.styles_out, wording),
        "entries": _by(evaluation.entries, wording),
        "confusions": _table(_row(one) for one in evaluation.confusions),
        "median": evaluation.median_ms,
        "p95": evaluation.p95_ms,
    }
    return wording.told(TEMPLATE, data)


def as_data(evaluation: Evaluation) -> dict[str, Any]:
    """The same for JSON; shares and intervals are 0..1."""
    groups = {
        "styles": evaluation.styles,
        "styles_out": evaluation.styles_out,
        "entries": evaluation.entries,
    }
    return {
        "in_scope": _rates(evaluation.in_scope),
        "out_of_scope": _rates(evaluation.out_of_scope),
        **{name: {key: _rates(one) for key, one in group.items()} for name, group in groups.items()},
        "confusions": [
            {"expected": one.expected, "outcome": one.outcome, "got": one.got, "lines": one.lines}
            for one in evaluation.confusions
        ],
        "ms": {"median": evaluation.median_ms, "p95": evaluation.p95_ms},
    }


def _rates(figures: Figures) -> dict[str, Any]:
    return {
        name: {"count": rate.count, "of": rate.of, "share": rate.share, "interval": rate.interval}
        for name, rate in figures.items()
    }


def _overall(evaluation: Evaluation, wording: OperatorsWording) -> str:
    figures = {**evaluation.in_scope, **evaluation.out_of_scope}
    return _table(
        (str(wording.line(TEMPLATE, name)), f"{rate.count}/{rate.of}", _percentage(rate, wording.language))
        for name, rate in figures.items()
    )


def _by(groups: Mapping[str, Figures], wording: OperatorsWording) -> str:
    """A line a group and a column a figure, under their short names."""
    if not groups:
        return ""
    names = next(iter(groups.values()))
    heads = (
        "",
        str(wording.line(TEMPLATE, "of")),
        *(str(wording.line(TEMPLATE, f"short_{n}")) for n in names),
    )
    lines = (_line(group, figures, wording.language) for group, figures in groups.items())
    return _table((heads, *lines))


def _line(group: str, figures: Figures, language: str) -> tuple[str, ...]:
    [of] = {rate.of for rate in figures.values()}
    return (group, str(of), *(_percentage(rate, language) for rate in figures.values()))


def _percentage(rate: Rate, language: str) -> str:
    """« 92,3 % [88–95] »."""
    if rate.share is None or rate.interval is None:
        return "–"
    low, high = (number(round(bound * 100), language) for bound in rate.interval)
    return f"{percent(rate.share * 100, language)} [{low}–{high}]"


def _row(confusion: Confusion) -> tuple[str, ...]:
    got = ", ".join(confusion.got)
    lines = ", ".join(map(str, confusion.lines))
    return (str(len(confusion.lines)), confusion.outcome, f"{confusion.expected} → {got or '–'}", lines)


def _table(rows: Iterable[Sequence[str]]) -> str:
    """Columns side by side, the last as long as it is."""
    rows = tuple(rows)
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return "\n".join(GAP.join(map(str.ljust, row, widths)).rstrip() for row in rows)
