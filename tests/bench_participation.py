"""`make bench`: how long it takes to count who took part, after years of declarations."""

from __future__ import annotations

import asyncio
import re
import statistics
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import asyncpg
from sqlalchemy import Table, func, select, text

from storage import participation
from storage.database import Database, Transaction, open_database
from storage.figures import added
from storage.schema import migrate
from storage.tables import declaration, person, school

PERIOD = "2026-1"
SINCE = datetime(2026, 11, 11, tzinfo=UTC)
TRIES = 3
A_SCHOOL, ALL = "300 ms", "3 s"
STAGES = re.compile(r"^-- (\d+)\n(INSERT .*?)(SELECT .*?);\n", re.MULTILINE | re.DOTALL)
NUMBERED = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {last})"


@dataclass(frozen=True, slots=True)
class Figure:
    """One thing measured."""

    what: str
    found: str
    aim: str


def fill(tx: Transaction) -> None:
    """Years of declarations; the indexes of the largest table are made when it is full."""
    indexes = sorted(declaration.indexes, key=lambda index: str(index.name))
    for index in indexes:
        index.drop(tx)
    for last, into, values in STAGES.findall(Path(__file__).with_suffix(".sql").read_text()):
        tx.execute(text(f"{into} {NUMBERED.format(last=last)} {values}"))
    for index in indexes:
        index.create(tx)
    tx.execute(text("ANALYZE"))


def measured(urls: dict[str, str]) -> Iterator[Figure]:
    """The middle one of a few tries each: the first also opens a connection."""
    for name, url in urls.items():
        yield from asyncio.run(_measure(name, url))


async def _measure(name: str, url: str) -> tuple[Figure, ...]:
    database = open_database(url)
    try:
        await migrate(database)
        await database.write(fill)
        if url.startswith("postgresql"):
            await _settle(url)
        held = ", ".join([f"{await _rows(database, one):,} {what}" for what, one in _LARGE.items()])
        school = await _usual(database, lambda tx: participation.of_school(tx, 7, PERIOD, since=SINCE))
        absent = await _usual(database, lambda tx: participation.missing(tx, 7, PERIOD))
        line = await _usual(database, lambda tx: participation.taken_part(tx, 7, PERIOD))
        every = await _usual(
            database,
            lambda tx: added(one.figures for one in participation.of_schools(tx, PERIOD, since=SINCE)),
        )
    finally:
        await database.close()
    return (
        Figure(f"{name}: a school, among {held}", f"{school * 1000:.0f} ms", A_SCHOOL),
        Figure(f"{name}: who of a school took no part", f"{absent * 1000:.0f} ms", A_SCHOOL),
        Figure(f"{name}: when those of a school took part", f"{line * 1000:.0f} ms", A_SCHOOL),
        Figure(f"{name}: all schools", f"{every:.2f} s", ALL),
    )


async def _settle(url: str) -> None:
    """What the server does by itself within minutes: until then every reader does it bit by bit."""
    connection = await asyncpg.connect(url.replace("+asyncpg", ""))
    await connection.execute("VACUUM ANALYZE")
    await connection.close()


async def _rows(database: Database, table: Table) -> int:
    return int(
        await database.read(lambda tx: tx.execute(select(func.count()).select_from(table)).scalar_one())
    )


async def _usual(database: Database, work: Callable[[Transaction], object]) -> float:
    """Seconds."""
    taken = []
    for _ in range(TRIES):
        begun = time.perf_counter()
        await database.read(work)
        taken.append(time.perf_counter() - begun)
    return statistics.median(taken)


def in_sqlite(folder: Path) -> dict[str, str]:
    """A new database in a folder."""
    return {"SQLite": f"sqlite:///{folder / 'participation.db'}"}


_LARGE = {"declarations": declaration, "people": person, "schools": school}
