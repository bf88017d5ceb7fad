"""Kills a process at every statement of a conversation in turn, and lets another one go on.

`python -m tests.crashing FOLDER`, where `0.db` is a database with the cast in it, prints what came of each kill, a
line of JSON each, after that of the conversation undisturbed. It forks, always while there is neither a thread nor
an event loop, so that a life costs no start-up.
"""

from __future__ import annotations

import asyncio
import gc
import itertools
import json
import os
import shutil
import signal
import sqlite3
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from pathlib import Path

from sqlalchemy import Engine, event

from bot.assistant import Assistant
from bot.logs import set_up_logs
from bot.messages import Heard, Letter
from bot.post import Post
from storage.database import open_database
from tests.cast import CAST
from tests.compiling import compile_once
from tests.stage import TUESDAY, TickedClock, furnished, knowledge

LOT = """Titre : Le renard bleu
Auteur : Odile Fictive
Éditeur : passer
Année : 2019
ISBN : passer
Total : 240
Support : papier
Élèves : 28"""
SCRIPT = (
    "déclarer",
    "livre",
    LOT,
    "12-30",
    "hier",
    "retour",
    "12 nov",
    "passer",
    "envoyer",
    "parler à quelqu'un",
    "Le receveur est-il le bon?",
)
FAR = 7
"""After every so many kills, the life that goes on goes on to the end; after the others, to the end of the message."""
AT_READS = "DECLIC_KILL_AT_READS" in os.environ
"""Whether lives end before a read too: what is kept then is what is kept before the next write, so that by default none
does."""
AT_ONCE = 2
"""Lives at a time: as many as the smallest machine has cores."""
CHANNELS = ("telegram", "terminal", "mail")
KEPT = {
    "declarations": """SELECT id, person_id, school_id, period, kind, isbn, title, author, publisher, year, total_pages,
        copied, medium, pupils, used_on, level, note, sent_at FROM declaration""",
    "tickets": "SELECT id, person_id, kind, text, state, opened_at FROM ticket",
    "inbox": "SELECT key, heard_at IS NOT NULL, attempts FROM inbox ORDER BY first_at",
    "talks": "SELECT conversation, state, answers, editing, version FROM talk ORDER BY started_at",
    "unsent": "SELECT id, state FROM letter WHERE state <> 'sent'",
}
MINUTE = timedelta(minutes=1)


@dataclass(slots=True)
class Fate:
    """Counts what this process does, and ends it in the middle."""

    left: int = 0
    counts: bool = False
    note: Path = Path(os.devnull)
    """Where it says what was about to be done."""

    def passes(self, what: str) -> None:
        """One more thing is about to be done; the last one never is."""
        if self.counts:
            self.left -= 1
            if not self.left:
                self.note.write_text(what)
                os.kill(os.getpid(), signal.SIGKILL)


@dataclass(slots=True)
class Paper:
    """A channel that writes what it sends into a file."""

    file: Path
    fate: Fate
    name: str
    rate: float | None = None

    async def send(self, letter: Letter) -> str:
        self.fate.passes("before sending")
        with self.file.open("a") as paper:
            paper.write(json.dumps([letter.id, letter.address, letter.page.html]) + "\n")
        self.fate.passes("after sending")
        return f"m{letter.id}"


@dataclass(frozen=True, slots=True)
class Place:
    """Where one life after another finds what is kept: the database, the letters sent, how far the channel is."""

    folder: Path
    name: str

    @property
    def database(self) -> Path:
        return self.folder / f"{self.name}.db"

    @property
    def letters(self) -> Path:
        return self.folder / f"{self.name}.letters"

    @property
    def acknowledged(self) -> int:
        """How many messages the channel knows to be taken in."""
        file = self.folder / f"{self.name}.acknowledged"
        return file.stat().st_size if file.exists() else 0

    def acknowledge(self) -> None:
        with (self.folder / f"{self.name}.acknowledged").open("a") as file:
            file.write(".")

    def copied(self, name: str) -> Place:
        """The same under another name."""
        for file in self.folder.glob(f"{self.name}.*"):
            shutil.copyfile(file, file.with_stem(name))
        return Place(self.folder, name)


