"""The plan of a school year as data: which reminder is due to whom, how many days before what.

A sending day that falls on a day off is the working day before; a deadline never moves.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Final

from bot.settings.reminders import ReminderSettings
from bot.working_days import ONE_DAY, SendingHours, WorkingDays
from handlers.declarations.periods import BEGINNINGS, Period, period_of
from storage.states import Audience, ReminderKind

USEFUL_FOR: Final = timedelta(days=4)
"""From the beginning of its day: what could not be sent by then is not sent late."""
LAST_MONTH: Final = 30
"""Days before a deadline in which those in charge get a digest every Monday."""
MONDAY: Final = 0
LONGEST_MOVE: Final = timedelta(days=21)
"""How far a sending gives way to days off: further than any holidays but a summer."""

Deadlines = Callable[[int], Iterator[tuple[Period, date]]]
"""What the reminders of a school year are about: each period with the last day for it."""
Offsets = Callable[[ReminderSettings, date], tuple[int, ...]]
"""How many days before the last day they are due; negative after it."""


@dataclass(frozen=True, slots=True)
class Rule:
    """Reminders of one kind to one audience."""

    name: str
    audience: Audience
    kind: ReminderKind
    deadlines: Deadlines
    offsets: Offsets
    in_term: bool = True
    """Whether it goes to people in schools, who are out when the school calendar says so."""


@dataclass(frozen=True, slots=True)
class Occasion:
    """One reminder of the plan: a campaign on its day."""

    rule: Rule
    period: Period
    deadline: date
    """The last day for what it is about."""
    offset: int
    """Days before that day; negative after it."""
    day: date
    """The working day on which it is sent."""

    @property
    def key(self) -> str:
        """Names it among all campaigns."""
        return f"{self.rule.name}:{self.period.key}:{self.offset}"

    def useful_until(self, zone: tzinfo) -> datetime:
        """The end of its days; what comes before a deadline is of no use after it."""
        last = self.day + USEFUL_FOR
        if self.offset >= 0:
            last = min(last, self.deadline + ONE_DAY)
        return datetime.combine(last, time(), zone)


def planned(first: date, last: date, settings: ReminderSettings) -> tuple[Occasion, ...]:
    """What is sent from the first day to the last, by day, what is nearest to its deadline first."""
    years = range(period_of(first).year - 1, period_of(last).year + 2)
    found = (one for year in years for rule in RULES for one in _of_year(rule, year, settings))
    return tuple(
        sorted((one for one in found if first <= one.day <= last), key=lambda one: (one.day, abs(one.offset)))
    )


def sending_hours(settings: ReminderSettings, zone: tzinfo) -> SendingHours:
    """When reminders leave. Service centres work when schools are out: only the plan knows the school calendar."""
    return SendingHours(settings.sending_hours, WorkingDays(), zone)


def leaves_on(settings: ReminderSettings, moment: datetime) -> date:
    """The day of the next sending hours; `moment` is in the organisation's zone."""
    zone = moment.tzinfo
    assert zone  # noqa: S101
    return sending_hours(settings, zone).next_opening(moment).astimezone(zone).date()


def next_day_on(settings: ReminderSettings, zone: tzinfo, today: date) -> datetime:
    """When reminders leave first on the next working day, in that zone."""
    midnight = datetime.combine(today + ONE_DAY, time(), zone)
    return sending_hours(settings, zone).next_opening(midnight.astimezone(UTC)).astimezone(zone)


def _of_year(rule: Rule, year: int, settings: ReminderSettings) -> Iterator[Occasion]:
    days = WorkingDays(settings.school_calendar if rule.in_term else frozenset())
    for period, deadline in rule.deadlines(year):
        for offset in rule.offsets(settings, deadline):
            if day := sending_day(deadline, offset, days):
                yield Occasion(rule, period, deadline, offset, day)


def sending_day(deadline: date, offset: int, days: WorkingDays) -> date | None:
    """The working day on or before the one that the offset names; for what comes after the deadline, one after it.

    Over a summer it is the first working day after, if that is still of use; None: there is none.
    """
    named = deadline - timedelta(days=offset)
    before, after = days.on_or_before(named), days.on_or_after(named)
    if before and named - before <= LONGEST_MOVE and (offset >= 0 or before > deadline):
        return before
    in_time = after and (after <= deadline if offset >= 0 else after - named <= LONGEST_MOVE)
    return after if in_time else None


def _every_period(year: int) -> Iterator[tuple[Period, date]]:
    for number in range(1, len(BEGINNINGS) + 1):
        period = Period(year, number)
        yield period, period.deadline


def _first_period(year: int) -> Iterator[tuple[Period, date]]:
    """Accounts are created from August to November (entry `account-create`)."""
    period = Period(year, 1)
    yield period, period.deadline


def _september(year: int) -> Iterator[tuple[Period, date]]:
    """Head counts are confirmed in September (entry `calendar-css`)."""
    yield Period(year, 1), date(year, 9, 30)


def _august(year: int) -> Iterator[tuple[Period, date]]:
    """The contacts of the directions are asked for in August (entry `calendar-css`)."""
    yield Period(year, 1), date(year, 8, 31)


def _before(settings: ReminderSettings, _deadline: date) -> tuple[int, ...]:
    return settings.remind_before


def _follow_up(settings: ReminderSettings, _deadline: date) -> tuple[int, ...]:
    return (14, 2, -settings.remind_after)


def _on(*offsets: int) -> Offsets:
    return lambda _settings, _deadline: offsets


def _mondays(_settings: ReminderSettings, deadline: date) -> tuple[int, ...]:
    """Every Monday of the last month before the deadline: on the day itself it would take the follow-up's place."""
    offsets = range(LAST_MONTH, 0, -1)
    return tuple(n for n in offsets if (deadline - timedelta(days=n)).weekday() == MONDAY)


RULES: Final = (
    Rule("follow-up", Audience.IN_CHARGE, ReminderKind.FOLLOW_UP, _every_period, _follow_up),
    Rule("digest", Audience.IN_CHARGE, ReminderKind.DIGEST, _every_period, _mondays),
    Rule("relay", Audience.CENTRES, ReminderKind.RELAY, _every_period, _on(28, 9), in_term=False),
    Rule("digest-centres", Audience.CENTRES, ReminderKind.DIGEST, _every_period, _mondays, in_term=False),
    Rule("declare", Audience.STAFF, ReminderKind.DEADLINES, _every_period, _before),
    Rule("account", Audience.ABSENT, ReminderKind.ACCOUNT, _first_period, _on(96, 75, 45)),
    Rule("headcount", Audience.HEADCOUNT, ReminderKind.REQUESTS, _september, _on(29, 15, 5), in_term=False),
    Rule("contacts", Audience.CONTACTS, ReminderKind.REQUESTS, _august, _on(24, 10), in_term=False),
)
"""In the order in which those of one day and one distance go: who is in charge reads there how they stand too."""
