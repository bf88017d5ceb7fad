"""The three declaration periods of a school year (entry `declare-deadlines`): days are local, deadlines inclusive."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from types import MappingProxyType

BEGINNINGS = ((7, 1), (12, 1), (4, 1))
"""Month and day on which each period begins, in the order of the school year."""
FIRST_MONTH = 7
AS_THE_CALENDAR: Mapping[str, bool] = MappingProxyType({})
"""No period is closed or reopened by hand."""
KEY = re.compile(r"([12][0-9]{3})-([123])")


@dataclass(frozen=True, slots=True)
class Period:
    """One period: uses from `first` to `deadline`, both included, are due on `deadline`."""

    year: int
    """The calendar year in which the school year begins."""
    number: int
    """1, 2 or 3."""

    @property
    def key(self) -> str:
        """How it is kept: `2026-1` is July to November 2026."""
        return f"{self.year}-{self.number}"

    @property
    def first(self) -> date:
        month, day = BEGINNINGS[self.number - 1]
        return date(self.year + (month < FIRST_MONTH), month, day)

    @property
    def deadline(self) -> date:
        return self.next.first - timedelta(days=1)

    @property
    def next(self) -> Period:
        return (
            Period(self.year, self.number + 1) if self.number < len(BEGINNINGS) else Period(self.year + 1, 1)
        )

    @property
    def before(self) -> Period:
        return (
            Period(self.year, self.number - 1) if self.number > 1 else Period(self.year - 1, len(BEGINNINGS))
        )

    def closes(self, grace_days: int) -> date:
        """The last day on which it is still open."""
        return self.deadline + timedelta(days=grace_days)

    def open_until(self, today: date, grace_days: int) -> date | None:
        """When it closes, once its deadline has passed; None: that has not, or it is closed already."""
        closes = self.closes(grace_days)
        return closes if self.deadline < today <= closes else None


def period_of(day: date) -> Period:
    """The period that a day of use belongs to."""
    year = day.year if day.month >= FIRST_MONTH else day.year - 1
    first = Period(year, 1)
    return next(p for p in (first.next.next, first.next, first) if p.first <= day)


def period_named(key: str) -> Period:
    """The period kept as `2026-1`; ValueError for anything else."""
    found = period_if_named(key)
    if found is None:
        raise ValueError(f"no period: {key!r}")
    return found


def period_if_named(key: str) -> Period | None:
    """The same; None for anything else."""
    found = KEY.fullmatch(key)
    return Period(int(found[1]), int(found[2])) if found else None


def is_open(
    period: Period, today: date, grace_days: int, by_hand: Mapping[str, bool] = AS_THE_CALENDAR
) -> bool:
    """Whether it can be declared for: up to its deadline always, then as decided by hand, or else some days more."""
    return today <= period.deadline or by_hand.get(period.key, today <= period.closes(grace_days))


def open_periods(
    today: date, grace_days: int, by_hand: Mapping[str, bool] = AS_THE_CALENDAR
) -> tuple[Period, ...]:
    """Those that can be declared for today, the oldest first: the running one is always among them."""
    running = period_of(today)
    reopened = (period_named(key) for key, wanted in by_hand.items() if wanted)
    past = {running.before, *(period for period in reopened if period.deadline < today)}
    still_open = (one for one in past if is_open(one, today, grace_days, by_hand))
    return (*sorted(still_open, key=lambda one: one.first), running)


def is_late(day: date, today: date, grace_days: int, by_hand: Mapping[str, bool] = AS_THE_CALENDAR) -> bool:
    """Whether the period of that day of use is closed today."""
    return not is_open(period_of(day), today, grace_days, by_hand)
