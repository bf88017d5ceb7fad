"""A process killed at any moment loses nothing, doubles nothing, and says at most one thing twice."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from tests.crashing import AT_READS, SCRIPT
from tests.memory import make_database, memory_folder
from tests.stage import TUESDAY

KEPT = ("declarations", "tickets", "talks")
PATIENCE = 300
"""Seconds; a machine that does nothing else needs ten."""


@dataclass(frozen=True, slots=True)
class Lives:
    """What came of the conversation: undisturbed, after each of its messages; and after each kill."""

    undisturbed: list[dict[str, Any]]
    killed: list[dict[str, Any]]

    def pairs(self) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
        """Each, with what the undisturbed life had come to by the same message."""
        return ((one, self.undisturbed[one["heard"] - 1]) for one in self.killed)


@pytest.fixture(scope="module")
def lives() -> Lives:
    """All of them, once for all the tests."""
    with memory_folder() as folder:
        make_database(folder / "0.db", TUESDAY)
        command = [sys.executable, "-m", "tests.crashing", str(folder)]
        told = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE, check=False)
    assert told.returncode == 0, told.stderr
    lines = [json.loads(line) for line in told.stdout.splitlines()]
    return Lives(lines[: len(SCRIPT)], lines[len(SCRIPT) :])


def unlike(lives: Lives, *parts: str) -> list[str]:
    """Where it was killed, when it came to something else than the undisturbed life."""
    return [
        one["killed_at"] for one, whole in lives.pairs() if any(one[part] != whole[part] for part in parts)
    ]


def test_lives_are_ended_in_every_message_and_at_every_statement(lives: Lives) -> None:
    moments = [one["killed_at"] for one in lives.killed]
    assert len(moments) > (30 if AT_READS else 15) * len(SCRIPT)
    for words in (
        "INSERT INTO declaration",
        "INSERT INTO ticket",
        "UPDATE talk",
        "INSERT INTO letter",
        "COMMIT",
    ):
        assert any(words in moment for moment in moments)
    for moment in ("before acknowledging", "before sending", "after sending"):
        assert any(one.endswith(moment) for one in moments)


def test_nothing_that_was_answered_sent_or_asked_for_is_lost_or_doubled(lives: Lives) -> None:
    end = lives.undisturbed[-1]
    assert (len(end["declarations"]), len(end["tickets"])) == (1, 1)
    assert unlike(lives, *KEPT) == []


def test_every_message_is_heard_once_and_none_is_parked(lives: Lives) -> None:
    for one, _ in lives.pairs():
        assert [(key, heard) for key, heard, _ in one["inbox"]] == [(f"k{n}", 1) for n in range(one["heard"])]
        assert all(attempts <= 2 for _, _, attempts in one["inbox"]), one["killed_at"]


def test_everybody_gets_every_page_in_order_and_at_most_one_of_them_twice(lives: Lives) -> None:
    for one, whole in lives.pairs():
        sent = one["sent"]
        once = [page for index, page in enumerate(sent) if page not in sent[:index]]
        assert (once, one["unsent"]) == (whole["sent"], []), one["killed_at"]
        twice = [address for index, (_, address, _) in enumerate(sent) if sent[index] in sent[:index]]
        assert len(twice) == len(set(twice)), one["killed_at"]
