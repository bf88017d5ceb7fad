"""Evaluation: what a matcher made of labelled questions in, figures out. Pure: no I/O, no clock."""

from __future__ import annotations

import math
import statistics
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

from faq.labelled import Labelled
from faq.matcher import Match

Z: Final = 1.959963984540054
"""Standard deviations on either side that hold 95 % of a normal distribution."""


@dataclass(frozen=True, slots=True)
class Tried:
    """A labelled question, and what the matcher made of it."""

    asked: Labelled
    match: Match
    ms: float
    """How long that took, in milliseconds."""

    @property
    def ids(self) -> tuple[str, ...]:
        """The entries or wishes named, best first; a kind of small talk is none."""
        named = () if self.match.outcome == "small_talk" else self.match.candidates
        return tuple(candidate.id for candidate in named)

    @property
    def is_first_right(self) -> bool:
        """Whether the best candidate is one of those expected, whatever the outcome."""
        return self.ids[:1] != () and self.ids[0] in self.asked.expected

    @property
    def is_any_right(self) -> bool:
        """Whether one of three is."""
        return any(one in self.asked.expected for one in self.ids[:3])


@dataclass(frozen=True, slots=True)
class Rate:
    """How many of how many."""

    count: int
    of: int

    @property
    def share(self) -> float | None:
        """0..1; None of nothing."""
        return self.count / self.of if self.of else None

    @property
    def interval(self) -> tuple[float, float] | None:
        """Where the true share lies in 19 cases of 20, by Wilson's score; None of nothing."""
        if not self.of:
            return None
        share, spread = self.count / self.of, Z * Z / self.of
        centre = share + spread / 2
        reach = Z * math.sqrt(share * (1 - share) / self.of + spread / self.of / 4)
        return max(0.0, (centre - reach) / (1 + spread)), min(1.0, (centre + reach) / (1 + spread))


def _is_right(tried: Tried) -> bool:
    return _is_answered(tried) and tried.is_first_right


def _is_within_one_tap(tried: Tried) -> bool:
    return _is_right(tried) or (tried.match.outcome == "ask_back" and tried.is_any_right)


def _is_answered(tried: Tried) -> bool:
    return tried.match.outcome in ("answer", "wish")


def _is_asked_back(tried: Tried) -> bool:
    return tried.match.outcome == "ask_back"


def _is_wrong(tried: Tried) -> bool:
    return _is_answered(tried) and not tried.is_first_right


def _is_missed(tried: Tried) -> bool:
    return not _is_within_one_tap(tried) and not _is_wrong(tried)


IN_SCOPE: Final[Mapping[str, Callable[[Tried], bool]]] = {
    "top_1": lambda tried: tried.is_first_right,
    "top_3": lambda tried: tried.is_any_right,
    "right": _is_right,
    "one_tap": _is_within_one_tap,
    "wrong": _is_wrong,
    "missed": _is_missed,
}
"""What is counted of the questions that an entry answers; the last three leave none out."""

OUT_OF_SCOPE: Final[Mapping[str, Callable[[Tried], bool]]] = {
    "answered": _is_answered,
    "asked_back": _is_asked_back,
}
"""What is counted of the others: all that they should not be."""

Figures: TypeAlias = Mapping[str, Rate]


@dataclass(frozen=True, slots=True)
class Confusion:
    """Questions that were met alike, and not as they should have been."""

    expected: str
    outcome: str
    got: tuple[str, ...]
    """What was answered, or the choices offered."""
    lines: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Evaluation:
    """All figures of one matcher on one file."""

    in_scope: Figures
    out_of_scope: Figures
    styles: Mapping[str, Figures]
    """By style, of what is in scope."""
    styles_out: Mapping[str, Figures]
    """By style, of what is not."""
    entries: Mapping[str, Figures]
    """By entry, of what is in scope; a question with two right entries counts for both."""
    confusions: tuple[Confusion, ...]
    """The most frequent first."""
    median_ms: float
    p95_ms: float


def evaluate(tried: Iterable[Tried]) -> Evaluation:
    """The figures of one question or more."""
    everything = tuple(tried)
    inside = [one for one in everything if one.asked.expected]
    outside = [one for one in everything if not one.asked.expected]
    times = sorted(one.ms for one in everything)
    return Evaluation(
        in_scope=_figures(IN_SCOPE, inside),
        out_of_scope=_figures(OUT_OF_SCOPE, outside),
        styles=_by(lambda one: (one.asked.style,), IN_SCOPE, inside),
        styles_out=_by(lambda one: (one.asked.style,), OUT_OF_SCOPE, outside),
        entries=_by(lambda one: one.asked.expected, IN_SCOPE, inside),
        confusions=_confusions(everything),
        median_ms=statistics.median(times),
        p95_ms=times[math.ceil(0.95 * len(times)) - 1],
    )


def _figures(measures: Mapping[str, Callable[[Tried], bool]], tried: Sequence[Tried]) -> Figures:
    return {name: Rate(sum(map(holds, tried)), len(tried)) for name, holds in measures.items()}


def _by(
    keys: Callable[[Tried], Iterable[str]],
    measures: Mapping[str, Callable[[Tried], bool]],
    tried: Iterable[Tried],
) -> Mapping[str, Figures]:
    groups: dict[str, list[Tried]] = defaultdict(list)
    for one in tried:
        for key in keys(one):
            groups[key].append(one)
    return {key: _figures(measures, groups[key]) for key in sorted(groups)}


def _confusions(tried: Iterable[Tried]) -> tuple[Confusion, ...]:
    lines: dict[tuple[str, str, tuple[str, ...]], list[int]] = defaultdict(list)
    for one in tried:
        if _is_as_it_should_be(one):
            continue
        lines[one.asked.label, one.match.outcome, _got(one)].append(one.asked.line)
    found = (Confusion(*met, tuple(numbers)) for met, numbers in lines.items())
    return tuple(sorted(found, key=lambda one: (-len(one.lines), one.expected, one.outcome, one.got)))


def _is_as_it_should_be(tried: Tried) -> bool:
    if tried.asked.expected:
        return _is_within_one_tap(tried)
    return not _is_answered(tried) and not _is_asked_back(tried)


def _got(tried: Tried) -> tuple[str, ...]:
    named = {"answer": 1, "wish": 1, "ask_back": 3, "small_talk": 1, "unknown": 0}[tried.match.outcome]
    return tuple(candidate.id for candidate in tried.match.candidates[:named])
