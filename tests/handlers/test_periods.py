"""The three declaration periods of a school year, to the day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.declarations.periods import (
    Period,
    is_late,
    open_periods,
    period_if_named,
    period_named,
    period_of,
)

GRACE = 14
DAYS = st.dates(date(2000, 1, 1), date(2100, 12, 31))


@pytest.mark.parametrize(
    ("day", "key"),
    [
        ("2026-06-30", "2025-3"),
        ("2026-07-01", "2026-1"),
        ("2026-07-02", "2026-1"),
        ("2026-11-29", "2026-1"),
        ("2026-11-30", "2026-1"),
        ("2026-12-01", "2026-2"),
        ("2026-12-31", "2026-2"),
        ("2027-01-01", "2026-2"),
        ("2027-03-30", "2026-2"),
        ("2027-03-31", "2026-2"),
        ("2027-04-01", "2026-3"),
        ("2027-06-30", "2026-3"),
        ("2027-07-01", "2027-1"),
        ("2028-02-29", "2027-2"),
    ],
)
def test_a_day_of_use_belongs_to_a_period(day: str, key: str) -> None:
    assert period_of(date.fromisoformat(day)).key == key


@pytest.mark.parametrize(
    ("key", "first", "deadline"),
    [
        ("2026-1", "2026-07-01", "2026-11-30"),
        ("2026-2", "2026-12-01", "2027-03-31"),
        ("2026-3", "2027-04-01", "2027-06-30"),
        ("2027-1", "2027-07-01", "2027-11-30"),
    ],
)
def test_a_period_goes_from_its_first_day_to_its_deadline(key: str, first: str, deadline: str) -> None:
    period = period_named(key)
    assert (str(period.first), str(period.deadline), period.key) == (first, deadline, key)


@pytest.mark.parametrize(
    "key",
    ["", "2026", "2026-0", "2026-4", "2026-12", "-1", "an-1", "2026-1 ", "2026-²", "99999-1", "０２６-1"],
)
def test_what_is_no_period_is_refused(key: str) -> None:
    with pytest.raises(ValueError, match="no period"):
        period_named(key)
    assert period_if_named(key) is None


@given(DAYS)
def test_every_day_is_in_exactly_one_period(day: date) -> None:
    period = period_of(day)
    assert period.first <= day <= period.deadline
    assert period.next.first == period.deadline + timedelta(days=1)
    assert period.next.before == period.before.next == period == period_named(period.key)


@pytest.mark.parametrize(
    ("used", "declared", "late"),
    [
        pytest.param("2027-06-30", "2027-06-30", False, id="on the deadline"),
        pytest.param("2027-06-30", "2027-07-02", False, id="30 June declared on 2 July"),
        pytest.param("2027-06-30", "2027-07-14", False, id="the last day open"),
        pytest.param("2027-06-30", "2027-07-15", True, id="the day after"),
        pytest.param("2027-04-01", "2027-07-15", True, id="the first day of the same period"),
        pytest.param("2026-11-30", "2026-12-14", False, id="autumn, the last day open"),
        pytest.param("2026-11-30", "2026-12-15", True, id="autumn, the day after"),
        pytest.param("2026-12-01", "2026-12-15", False, id="the next period, the same day"),
        pytest.param("2027-03-31", "2027-04-14", False, id="winter, the last day open"),
        pytest.param("2027-03-31", "2027-04-15", True, id="winter, the day after"),
        pytest.param("2025-10-01", "2026-10-01", True, id="a year ago"),
    ],
)
def test_a_use_is_late_once_its_period_is_closed(used: str, declared: str, late: bool) -> None:
    assert is_late(date.fromisoformat(used), date.fromisoformat(declared), GRACE) is late


@pytest.mark.parametrize(("grace", "late"), [(0, True), (1, True), (2, False), (91, False)])
def test_the_operator_decides_how_long_a_period_stays_open(grace: int, late: bool) -> None:
    assert is_late(date(2027, 6, 30), date(2027, 7, 2), grace) is late


@pytest.mark.parametrize(
    ("today", "grace", "keys"),
    [
        ("2026-11-30", GRACE, ["2026-1"]),
        ("2026-12-01", GRACE, ["2026-1", "2026-2"]),
        ("2026-12-14", GRACE, ["2026-1", "2026-2"]),
        ("2026-12-15", GRACE, ["2026-2"]),
        ("2026-12-01", 0, ["2026-2"]),
        ("2027-07-01", GRACE, ["2026-3", "2027-1"]),
        ("2027-07-14", GRACE, ["2026-3", "2027-1"]),
        ("2027-07-15", GRACE, ["2027-1"]),
    ],
)
def test_what_can_be_declared_for_today(today: str, grace: int, keys: list[str]) -> None:
    assert [period.key for period in open_periods(date.fromisoformat(today), grace)] == keys


@given(DAYS, st.integers(0, 91))
def test_a_use_of_today_is_never_late_and_an_open_period_holds_only_days_that_are_not(
    today: date, grace: int
) -> None:
    assert not is_late(today, today, grace)
    for period in open_periods(today, grace):
        assert not is_late(period.first, today, grace)
    assert is_late(open_periods(today, grace)[0].before.deadline, today, grace)


def test_periods_are_values() -> None:
    assert Period(2026, 1) == period_of(date(2026, 9, 1))


@pytest.mark.parametrize(
    ("today", "by_hand", "keys"),
    [
        ("2026-12-05", {"2026-1": False}, ["2026-2"]),
        ("2026-11-20", {"2026-1": False}, ["2026-1"]),
        ("2027-02-01", {"2026-1": True}, ["2026-1", "2026-2"]),
        ("2026-12-05", {"2025-3": True, "2025-2": False}, ["2025-3", "2026-1", "2026-2"]),
        ("2026-12-05", {"2027-1": True}, ["2026-1", "2026-2"]),
    ],
)
def test_a_period_is_closed_or_reopened_by_hand(
    today: str, by_hand: dict[str, bool], keys: list[str]
) -> None:
    day = date.fromisoformat(today)
    assert [period.key for period in open_periods(day, GRACE, by_hand)] == keys
    for key, is_open in by_hand.items():
        period = period_named(key)
        if period.deadline < day:
            assert is_late(period.first, day, GRACE, by_hand) is not is_open