async def live(place: Place, fate: Fate, until: int = len(SCRIPT)) -> None:
    """Takes in and answers what the channel brings, from what is not acknowledged yet."""
    clock = TickedClock(TUESDAY + place.acknowledged * MINUTE)
    database = open_database(f"sqlite:///{place.database}")
    post = Post(database, [Paper(place.letters, fate, name) for name in CHANNELS], clock, "doomed")
    assistant = Assistant(database, furnished(), clock, knowledge(database, clock), post)
    await post.drain()
    fate.counts = True
    while place.acknowledged < until:
        await assistant.hear(message(place.acknowledged, clock))
        fate.passes("before acknowledging")
        place.acknowledge()
        await post.drain()
        clock.at += MINUTE
    await database.close()


def message(index: int, clock: TickedClock) -> Heard:
    return Heard("telegram", CAST["camille"].addresses["telegram"], f"k{index}", clock.now(), SCRIPT[index])


def outcome(place: Place, killed_at: str = "") -> str:
    """Everything that was kept and sent, as a line of JSON."""
    database = sqlite3.connect(place.database)
    tables = {name: database.execute(select).fetchall() for name, select in KEPT.items()}
    database.close()
    sent = [json.loads(line) for line in place.letters.read_text().splitlines()]
    told = {"killed_at": killed_at, "heard": place.acknowledged, "sent": sent}
    return f"{json.dumps(told | tables)}\n"


def in_a_life(work: Callable[[], object]) -> bool:
    """Does something in a process of its own: whether that ended by itself."""
    if not (child := os.fork()):
        work()
        os._exit(0)
    return os.waitpid(child, 0)[1] == 0


def undisturbed(folder: Path) -> Iterator[str]:
    """What comes of each message, with a copy of everything kept as it was before it."""
    for index in range(len(SCRIPT)):
        whole = Place(folder, str(index)).copied(str(index + 1))
        asyncio.run(live(whole, Fate(), index + 1))
        yield outcome(whole)


def killed_in(folder: Path, index: int) -> Iterator[str]:
    """Kills lives at one point after another while they take in that message; each time, another one goes on."""
    for point in itertools.count(1):
        place = Place(folder, str(index)).copied(f"{index}-{point}")
        fate = Fate(point, note=folder / f"{place.name}.note")
        if in_a_life(partial(dies, place, fate, index + 1)):
            return
        asyncio.run(live(place, Fate(), index + 1 if point % FAR else len(SCRIPT)))
        yield outcome(place, f"message {index}, {point}: {fate.note.read_text()}")
        for file in folder.glob(f"{place.name}.*"):
            file.unlink()


def dies(place: Place, fate: Fate, until: int) -> None:
    """Lives, with whatever is asked of a database counted, and each commit."""
    event.listen(Engine, "before_cursor_execute", lambda _c, _cu, statement, *_more: meets(fate, statement))
    event.listen(Engine, "commit", lambda _connection: fate.passes("COMMIT"))
    asyncio.run(live(place, fate, until))


def meets(fate: Fate, statement: str) -> None:
    """A statement is about to be carried out."""
    if AT_READS or not statement.startswith("SELECT"):
        fate.passes(statement)


def main(folder: Path) -> None:
    """The conversation undisturbed, which also warms everything up for the lives to come; then all the others."""
    set_up_logs("critical")
    compile_once()
    sys.stdout.writelines(undisturbed(folder))
    sys.stdout.flush()
    gc.freeze()
    shares = [folder / f"share-{number}" for number in range(AT_ONCE)]
    workers = [fork_worker(folder, share, number) for number, share in enumerate(shares)]
    ended = [os.waitpid(worker, 0)[1] for worker in workers]
    sys.stdout.writelines(share.read_text() for share in shares)
    sys.exit(any(ended))


def fork_worker(folder: Path, share: Path, number: int) -> int:
    """Takes every second message, or third, or whatever number works beside it."""
    if worker := os.fork():
        return worker
    with share.open("w") as results:
        for index in range(number, len(SCRIPT), AT_ONCE):
            results.writelines(killed_in(folder, index))
    os._exit(0)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
