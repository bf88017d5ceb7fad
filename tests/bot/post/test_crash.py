from __future__ import annotations

import asyncio
import sys
from collections import Counter
from pathlib import Path
from signal import SIGKILL

import pytest
from sqlalchemy import select

from bot.messages import Letter
from bot.post import Habits
from storage.database import open_database
from storage.outbox import put
from storage.tables import letter
from tests.bot.post.doomed import ONE_BY_ONE
from tests.bot.post.office import Office, campaign, to
from tests.fakes.clock import NOON
from tests.fakes.post import Pigeon

ROOT = Path(__file__).parents[3]


class Killed(BaseException):
    """The process ends here."""


class Deadly(Pigeon):
    """Takes so many letters, and lets nobody say so."""

    left = 0

    async def send(self, letter: Letter) -> str:
        remote_id = await super().send(letter)
        self.left -= 1
        if not self.left:
            raise Killed
        return remote_id


async def crash_at(office: Office, count: int, habits: Habits | None, worker: str) -> None:
    """A post starts, and dies between the sending of a letter and keeping that it was sent."""
    deadly = Deadly(office.clock, sent=office.pigeon.sent)
    deadly.left, office.pigeon = count, deadly
    with pytest.raises(BaseExceptionGroup):
        await office.hire(worker, habits=habits).drain()
    office.pigeon = Pigeon(office.clock, sent=deadly.sent)


@pytest.mark.parametrize(("habits", "at_once"), [(ONE_BY_ONE, 1), (None, 8)], ids=["one by one", "eight"])
@pytest.mark.parametrize("worker", ["one", "another"])
async def test_after_a_crash_no_reply_is_lost_and_only_those_in_doubt_are_sent_again(
    office: Office, habits: Habits | None, at_once: int, worker: str
) -> None:
    texts = [f"{number:02}" for number in range(24)]
    await office.put(*(to(f"a{int(text) % 6}", text) for text in texts))
    for count in (1, 5, 7):
        before = len(set(office.pigeon.texts))
        await crash_at(office, count, habits, "one")
        assert len(office.pigeon.texts) - before <= count + at_once
    if worker == "another":
        await office.clock.tick(31)
    await office.hire(worker, habits=habits).drain()
    left = office.pigeon.texts
    assert sorted(set(left)) == texts
    assert len(left) - len(texts) <= 3 * at_once
    for address in {one.address for one in office.pigeon.sent}:
        firsts = list(dict.fromkeys(one.html for one in office.pigeon.sent if one.address == address))
        assert firsts == sorted(firsts)
    assert set((await office.states()).values()) == {"sent"}


@pytest.mark.parametrize("worker", ["one", "another"])
async def test_after_a_crash_no_letter_of_a_campaign_is_doubled_and_few_are_in_doubt(
    office: Office, worker: str
) -> None:
    await office.put(*(campaign(f"a{number}", str(number)) for number in range(30)))
    for count in (1, 5, 7):
        await crash_at(office, count, ONE_BY_ONE, "one")
    if worker == "another":
        await office.clock.tick(31)
    await office.hire(worker).drain()
    assert max(Counter(office.pigeon.texts).values()) == 1
    states = Counter((await office.states()).values())
    assert states["sent"] + states["unknown"] == 30
    assert states["unknown"] <= 3 * 3


async def test_a_process_killed_again_and_again_repeats_at_most_one_reply_each_time(
    database_url: str, tmp_path: Path
) -> None:
    texts = [f"{number:02}" for number in range(12)]
    letters = [to(f"a{int(text) % 4}", text) for text in texts]
    database = open_database(database_url)
    await database.write(lambda tx: put(tx, letters, NOON))
    book, kills = tmp_path / "book", (1, 4, 5)
    for count in kills:
        assert await run_doomed(database_url, book, count) == -SIGKILL
    assert await run_doomed(database_url, book, 99) == 0
    left = book.read_text().split()
    states = await database.read(lambda tx: tx.execute(select(letter.c.state)).scalars().all())
    await database.close()
    assert (sorted(set(left)), set(states)) == (texts, {"sent"})
    assert len(left) - len(texts) <= len(kills)


async def run_doomed(url: str, book: Path, count: int) -> int:
    """The exit code of a process that sends what is in the outbox, until it is killed."""
    command = [sys.executable, "-m", "tests.bot.post.doomed", url, str(book), str(count)]
    process = await asyncio.create_subprocess_exec(*command, cwd=ROOT)
    return await process.wait()
