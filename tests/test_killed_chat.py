"""`declic chat` is ended with kill -9 in the middle of a declaration, again and again, and always goes on."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from sqlalchemy import select

from storage.database import open_database
from storage.tables import declaration
from tests.bot.cli.forks import Forked
from tests.reader import asked

KILLS = int(os.environ.get("DECLIC_KILLS", "6"))
"""Each takes a start of the whole program."""
PATIENCE = 60
"""Seconds for one life; after that, it is ended and the test fails."""
NOTHING_WAITS = "Rien n’est en cours"
ANSWERS = {
    "kind": "livre",
    "isbn": "passer",
    "title": "Le renard bleu",
    "author": "Odile Fictive",
    "publisher": "passer",
    "year": "2019",
    "total": "240",
    "copied": "12-30",
    "medium": "papier",
    "pupils": "28",
    "used": "hier",
    "level": "passer",
    "recap": "envoyer",
}


@dataclass(slots=True)
class Chat:
    """One life of the program, and somebody who types."""

    typed: TextIO
    shown: TextIO

    def says(self, text: str) -> None:
        self.typed.write(f"{text}\n")
        self.typed.flush()

    def asks(self, text: str) -> str:
        """Says something: what is asked below it; empty when nothing is under way."""
        self.says(text)
        while self.line() != f"> {text}\n":
            pass
        page = ""
        while not asked(page) and NOTHING_WAITS not in page:
            page += self.line()
        return asked(page)

    def line(self) -> str:
        line = self.shown.readline()
        assert line, "the program ended by itself"
        return line


@asynccontextmanager
async def chat(url: str, folder: Path) -> AsyncIterator[Chat]:
    """A life that is ended as nothing else would end it."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("DECLIC_")}
    words = ("chat", "--as", "teacher", "--lang", "fr")
    process = Forked(words, folder, {**clean, "DECLIC_DATABASE": url})
    watchdog = threading.Timer(PATIENCE, process.kill)
    watchdog.start()
    try:
        typed, shown = process.talk()
        with shown, suppress(BrokenPipeError), typed:
            yield Chat(typed, shown)
            process.kill()
            assert await process.wait() == -signal.SIGKILL
    finally:
        process.kill()
        watchdog.cancel()


async def test_a_declaration_survives_being_killed_at_any_moment(sqlite_url: str, tmp_path: Path) -> None:
    sent = 1
    for kill in range(KILLS):
        async with chat(sqlite_url, tmp_path) as life:
            name, begins = goes_on(life)
            sent += begins and kill > 0
            life.says(ANSWERS[name])
            for _ in range(kill % 4):  # killed before it is read, as it is heard, as it is answered
                life.line()
    async with chat(sqlite_url, tmp_path) as life:
        name, begins = goes_on(life)
        sent += begins
        while name != "sent":
            name = life.asks(ANSWERS[name])
    database = open_database(sqlite_url)
    kept = await database.read(lambda tx: tx.execute(WANTED).all())
    await database.close()
    assert len(kept) == sent
    assert {tuple(one) for one in kept} == {("book", "Odile Fictive", 2019, 240, "12-30", "paper", 28)}


def goes_on(life: Chat) -> tuple[str, bool]:
    """Takes up what waits, or begins when nothing does: what is asked, and whether it begins."""
    name = life.asks("reprendre")
    return name or life.asks("déclarer"), not name


WANTED = select(
    declaration.c.kind,
    declaration.c.author,
    declaration.c.year,
    declaration.c.total_pages,
    declaration.c.copied,
    declaration.c.medium,
    declaration.c.pupils,
).where(declaration.c.title == ANSWERS["title"])
