"""The plan of a school year: what is sent on which day."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.settings.reminders import ReminderSettings
from bot.working_days import WorkingDays
from handlers.reminders.plan import RULES, planned, sending_day

MONTREAL = ZoneInfo("America/Toronto")


def settings(**given: Any) -> ReminderSettings:
    return ReminderSettings(_env_file=None, **given)


YEAR = [
    "08-07 contacts 24",
    "08-21 contacts 10",
    "08-26 account 96",
    "09-01 headcount 29",
    "09-15 headcount 15",
    "09-16 account 75",
    "09-25 headcount 5",
    "10-16 account 45",
    "10-30 declare 30",
    "11-02 relay 28",
    "11-02 digest 28",
    "11-02 digest-centres 28",
    "11-09 digest 21",
    "11-09 digest-centres 21",
    "11-16 declare 14",
    "11-16 follow-up 14",
    "11-16 digest 14",
    "11-16 digest-centres 14",
    "11-20 relay 9",
    "11-23 declare 7",
    "11-23 digest 7",
    "11-23 digest-centres 7",
    "11-27 declare 2",
    "11-27 follow-up 2",
    "11-30 declare 0",
    "12-03 follow-up -3",
]


def test_the_first_period_of_2026() -> None:
    said = [
        f"{one.day:%m-%d} {one.rule.name} {one.offset}"
        for one in planned(date(2026, 8, 1), date(2026, 12, 31), settings())
    ]
    assert sorted(said) == sorted(YEAR)
    assert [line.split()[0] for line in said] == sorted(line.split()[0] for line in said)


@pytest.mark.parametrize(
    ("deadline", "offset", "day"),
    [
        (date(2026, 11, 30), 2, date(2026, 11, 27)),  # a Saturday
        (date(2024, 3, 31), 0, date(2024, 3, 28)),  # Easter Sunday
        (date(2024, 3, 31), 2, date(2024, 3, 28)),  # Good Friday
        (date(2024, 3, 31), -3, date(2024, 4, 3)),
        (date(2025, 11, 30), 0, date(2025, 11, 28)),  # a Sunday
        (date(2025, 11, 30), -3, date(2025, 12, 3)),
        (date(2028, 3, 31), -2, date(2028, 4, 3)),  # never back before the deadline
        (date(2026, 6, 30), -1, date(2026, 7, 2)),  # nor on the first of July
    ],
)
def test_a_sending_gives_way_and_a_deadline_does_not(deadline: date, offset: int, day: date) -> None:
    assert sending_day(deadline, offset, WorkingDays()) == day


def test_when_schools_are_out_the_last_reminders_of_june_fall_on_one_day_the_nearest_first() -> None:
    out = frozenset(date(2027, 6, day) for day in range(24, 31)) | {
        date(2027, 7, day) for day in range(1, 32)
    }
    found = planned(date(2027, 6, 23), date(2027, 6, 23), settings(school_calendar=out))
    assert [(one.rule.name, one.offset) for one in found if one.rule.name == "declare"] == [
        ("declare", 0),
        ("declare", 2),
        ("declare", 7),
    ]


def test_over_a_summer_nothing_goes_back_before_it_nor_comes_long_after() -> None:
    out = frozenset(date(2027, 6, 24) + timedelta(days=n) for n in range(65))
    found = planned(date(2027, 6, 1), date(2027, 9, 5), settings(school_calendar=out))
    said = [f"{one.day:%m-%d} {one.rule.name} {one.offset}" for one in found if one.rule.in_term]
    assert "08-30 account 96" in said
    assert not [line for line in said if line.endswith("follow-up -3")]


def test_service_centres_are_asked_in_august_although_schools_are_out() -> None:
    out = frozenset(date(2026, 8, day) for day in range(1, 26))
    found = planned(date(2026, 8, 1), date(2026, 8, 25), settings(school_calendar=out))
    assert [one.rule.name for one in found] == ["contacts", "contacts"]


@pytest.mark.parametrize(
    ("day", "rule", "until"),
    [
        (date(2026, 11, 16), "declare", datetime(2026, 11, 20, tzinfo=MONTREAL)),
        (date(2026, 11, 27), "declare", datetime(2026, 12, 1, tzinfo=MONTREAL)),
        (date(2026, 11, 30), "declare", datetime(2026, 12, 1, tzinfo=MONTREAL)),
        (date(2026, 12, 3), "follow-up", datetime(2026, 12, 7, tzinfo=MONTREAL)),
        (date(2024, 3, 28), "declare", datetime(2024, 4, 1, tzinfo=MONTREAL)),
    ],
)
def test_a_reminder_is_of_use_for_some_days_and_never_past_its_deadline(
    day: date, rule: str, until: datetime
) -> None:
    found = next(one for one in planned(day, day, settings()) if one.rule.name == rule)
    assert found.useful_until(MONTREAL) == until


def test_other_days_before_may_be_chosen() -> None:
    chosen = settings(remind_before=(21, 1), remind_after=5)
    found = planned(date(2026, 11, 1), date(2026, 12, 31), chosen)
    assert [one.offset for one in found if one.rule.name == "declare"] == [21, 1]
    assert [one.offset for one in found if one.rule.name == "follow-up"] == [14, 2, -5]


def test_no_two_reminders_of_a_rule_go_by_one_key() -> None:
    keys = [one.key for one in planned(date(2026, 7, 1), date(2028, 6, 30), settings())]
    assert len(keys) == len(set(keys))
    assert {key.partition(":")[0] for key in keys} == {rule.name for rule in RULES}
