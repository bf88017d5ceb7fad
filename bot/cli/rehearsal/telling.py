"""What a rehearsal has shown, day by day, and what it comes to."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, tzinfo
from typing import Final

from handlers.declarations.periods import Period
from handlers.reminders.plan import Occasion
from storage.rehearsal import Told
from storage.states import ReminderOutcome

A_WEEK: Final = timedelta(days=6)
"""Before a day: the seven days that end with it."""


@dataclass(slots=True)
class Line:
    """One campaign on one day."""

    rule: str
    audience: str
    period: Period
    deadline: date
    offset: int
    """Days before the deadline, negative after it."""
    left: Counter[str] = field(default_factory=Counter)
    """How many would leave, by channel."""
    skipped: Counter[str] = field(default_factory=Counter)
    """How many would not, by reason."""
    merged: int = 0
    begins: datetime | None = None
    ends: datetime | None = None
    """When the first would leave, and the last."""

    @property
    def total(self) -> int:
        """How many would leave."""
        return self.left.total()


@dataclass(frozen=True, slots=True)
class Morning:
    """What the operators would read on a day how far all schools have come; no reminder, so that no limit holds."""

    at: datetime
    left: Counter[str]
    """How many would leave, by channel."""


@dataclass(frozen=True, slots=True)
class Year:
    """All of it."""

    days: Mapping[date, Sequence[Line]]
    """Those on which something is planned or leaves, in their order; the lines of reminders."""
    months: Mapping[date, int]
    """How many would leave, by the first of the month."""
    most: int
    """That one person gets in any seven days."""
    mornings: Mapping[date, Morning] = field(default_factory=dict)
    """The operators' digests, which are in no count."""

    @property
    def total(self) -> int:
        """How many would leave."""
        return sum(self.months.values())


def year_of(
    rows: Sequence[Told], occasions: Iterable[Occasion], zone: tzinfo, mornings: Iterable[Morning] = ()
) -> Year:
    """`rows`: the ledger of the campaigns of these occasions."""
    by_key = {one.key: one for one in occasions}
    lines = {(one.day, key): _line(one) for key, one in by_key.items()}
    for row in rows:
        occasion, day = by_key[row.key], row.at.astimezone(zone).date()
        leaves = row.outcome is ReminderOutcome.LEFT
        place = (day if leaves else occasion.day, row.key)
        _count(lines.setdefault(place, _line(occasion)), row, zone)
    days: dict[date, list[Line]] = defaultdict(list)
    for (day, _key), line in lines.items():
        days[day].append(line)
    by_day = {one.at.date(): one for one in mornings}
    in_order = {day: tuple(days.get(day, ())) for day in sorted({*days, *by_day})}
    return Year(in_order, _months(in_order), most_in_a_week(rows, zone), by_day)


def most_in_a_week(rows: Iterable[Told], zone: tzinfo) -> int:
    """How many the one who gets the most gets in any seven days."""
    by_person: dict[int, list[date]] = defaultdict(list)
    for row in rows:
        if row.outcome is ReminderOutcome.LEFT:
            by_person[row.person_id].append(row.at.astimezone(zone).date())
    return max(map(_most, by_person.values()), default=0)


def _most(days: list[date]) -> int:
    days.sort()
    return max(place + 1 - bisect_left(days, day - A_WEEK) for place, day in enumerate(days))


def _line(one: Occasion) -> Line:
    return Line(one.rule.name, one.rule.audience, one.period, one.deadline, one.offset)


def _count(line: Line, row: Told, zone: tzinfo) -> None:
    if row.outcome is ReminderOutcome.MERGED:
        line.merged += 1
    elif row.outcome is ReminderOutcome.SKIPPED:
        line.skipped[row.reason or ""] += 1
    else:
        at = row.at.astimezone(zone)
        line.left[row.channel or ""] += 1
        line.begins = min(line.begins or at, at)
        line.ends = max(line.ends or at, at)


def _months(days: Mapping[date, Sequence[Line]]) -> Mapping[date, int]:
    months: Counter[date] = Counter()
    for day, lines in days.items():
        months[day.replace(day=1)] += sum(line.total for line in lines)
    return {month: count for month, count in months.items() if count}
