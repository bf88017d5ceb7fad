"""The witness tells when a database has gone back, and never when it has not."""

from __future__ import annotations

import asyncio
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import delete, insert, select, update
from structlog.testing import capture_logs

from bot import witness
from bot.witness import EVERY, Witness
from storage import holds
from storage.database import Database, Transaction, open_database
from storage.lineage import Past
from storage.states import HoldReason
from storage.tables import channel_pace, secret
from tests.fakes.clock import TickedClock


@dataclass
class Watched:
    """A database, its witness, and what the log says."""

    database: Database
    file: Path
    clock: TickedClock

    def __post_init__(self) -> None:
        self.witness = self.another()

    def another(self) -> Witness:
        """As a process that starts anew has it."""
        return Witness(self.file, self.database, self.clock)

    async def left(self, at: int, channel: str = "telegram") -> None:
        """A letter has left at that moment."""
        row = {"channel": channel, "next_us": at}

        def work(tx: Transaction) -> None:
            tx.execute(delete(channel_pace).where(channel_pace.c.channel == channel))
            tx.execute(insert(channel_pace).values(row))

        await self.database.write(work)

    async def held(self) -> list[HoldReason]:
        return [one.reason for one in await self.database.read(holds.standing)]


@pytest.fixture
async def watched(database_url: str, tmp_path: Path) -> Any:
    database = open_database(database_url)
    yield Watched(database, tmp_path / "state" / "witness", TickedClock())
    await database.close()


async def test_what_went_on_is_written_and_what_went_back_is_held(watched: Watched) -> None:
    await watched.witness.look()
    for at in (10, 20):
        await watched.left(at)
        await watched.witness.look()
    assert await watched.held() == []
    await watched.left(10)
    with capture_logs() as logs:
        await watched.another().look()
        await watched.another().look()
    assert await watched.held() == [HoldReason.WENT_BACK]
    assert [entry["event"] for entry in logs] == ["database-went-back"]


async def test_it_is_seen_while_it_runs_and_goes_on_after_a_release(watched: Watched) -> None:
    await watched.left(20)
    async with asyncio.timeout(60), asyncio.TaskGroup() as tasks:
        task = tasks.create_task(watched.witness.run())
        await watched.clock.tick(EVERY.total_seconds())
        await watched.witness.look()
        await watched.left(10)
        await watched.witness.look_again()
        assert await watched.held() == [HoldReason.WENT_BACK]
        await watched.database.write(lambda tx: holds.release(tx, watched.clock.now()))
        await watched.witness.look_again()
        await watched.left(11)
        await watched.witness.look_again()
        task.cancel()
    assert await watched.held() == []
    assert len(witness.read(watched.file)) == 2


async def test_a_copy_of_before_a_release_is_held_again(watched: Watched) -> None:
    await watched.left(20)
    await watched.witness.look()
    old = await watched.database.read(lambda tx: tx.execute(select(secret.c.value)).scalar_one())
    await watched.database.write(lambda tx: holds.release(tx, watched.clock.now()))
    await watched.witness.look()
    await watched.left(10)
    await watched.database.write(lambda tx: tx.execute(update(secret).values(value=old)))
    await watched.another().look()
    assert await watched.held() == [HoldReason.WENT_BACK]


@pytest.mark.parametrize(
    "content", [None, "", "not json", "[]", '{"x": 3}', '{"x": {"departures": {"a": "b"}}}', "\xff"]
)
async def test_without_a_witness_that_can_be_read_everything_goes_on(
    watched: Watched, content: str | None
) -> None:
    await watched.left(20)
    if content is not None:
        watched.file.parent.mkdir()
        watched.file.write_text(content, "latin-1")
    with capture_logs() as logs:
        await watched.witness.look()
    assert [entry["event"] for entry in logs][:1] == [
        "witness-begins" if content is None else "witness-unreadable"
    ]
    assert await watched.held() == []
    [seen] = witness.read(watched.file).values()
    assert seen.departures == {"telegram": 20}


async def test_a_witness_that_cannot_be_written_is_told_once(watched: Watched) -> None:
    watched.file.parent.write_text("a file where a folder should be")
    with capture_logs() as logs:
        await watched.witness.look()
        await watched.witness.look()
    assert [entry["event"] for entry in logs].count("witness-not-written") == 1
    assert await watched.held() == []


async def test_a_witness_of_another_database_is_told_and_kept(watched: Watched) -> None:
    other = {"another": Past({"telegram": 99}, {"a": (1, 2)})}
    witness.write(watched.file, other)
    with capture_logs() as logs:
        await watched.witness.look()
    assert [entry["event"] for entry in logs] == ["witness-knows-others"]
    assert await watched.held() == []
    assert witness.read(watched.file).items() >= other.items()


class Killed(BaseException):
    """The process ended here."""


def killed_after(steps: int, doing: Any) -> Any:
    """Does it, unless the process ends at that step."""
    left = iter(range(steps))

    def act(*given: Any, **more: Any) -> Any:
        if next(left, None) is None:
            raise Killed
        return doing(*given, **more)

    return act


@pytest.mark.parametrize("steps", range(4))
@pytest.mark.parametrize("what", ["fsync", "replace"])
async def test_ended_at_any_step_it_never_raises_a_false_alarm(
    watched: Watched, monkeypatch: pytest.MonkeyPatch, steps: int, what: str
) -> None:
    target = {"fsync": (os, "fsync"), "replace": (Path, "replace")}[what]
    with monkeypatch.context() as patched:
        patched.setattr(*target, killed_after(steps, getattr(*target)))
        try:
            for at in (10, 20, 30):
                await watched.left(at)
                await watched.witness.look()
        except Killed:
            pass
    await watched.another().look()
    assert await watched.held() == []
