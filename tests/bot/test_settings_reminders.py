"""The settings of reminders: days before, hours of sending, and the school calendar."""

from __future__ import annotations

from datetime import date, time
from pathlib import Path

import pytest

from bot.settings import load_settings
from bot.settings.team import Hours
from tests.bot.test_settings import NEEDED, SetUp, faults, set_up

__all__ = ["set_up"]


def test_unless_told_otherwise_reminders_follow_the_plan(set_up: SetUp) -> None:
    set_up(**NEEDED)
    settings = load_settings()
    assert settings.reminders
    assert settings.remind_before == (30, 14, 7, 2, 0)
    assert (settings.remind_after, settings.unasked_a_week) == (3, 2)
    assert settings.sending_hours == (Hours(time(7), time(8)), Hours(time(15, 30), time(20)))
    assert settings.school_calendar == frozenset()


def test_days_and_hours_may_be_others_in_any_order(set_up: SetUp) -> None:
    set_up(**NEEDED, REMIND_BEFORE="7,21, 1", SENDING_HOURS="16:00-19:00, 6:30-7:30", REMINDERS="false")
    settings = load_settings()
    assert settings.remind_before == (21, 7, 1)
    assert [str(span) for span in settings.sending_hours] == ["6:30-7:30", "16:00-19:00"]
    assert not settings.reminders


@pytest.mark.parametrize(
    ("setting", "given", "problem"),
    [
        ("REMIND_BEFORE", "trente", "days-before"),
        ("REMIND_BEFORE", "30, -3", "days-before"),
        ("REMIND_BEFORE", "91", "days-before"),
        ("REMIND_BEFORE", "30,,7", "days-before"),
        ("SENDING_HOURS", "7:00-8:00, 7:30-20:00", "hours-overlap"),
        ("SENDING_HOURS", "le matin", "hours"),
        ("SENDING_HOURS", "8:00-7:00", "hours-end"),
        ("REMIND_AFTER", "0", "greater_than_equal"),
        ("UNASKED_A_WEEK", "8", "less_than_equal"),
        ("SCHOOL_CALENDAR", "nulle-part.toml", "absent"),
    ],
)
def test_what_does_not_suit_is_told(set_up: SetUp, setting: str, given: str, problem: str) -> None:
    set_up(**NEEDED, **{setting: given})
    assert faults() == {setting: (problem, given)}


def test_a_school_calendar_closes_days_and_stretches_of_days(set_up: SetUp, tmp_path: Path) -> None:
    file = tmp_path / "calendrier.toml"
    file.write_text('"Pédagogique" = 2026-11-13\n"Relâche" = [2027-03-01, 2027-03-05]\n', "utf-8")
    set_up(**NEEDED, SCHOOL_CALENDAR=str(file))
    assert load_settings().school_calendar == {
        date(2026, 11, 13),
        *(date(2027, 3, day) for day in range(1, 6)),
    }


@pytest.mark.parametrize(
    "line",
    [
        '"Relâche" = "mars"',
        '"Relâche" = [2027-03-05, 2027-03-01]',
        '"Relâche" = [2027-03-01]',
        '"Relâche" = 2027-03-01T08:00:00',
        '"Vacances" = [2026-06-24, 2027-06-24]',
    ],
)
def test_a_line_of_a_school_calendar_that_closes_nothing_is_named(
    set_up: SetUp, tmp_path: Path, line: str
) -> None:
    file = tmp_path / "calendrier.toml"
    file.write_text(line, "utf-8")
    set_up(**NEEDED, SCHOOL_CALENDAR=str(file))
    assert faults() == {"SCHOOL_CALENDAR": ("closed-days", str(file))}
