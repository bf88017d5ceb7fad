"""The settings of the team: its hours, and how long somebody may wait."""

from __future__ import annotations

from datetime import time

import pytest

from bot.settings import load_settings
from bot.settings.team import Hours
from tests.bot.test_settings import NEEDED, SetUp, faults, set_up

__all__ = ["set_up"]


def test_the_team_is_there_from_eight_to_four_unless_told_otherwise(set_up: SetUp) -> None:
    set_up(**NEEDED)
    settings = load_settings()
    assert settings.team_hours == Hours(time(8), time(16))
    assert (settings.team_reminds_after, settings.human_returns_after) == (8, 2)


@pytest.mark.parametrize(
    ("given", "hours"),
    [("7:30-15:30", Hours(time(7, 30), time(15, 30))), (" 9:00 – 17:00 ", Hours(time(9), time(17)))],
)
def test_other_hours_may_be_given(set_up: SetUp, given: str, hours: Hours) -> None:
    set_up(**NEEDED, TEAM_HOURS=given)
    assert load_settings().team_hours == hours


@pytest.mark.parametrize("given", ["huit à seize", "8-16", "25:00-26:00", "16:00-8:00", "8:00-8:00"])
def test_hours_that_are_none_are_told(set_up: SetUp, given: str) -> None:
    set_up(**NEEDED, TEAM_HOURS=given)
    (problem, shown) = faults()["TEAM_HOURS"]
    assert problem in ("hours", "hours-end")
    assert shown == given


def test_waiting_has_limits(set_up: SetUp) -> None:
    set_up(**NEEDED, TEAM_REMINDS_AFTER="0", HUMAN_RETURNS_AFTER="73")
    assert {*faults()} == {"TEAM_REMINDS_AFTER", "HUMAN_RETURNS_AFTER"}
