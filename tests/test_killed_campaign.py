"""A campaign whose process is ended with kill -9 doubles nothing and loses nothing, and leaves little in doubt."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import Any

import pytest

from bot.messages import Lane
from bot.post import Habits
from tests.killing_campaigns import PEOPLE, STOPPED
from tests.memory import make_database, memory_folder
from tests.stage import TUESDAY

KILLS = int(os.environ.get("DECLIC_CAMPAIGN_KILLS", "4"))
"""Each a little later in the campaign than the one before it."""
PATIENCE = 240
"""Seconds; a machine that does nothing else needs a few."""
CAST = 2
"""Teachers at that school who are reached by mail."""


@pytest.fixture(scope="module")
def lives() -> list[dict[str, Any]]:
    """What came of each kill."""
    with memory_folder() as folder:
        make_database(folder / "0.db", TUESDAY)
        command = [sys.executable, "-m", "tests.killing_campaigns", str(folder), str(KILLS)]
        told = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE, check=False)
    assert told.returncode == 0, told.stderr
    return [json.loads(line) for line in told.stdout.splitlines()]


def test_each_life_was_killed_and_another_went_on_to_the_end(lives: list[dict[str, Any]]) -> None:
    assert [(one["killed"], one["went_on"]) for one in lives] == [(True, True)] * KILLS


def test_nobody_is_written_to_twice(lives: list[dict[str, Any]]) -> None:
    for one in lives:
        assert len(one["sent"]) == len(set(one["sent"]))


def test_everybody_is_accounted_for_and_few_are_in_doubt(lives: list[dict[str, Any]]) -> None:
    batch = Habits().at_once[Lane.CAMPAIGN]
    for one in lives:
        states = one["states"]
        assert set(states) <= {"sent", "unknown", "skipped"}
        assert (sum(states.values()), states["skipped"]) == (PEOPLE + CAST, STOPPED)
        assert states.get("unknown", 0) <= batch
        assert states["sent"] <= len(one["sent"]) <= states["sent"] + states.get("unknown", 0)
        assert sum(one["ledger"].values()) == PEOPLE + CAST


def test_no_page_was_empty(lives: list[dict[str, Any]]) -> None:
    assert {line.split()[1] for one in lives for line in one["sent"]} == {"⏰"}
