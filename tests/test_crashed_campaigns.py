"""A process killed at any statement of a campaign's life doubles nothing, and accounts for everybody."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

import pytest

from tests.crashing import CHANNELS
from tests.crashing_campaigns import BATCH, THEN
from tests.memory import make_database, memory_folder

PATIENCE = 300
"""Seconds; a machine that does nothing else needs five."""
Lives = list[dict[str, Any]]


@pytest.fixture(scope="module")
def lives() -> Lives:
    """What came of the life undisturbed, and of each kill."""
    with memory_folder() as folder:
        make_database(folder / "0.db", THEN)
        command = [sys.executable, "-m", "tests.crashing_campaigns", str(folder)]
        told = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE, check=False)
    assert told.returncode == 0, told.stderr
    return [json.loads(line) for line in told.stdout.splitlines()]


def states(life: dict[str, Any]) -> dict[str, str]:
    """Where the letters stand in the end, by address."""
    return {address: state for _, address, state in life["letters"]}


def test_undisturbed_it_sends_skips_and_ends(lives: Lives) -> None:
    whole = lives[0]
    assert sorted(states(whole).values()) == ["sent", "sent", "sent", "skipped"]
    assert [outcome for _, _, outcome, *_ in whole["ledger"]] == ["left"] * 3 + ["skipped"] * 2
    assert [state for _, state in whole["campaigns"]] == ["done"]


@pytest.mark.parametrize(
    "words",
    [
        "INSERT INTO campaign",
        "INSERT INTO letter",
        "INSERT INTO reminder",
        "UPDATE campaign SET filled_to",
        "UPDATE campaign SET state=?, ended_at",
        "UPDATE letter SET due=?, state=?, attempt",
        "UPDATE letter SET html",
        "before sending",
        "after sending",
        "UPDATE letter SET state=?, sent_at",
        "COMMIT",
    ],
)
def test_lives_are_ended_at_every_step(lives: Lives, words: str) -> None:
    assert any(words in life["killed_at"] for life in lives[1:])


def test_wherever_it_was_killed_campaign_and_ledger_come_to_the_same(lives: Lives) -> None:
    for life in lives[1:]:
        assert (life["campaigns"], life["ledger"]) == (lives[0]["campaigns"], lives[0]["ledger"]), life[
            "killed_at"
        ]


def test_everybody_has_one_letter_and_it_ends_as_it_would_have_or_in_doubt(lives: Lives) -> None:
    whole = states(lives[0])
    for life in lives[1:]:
        found = states(life)
        in_doubt = {address for address, state in found.items() if state == "unknown"}
        assert len(life["letters"]) == len(whole)
        assert {**found, **dict.fromkeys(in_doubt, "sent")} == whole, life["killed_at"]
        assert len(in_doubt) <= BATCH * len(CHANNELS), life["killed_at"]


def test_nobody_is_written_to_twice_and_what_is_not_in_doubt_has_left(lives: Lives) -> None:
    for life in lives[1:]:
        sent, found = [address for address, _ in life["sent"]], states(life)
        sure = {address for address, state in found.items() if state == "sent"}
        assert len(sent) == len(set(sent)), life["killed_at"]
        assert sure <= set(sent) <= {address for address in found if found[address] != "skipped"}
        assert all(page in lives[0]["sent"] for page in life["sent"]), life["killed_at"]


def test_in_doubt_is_only_what_may_have_left(lives: Lives) -> None:
    """A kill before the claim is kept, or after the acknowledgement is, leaves nothing open."""
    for life in lives[1:]:
        between = "sending" in life["killed_at"] or "SET state=?, sent_at" in life["killed_at"]
        in_doubt = "unknown" in states(life).values()
        assert in_doubt or not between, life["killed_at"]
        assert in_doubt or len(life["sent"]) == len(lives[0]["sent"]), life["killed_at"]
