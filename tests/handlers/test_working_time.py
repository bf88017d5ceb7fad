"""Working time: only the team's hours on working days count, as much of them as really passed."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.settings.team import Hours
from bot.working_days import WorkingDays
from handlers.support.working_time import working_time

MONTREAL = ZoneInfo("America/Toronto")
DAYS = WorkingDays()
DAY = Hours(time(8), time(16))


def at(text: str) -> datetime:
    """A moment in Montreal."""
    return datetime.fromisoformat(text).replace(tzinfo=MONTREAL)


@pytest.mark.parametrize(
    ("since", "until", "hours"),
    [
        ("2026-11-17T09:00", "2026-11-17T10:30", 1.5),
        ("2026-11-17T06:00", "2026-11-17T09:00", 1),
        ("2026-11-17T15:00", "2026-11-17T23:00", 1),
        ("2026-11-17T15:00", "2026-11-18T09:00", 2),
        ("2026-11-17T17:00", "2026-11-18T07:59", 0),
        ("2026-11-20T15:00", "2026-11-23T09:00", 2),  # over a weekend
        ("2026-11-21T09:00", "2026-11-22T15:00", 0),
        ("2026-06-23T15:00", "2026-06-25T09:00", 2),  # la fête nationale
        ("2026-06-24T08:00", "2026-06-24T16:00", 0),
        ("2026-12-31T15:00", "2027-01-04T08:00", 1),  # the first of January is a Friday
        ("2026-10-30T15:00", "2026-11-02T09:00", 2),  # the clock goes back on Sunday
        ("2027-03-12T15:00", "2027-03-15T09:00", 2),  # and forward
        ("2026-11-16T08:00", "2026-11-23T08:00", 40),
        ("2026-11-18T10:00", "2026-11-17T10:00", 0),
        ("2026-11-17T10:00", "2026-11-17T10:00", 0),
    ],
)
def test_only_working_hours_count(since: str, until: str, hours: float) -> None:
    expected = timedelta(hours=hours)
    assert working_time(at(since), at(until), DAY, MONTREAL, DAYS) == expected
    assert working_time(at(since).astimezone(UTC), at(until), DAY, MONTREAL, DAYS) == expected


def test_a_change_of_the_clock_within_working_hours_counts_as_it_passed() -> None:
    """In Cairo the clock goes forward on a Friday, at midnight."""
    cairo = ZoneInfo("Africa/Cairo")
    since = datetime(2026, 4, 23, 22, tzinfo=cairo)
    until = datetime(2026, 4, 24, 2, tzinfo=cairo)
    assert working_time(since, until, Hours(time(0), time(6)), cairo, DAYS) == timedelta(hours=1)
