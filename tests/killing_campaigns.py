"""Kills processes with kill -9 in the middle of a campaign, again and again, and lets others go on.

`python -m tests.killing_campaigns FOLDER WORKERS URL...` prints what came of each, a line of JSON; each URL is that of
a database with the cast and a crowd in it. It forks, always while there is neither a thread nor an event loop, so that
a life costs no start-up; whoever kills learns by a pipe how far the others are.
"""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sys
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from sqlalchemy import Select, func, select

from bot.clock import SystemClock
from bot.logs import set_up_logs
from bot.messages import Letter
from bot.post import Post
from handlers.reminders import beginning
from handlers.reminders.judging import judge_for
from storage import campaigns, people, roster
from storage.campaigns import Aim, NewCampaign
from storage.database import Database, Transaction, open_database
from storage.people import Place
from storage.states import Audience, LetterState, Role
from storage.tables import letter, reminder
from tests.stage import furnished

PEOPLE = 60
STOPPED = 6
"""Those of them who want no reminders."""
SPAN = 10
"""People that one transaction decides on."""
STEPS = PEOPLE + PEOPLE // SPAN - STOPPED
"""Of a whole life."""
RATE = 28.0
"""Letters a second: few are on their way at a time where a channel has a rate."""


@dataclass(slots=True)
class Paper:
    """A channel that writes what it sends into a file, and tells whoever listens."""

    file: Path
    told: int
    name: str = "mail"
    rate: float | None = RATE

    async def send(self, letter: Letter) -> str:
        with self.file.open("a") as paper:
            paper.write(f"{letter.person_id} {letter.page.html[:1]}\n")
        os.write(self.told, b".")
        return f"m{letter.id}"


def crowd(tx: Transaction) -> None:
    """The people, and a campaign for them that nobody has begun to fill."""
    now = SystemClock().now()
    place = Place(Role.TEACHER, 1)
    for number in range(PEOPLE):
        new = roster.add_person(tx, f"Prof {number}", "fr", (place,), now)
        people.link(tx, new, "mail", f"prof{number}@fictif.invalid", now)
        people.set_reminders(tx, new, wanted=number >= STOPPED)
    aim = Aim(Audience.STAFF, "2026-1", school_id=1)
    campaigns.begin(tx, NewCampaign("hand:kill", "hand", aim, now.date(), now + timedelta(days=2)), now)


async def live(database: Database, paper: Paper, worker: str) -> None:
    """Fills the campaign and sends it, telling of each step, until nothing waits any more."""
    now = SystemClock().now()
    while await database.write(lambda tx: beginning.fill(tx, now)):
        os.write(paper.told, b".")
    post = Post(database, [paper], SystemClock(), worker, judge=judge_for(furnished()))
    await post.drain()
    # A server may still be undoing what was under way when its client was killed: until then, it is nobody's.
    while await database.read(lambda tx: tx.execute(_WAITING).scalar_one()):
        await post.drain()


async def _lives(url: str, paper: Paper, worker: str) -> None:
    database = open_database(url)
    await live(database, paper, worker)
    await database.close()


def begun(url: str, paper: Path, workers: int) -> tuple[list[int], int]:
    """So many lives at a time: the processes, and where to hear of their steps."""
    hears, told = os.pipe()
    lives = []
    for number in range(workers):
        if not (life := os.fork()):
            os.close(hears)
            asyncio.run(_lives(url, Paper(paper, told), f"doomed-{number}"))
            os._exit(0)
        lives.append(life)
    os.close(told)
    return lives, hears


def killed_after(steps: int, url: str, paper: Path, workers: int, doomed: int) -> bool:
    """Lives of which so many end after so many steps of all; True when those came to their ends before."""
    lives, hears = begun(url, paper, workers)
    while steps and os.read(hears, 1):
        steps -= 1
    for life in lives[:doomed]:
        os.kill(life, signal.SIGKILL)
    while os.read(hears, 1024):
        pass
    os.close(hears)
    return not any(_ended(lives)[:doomed])


def goes_on(url: str, paper: Path, workers: int) -> bool:
    """The same workers start again: whether they come to their ends."""
    lives, hears = begun(url, paper, workers)
    while os.read(hears, 1024):
        pass
    os.close(hears)
    return not any(_ended(lives))


def _ended(lives: Collection[int]) -> list[int]:
    return [os.waitpid(life, 0)[1] for life in lives]


def outcomes(folder: Path, workers: int, urls: Sequence[str]) -> Iterator[dict[str, object]]:
    """Each is killed a little later than the one before; of several workers, all at once or the first one alone."""
    for kill, url in enumerate(urls):
        paper = folder / f"k{kill}.sent"
        paper.touch()
        doomed = workers if kill % 2 else 1
        ended = killed_after(1 + kill * STEPS // len(urls), url, paper, workers, doomed)
        ended_well = goes_on(url, paper, workers)
        yield {"killed": not ended, "went_on": ended_well, "sent": paper.read_text().splitlines()}


async def kept(url: str) -> dict[str, object]:
    """Everything that is left of it."""
    database = open_database(url)
    states, ledger = await database.read(lambda tx: (_count(tx, _STATES), _count(tx, _LEDGER)))
    await database.close()
    return {"states": states, "ledger": ledger}


def _count(tx: Transaction, of: Select[tuple[str]]) -> Counter[str]:
    return Counter(map(str, tx.scalars(of)))


def main(folder: Path, workers: int, urls: Sequence[str]) -> None:
    """Prints what came of each kill."""
    set_up_logs("critical")
    beginning.AT_ONCE = SPAN  # type: ignore[misc]
    # Nothing is looked at before the last life has ended: that takes threads and loops.
    for url, life in zip(urls, list(outcomes(folder, workers, urls)), strict=True):
        sys.stdout.write(f"{json.dumps(life | asyncio.run(kept(url)))}\n")


_WAITING = select(func.count()).where(letter.c.state == LetterState.WAITING)
_STATES = select(letter.c.state)
_LEDGER = select(reminder.c.outcome)

if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3:])
