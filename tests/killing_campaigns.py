"""Kills a process with kill -9 in the middle of a campaign, again and again, and lets another one go on.

`python -m tests.killing_campaigns FOLDER KILLS`, where `0.db` is a database with the cast in it, prints what came of
each, a line of JSON. It forks, always while there is neither a thread nor an event loop, so that a life costs no
start-up; whoever kills learns by a pipe how far the other one is.
"""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import signal
import sqlite3
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

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
from storage.states import Audience, Role
from tests.stage import furnished

PEOPLE = 60
STOPPED = 6
"""Those of them who want no reminders."""
SPAN = 10
"""People that one transaction decides on."""
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


async def live(database: Database, paper: Paper) -> None:
    """Fills the campaign and sends it, telling of each step."""
    now = SystemClock().now()
    while await database.write(lambda tx: beginning.fill(tx, now)):
        os.write(paper.told, b".")
    await Post(database, [paper], SystemClock(), "doomed", judge=judge_for(furnished())).drain()


async def _lives(url: str, paper: Paper) -> None:
    database = open_database(url)
    await live(database, paper)
    await database.close()


def killed_after(steps: int, place: Path, paper: Path) -> bool:
    """A life that ends after so many steps; True when it came to its end before."""
    hears, told = os.pipe()
    if not (child := os.fork()):
        os.close(hears)
        asyncio.run(_lives(f"sqlite:///{place}", Paper(paper, told)))
        os._exit(0)
    os.close(told)
    while steps and os.read(hears, 1):
        steps -= 1
    if not steps:
        os.kill(child, signal.SIGKILL)
    os.close(hears)
    return os.waitpid(child, 0)[1] == 0


def outcomes(folder: Path, kills: int) -> Iterator[str]:
    """Each life is killed a little later than the one before it; then another one goes on to the end."""
    for kill in range(kills):
        place, paper = folder / f"k{kill}.db", folder / f"k{kill}.sent"
        shutil.copyfile(folder / "0.db", place)
        paper.touch()
        steps = 1 + kill * (PEOPLE + PEOPLE // SPAN - STOPPED) // kills
        ended = killed_after(steps, place, paper)
        ended_well = killed_after(10**6, place, paper)
        yield json.dumps({"killed": not ended, "went_on": ended_well, **kept(place, paper)}) + "\n"


def kept(place: Path, paper: Path) -> dict[str, object]:
    """Everything that is left of it."""
    database = sqlite3.connect(place)
    states = database.execute("SELECT state, count(*) FROM letter GROUP BY state").fetchall()
    told = database.execute("SELECT outcome, count(*) FROM reminder GROUP BY outcome").fetchall()
    database.close()
    return {"states": dict(states), "ledger": dict(told), "sent": paper.read_text().splitlines()}


def main(folder: Path, kills: int) -> None:
    """Prints what came of each kill."""
    set_up_logs("critical")
    beginning.AT_ONCE = SPAN  # type: ignore[misc]
    if not os.fork():
        asyncio.run(_prepare(folder / "0.db"))
        os._exit(0)
    os.wait()
    sys.stdout.writelines(outcomes(folder, kills))


async def _prepare(file: Path) -> None:
    database = open_database(f"sqlite:///{file}")
    await database.write(crowd)
    await database.close()
    sqlite3.connect(file).execute("PRAGMA wal_checkpoint(TRUNCATE)")


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
