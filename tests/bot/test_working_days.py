"""Working days and sending hours: holidays of Quebec, schools that are out, clocks that change."""

from __future__ import annotations

import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot import working_days
from bot.settings.team import Hours
from bot.working_days import SendingHours, WorkingDays

MONTREAL = ZoneInfo("America/Toronto")
RELACHE = frozenset(date(2027, 3, day) for day in range(1, 6))
HOURS = SendingHours((Hours(time(7), time(8)), Hours(time(15, 30), time(20))), WorkingDays(), MONTREAL)


@pytest.mark.parametrize(
    ("day", "before", "after"),
    [
        (date(2026, 11, 30), date(2026, 11, 30), date(2026, 11, 30)),
        (date(2026, 11, 28), date(2026, 11, 27), date(2026, 11, 30)),
        (date(2024, 3, 31), date(2024, 3, 28), date(2024, 4, 2)),  # Easter Sunday, between two days off
        (date(2027, 3, 29), date(2027, 3, 25), date(2027, 3, 30)),  # Easter Monday
        (date(2026, 6, 24), date(2026, 6, 23), date(2026, 6, 25)),  # the national holiday
        (date(2026, 12, 25), date(2026, 12, 24), date(2026, 12, 28)),
        (date(2027, 3, 3), date(2027, 2, 26), date(2027, 3, 8)),  # schools are out
        (date(2028, 2, 29), date(2028, 2, 29), date(2028, 2, 29)),
    ],
)
def test_a_day_off_gives_way_to_the_working_day_beside_it(day: date, before: date, after: date) -> None:
    days = WorkingDays(RELACHE)
    assert (days.on_or_before(day), days.on_or_after(day)) == (before, after)


def test_many_may_look_at_once() -> None:
    """The library names a year before it has filled it."""
    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        with ThreadPoolExecutor(4) as threads:
            for _ in range(10):
                working_days._of_quebec.cache_clear()
                for year in (2026, 2028, 2029, 2030, 2031):  # Christmas is on a weekday
                    assert not any(threads.map(WorkingDays().__contains__, [date(year, 12, 25)] * 4))
    finally:
        sys.setswitchinterval(interval)


def test_where_all_is_closed_there_is_no_working_day() -> None:
    closed = frozenset(date(2026, 1, 1) + timedelta(days=n) for n in range(365))
    assert WorkingDays(closed).on_or_before(date(2026, 12, 31)) is None


@pytest.mark.parametrize(
    ("moment", "opens"),
    [
        ("2026-11-17T06:59", "2026-11-17T07:00"),
        ("2026-11-17T07:00", "2026-11-17T07:00"),
        ("2026-11-17T07:59", "2026-11-17T07:59"),
        ("2026-11-17T08:00", "2026-11-17T15:30"),
        ("2026-11-17T20:00", "2026-11-18T07:00"),
        ("2026-11-20T20:00", "2026-11-23T07:00"),  # over a weekend
        ("2026-03-08T07:30", "2026-03-09T07:00"),  # the clock went forward that Sunday
        ("2026-10-30T21:00", "2026-11-02T07:00"),  # and back on the first of November
        ("2026-12-24T20:00", "2026-12-28T07:00"),
    ],
)
def test_unasked_messages_wait_for_their_hours(moment: str, opens: str) -> None:
    at, opening = (datetime.fromisoformat(one).replace(tzinfo=MONTREAL) for one in (moment, opens))
    assert HOURS.next_opening(at) == opening.astimezone(UTC)
    assert HOURS.open_at(at) is (moment == opens)


@pytest.mark.parametrize(
    ("begins", "takes", "done"),
    [
        ("2026-11-17T07:30", timedelta(minutes=30), "2026-11-17T08:00"),
        ("2026-11-17T07:30", timedelta(minutes=40), "2026-11-17T15:40"),
        ("2026-11-17T09:00", timedelta(hours=5), "2026-11-18T07:30"),
        ("2026-10-30T19:00", timedelta(hours=2), "2026-11-02T08:00"),  # over the weekend of the clock
    ],
)
def test_it_is_known_when_what_takes_long_will_be_done(begins: str, takes: timedelta, done: str) -> None:
    at, ends = (datetime.fromisoformat(one).replace(tzinfo=MONTREAL) for one in (begins, done))
    assert HOURS.done_by(at, takes) == ends.astimezone(UTC)
