"""A campaign whose processes are ended with kill -9 doubles nothing and loses nothing, and leaves little in doubt."""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from bot.messages import Lane
from bot.post import Habits
from storage.database import open_database
from storage.schema import migrate
from tests.cast import seed
from tests.fakes.postgres import PostgresServer
from tests.killing_campaigns import PEOPLE, STOPPED, crowd
from tests.memory import memory_folder
from tests.stage import TUESDAY

KILLS = os.environ.get("DECLIC_CAMPAIGN_KILLS")
"""On each database, instead of few; each a little later in the campaign than the one before it."""
PATIENCE = 600
"""Seconds; a machine that does nothing else needs a few."""
CAST = 2
"""Teachers at that school who are reached by mail."""
BATCH = Habits().at_once[Lane.CAMPAIGN]

Life = dict[str, Any]


async def prepare(url: str) -> None:
    database = open_database(url)
    await migrate(database)
    await database.write(lambda tx: seed(tx, TUESDAY))
    await database.write(crowd)
    await database.close()


def on_sqlite(folder: Path, kills: int, _server: Callable[[], PostgresServer]) -> Sequence[str]:
    """So many databases, all alike."""
    asyncio.run(prepare(f"sqlite:///{folder / '0.db'}"))
    return [f"sqlite:///{shutil.copyfile(folder / '0.db', folder / f'k{kill}.db')}" for kill in range(kills)]


def on_postgres(_folder: Path, kills: int, server: Callable[[], PostgresServer]) -> Sequence[str]:
    """The same on a server."""
    return asyncio.run(_on(server(), kills))


async def _on(server: PostgresServer, kills: int) -> Sequence[str]:
    await prepare(await server.create("kills"))
    return [await server.create(f"kill_{kill}", "kills") for kill in range(kills)]


@pytest.fixture(
    scope="module",
    params=[(on_sqlite, 4, 1), (on_postgres, 2, 2)],
    ids=["one process on SQLite", "two on PostgreSQL"],
)
def lives(request: pytest.FixtureRequest) -> tuple[int, list[Life]]:
    """How many work at a time, and what came of each kill."""
    make, few, workers = request.param
    with memory_folder() as folder:
        urls = make(folder, int(KILLS or few), lambda: request.getfixturevalue("postgres"))
        command = [sys.executable, "-m", "tests.killing_campaigns", str(folder), str(workers), *urls]
        told = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE, check=False)
    assert told.returncode == 0, told.stderr
    killed = [json.loads(line) for line in told.stdout.splitlines()]
    assert len(killed) == len(urls)
    return workers, killed


def test_each_life_was_killed_and_another_went_on_to_the_end(lives: tuple[int, list[Life]]) -> None:
    assert all(one["killed"] and one["went_on"] for one in lives[1])


def test_nobody_is_written_to_twice(lives: tuple[int, list[Life]]) -> None:
    for one in lives[1]:
        assert len(one["sent"]) == len(set(one["sent"]))


def test_everybody_is_accounted_for_and_few_are_in_doubt(lives: tuple[int, list[Life]]) -> None:
    workers, killed = lives
    for one in killed:
        states = one["states"]
        assert set(states) <= {"sent", "unknown", "skipped"}
        assert (sum(states.values()), states["skipped"]) == (PEOPLE + CAST, STOPPED)
        assert states.get("unknown", 0) <= BATCH * workers
        assert states["sent"] <= len(one["sent"]) <= states["sent"] + states.get("unknown", 0)
        assert sum(one["ledger"].values()) == PEOPLE + CAST


def test_no_page_was_empty(lives: tuple[int, list[Life]]) -> None:
    assert {line.split()[1] for one in lives[1] for line in one["sent"]} == {"⏰"}
