"""What a long exclusion list and a full year of declarations cost a turn."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import product
from pathlib import Path

from bot.reading import fold
from bot.reading.pages import Pages, Range
from handlers.declarations.excluded import with_words
from handlers.declarations.filing import Terms, file
from storage import declarations, excluded, people
from storage.database import Transaction, open_database
from storage.declarations import Use, Work
from storage.excluded import ExcludedWork
from storage.schema import migrate
from tests.cast import CAST
from tests.stage import Player, Stage

WORKS = 50_000
DECLARED = 150
NOW = datetime(2026, 9, 1, tzinfo=UTC)
WORDS = (
    ("Cahier", "Manuel", "Guide", "Les aventures", "Le mystère", "Mathématiques", "Français", "Sciences"),
    (
        "du renard",
        "de la forêt",
        "en fête",
        "du hibou",
        "au quotidien",
        "de l’hiver",
        "de Caribou",
        "à la carte",
    ),
    ("bleu", "boréal", "magique", "perdu", "secret", "nouveau", "facile", "express"),
)
TURN = "100 ms"
"""A turn, its letter sent; of these the list has some 10."""
SENTENCE = "puis-je copier les pages 12 à 20 d’un roman de 240 pages?"


@dataclass(frozen=True, slots=True)
class Figure:
    """One thing measured."""

    what: str
    found: str
    aim: str


def works() -> Iterator[ExcludedWork]:
    """Titles of common words, in many volumes."""
    titles = [" ".join(words) for words in product(*WORDS)]
    for number in range(WORKS):
        title = f"{titles[number % len(titles)]} {number // len(titles)}"
        yield ExcludedWork(title, fold(title), None, "Les Éditions fictives", "Cahier")


def _declare(tx: Transaction) -> None:
    person = people.by_address(tx, "telegram", CAST["camille"].addresses["telegram"])
    assert person
    for number in range(DECLARED):
        work = Work("book", f"Le livre {number % 40}", author="Odile Exemple", total_pages=240)
        copied = str(Pages((Range(1 + number, 4 + number),)))
        use = Use(copied, "paper", 28, date(2026, 9, 1) + timedelta(days=number % 60))
        declarations.send(tx, None, work, use, file(person, work, use, NOW, Terms(14, "collector")))


async def _timed(say: Callable[[str], Awaitable[str]], *lines: str) -> float:
    """Milliseconds of the slowest of these turns."""
    slowest = 0.0
    for line in lines:
        begun = time.perf_counter()
        await say(line)
        slowest = max(slowest, time.perf_counter() - begun)
    return slowest * 1000


async def _measure(folder: Path) -> list[Figure]:
    figures = []
    url = f"sqlite:///{folder / 'excluded.db'}"
    database = open_database(url)
    await migrate(database)
    await database.close()
    async with Stage(url) as stage:
        camille: Player = stage.person("camille")
        await stage.database.write(_declare)
        for what in ("no list", f"{WORKS:,} works excluded"):
            await camille.says("annuler")
            asked = await _timed(camille.says, SENTENCE, "le cahier du renard bleu")
            await camille.says("annuler")
            await camille.says("déclarer")
            title = await _timed(camille.says, "un livre", "passer", "Le cahier du renard bleu 3")
            figures.append(Figure(f"limits, {DECLARED} declarations, {what}", f"{asked:.0f} ms", TURN))
            figures.append(
                Figure(f"a title declared, {DECLARED} declarations, {what}", f"{title:.0f} ms", TURN)
            )
            if what == "no list":
                figures.append(await _import(stage))
    return figures


async def _import(stage: Stage) -> Figure:
    begun = time.perf_counter()
    listed = with_words(list(works()))
    await stage.database.write(lambda tx: excluded.replace_list(tx, 2026, listed, NOW))
    return Figure(f"a list of {WORKS:,} works put in", f"{time.perf_counter() - begun:.1f} s", "10 s")


def measured(folder: Path) -> list[Figure]:
    """Every line of the table: the slowest turn of each."""
    return asyncio.run(_measure(folder))
