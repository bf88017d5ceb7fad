"""A database with the demo in it, and what stands in it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar
from zoneinfo import ZoneInfo

from sqlalchemy import select

from handlers import demo
from storage import declarations, people
from storage.database import Database, Transaction, open_database
from storage.declarations import Declaration
from storage.people import Person
from storage.tables import declaration, metadata, person

T = TypeVar("T")
Rows = dict[str, list[tuple[object, ...]]]

ZONE = ZoneInfo("America/Toronto")
WEDNESDAY = datetime(2026, 10, 14, 9, 0, tzinfo=ZONE)


@dataclass(frozen=True, slots=True)
class Demo:
    """Reads and writes that database."""

    database: Database

    async def load(self, now: datetime = WEDNESDAY) -> bool:
        return await self.write(lambda tx: demo.load_demo(tx, now))

    async def write(self, work: Callable[[Transaction], T]) -> T:
        return await self.database.write(work)

    async def person(self, who: str) -> Person | None:
        return await self.write(lambda tx: demo.person_for(tx, who))

    async def at_terminal(self, person_id: int) -> Person | None:
        return await self.write(lambda tx: people.by_address(tx, "terminal", str(person_id)))

    async def rows(self) -> Rows:
        """Every row of every table."""
        return await self.write(_rows)

    async def everybody(self) -> list[Person]:
        return await self.write(_everybody)

    async def sent(self) -> list[Declaration]:
        """Every declaration, by number."""
        return await self.write(_sent)


@asynccontextmanager
async def empty(url: str) -> AsyncIterator[Demo]:
    """Nothing loaded yet."""
    database = open_database(url)
    try:
        yield Demo(database)
    finally:
        await database.close()


@asynccontextmanager
async def loaded(url: str, now: datetime = WEDNESDAY) -> AsyncIterator[Demo]:
    """The demo as at its first use."""
    async with empty(url) as found:
        assert await found.load(now)
        yield found


def _rows(tx: Transaction) -> Rows:
    return {
        table.name: [tuple(row) for row in tx.execute(select(table).order_by(*table.primary_key))]
        for table in metadata.sorted_tables
    }


def _everybody(tx: Transaction) -> list[Person]:
    ids = tx.execute(select(person.c.id).order_by(person.c.id)).scalars().all()
    return [found for one in ids if (found := people.by_id(tx, one))]


def _sent(tx: Transaction) -> list[Declaration]:
    ids = tx.execute(select(declaration.c.id).order_by(declaration.c.id)).scalars().all()
    return [found for one in ids if (found := declarations.by_id(tx, one))]
