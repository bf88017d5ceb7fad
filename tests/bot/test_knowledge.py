"""The knowledge base in use follows its files and what is taught, in this process or another."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Hashable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import TypeVar

import pytest
from sqlalchemy import event
from structlog.testing import capture_logs

from bot.knowledge import LOOK_EVERY, Knowledge
from faq.edition import Edition
from faq.lesson import Lesson
from faq.library import Library
from faq.loader import EntriesFaulty
from faq.matcher import Matcher
from faq.sheet import Fault
from storage import lessons, people
from storage.database import Database, DatabaseDown, Transaction, open_database
from storage.lessons import NewLesson
from tests.fakes.clock import NOON
from tests.stage import TickedClock

T = TypeVar("T")


FAULT = Fault("declare-how.toml", 3, "title: is missing")


class Unread(Matcher):
    """Has learnt nothing: these tests read no text."""

    def __init__(self) -> None:
        pass


class Shelf(Library):
    """A library whose files change when the test says so, and that keeps what it was asked for."""

    def __init__(self) -> None:
        self.files = 1
        self.faulty = False
        self.asked: list[tuple[int, list[str]]] = []

    def stamp(self) -> Hashable:
        return self.files

    def edition(self, lessons: Sequence[Lesson] = ()) -> Edition:
        if self.faulty:
            raise EntriesFaulty([FAULT])
        return self._made(self.files, lessons)

    def last_good(self, lessons: Sequence[Lesson] = ()) -> Edition | None:
        return self._made(self.files - 1, lessons) if self.files > 1 else None

    def _made(self, files: int, lessons: Sequence[Lesson]) -> Edition:
        self.asked.append((files, [one.text for one in lessons]))
        return Edition({}, Unread())


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    opened = open_database(database_url)
    yield opened
    await opened.close()


async def teach(database: Database, text: str) -> int:
    def write(tx: Transaction) -> int:
        operator = people.add(tx, NOON)
        return lessons.teach(tx, NewLesson("fr", text, "declare-how", None, operator), NOON)

    return await database.write(write)


async def test_an_edition_is_made_anew_only_when_something_changed(database: Database) -> None:
    shelf, clock = Shelf(), TickedClock(NOON)
    knowledge = Knowledge(shelf, database, clock)
    first = await knowledge.newest()
    assert await knowledge.newest() is first
    lesson = await teach(database, "où?")
    assert await knowledge.newest() is not first
    await database.write(lambda tx: lessons.withdraw(tx, lesson, NOON))
    await knowledge.newest()
    shelf.files = 2
    clock.at += LOOK_EVERY
    await knowledge.newest()
    await knowledge.newest()
    assert shelf.asked == [(1, []), (1, ["où?"]), (1, []), (2, [])]


async def test_files_are_looked_at_no_more_than_once_a_second(database: Database) -> None:
    shelf, clock = Shelf(), TickedClock(NOON)
    knowledge = Knowledge(shelf, database, clock)
    first = await knowledge.newest()
    shelf.files = 2
    clock.at += LOOK_EVERY - timedelta(milliseconds=1)
    assert await knowledge.newest() is first
    clock.at += timedelta(milliseconds=1)
    assert await knowledge.newest() is not first


async def test_a_faulty_edit_keeps_the_last_good_edition_and_is_told_once(database: Database) -> None:
    shelf, clock = Shelf(), TickedClock(NOON)
    knowledge = Knowledge(shelf, database, clock)
    await knowledge.newest()
    shelf.files, shelf.faulty = 2, True
    with capture_logs() as events:
        for _ in range(3):
            clock.at += LOOK_EVERY
            await knowledge.newest()
        lesson = await teach(database, "où?")
        await knowledge.newest()
        await database.write(lambda tx: lessons.withdraw(tx, lesson, NOON))
        await knowledge.newest()
    assert events == [{"event": "edition-kept", "log_level": "error", "faults": [str(FAULT)]}]
    shelf.files, shelf.faulty = 3, False
    clock.at += LOOK_EVERY
    await knowledge.newest()
    assert shelf.asked == [(1, []), (1, []), (1, ["où?"]), (1, []), (3, [])]


async def test_a_fault_made_again_is_told_again(database: Database) -> None:
    shelf, clock = Shelf(), TickedClock(NOON)
    knowledge = Knowledge(shelf, database, clock)
    await knowledge.newest()
    with capture_logs() as events:
        for shelf.files in range(2, 6):
            shelf.faulty = shelf.files % 2 == 0
            clock.at += LOOK_EVERY
            await knowledge.newest()
    assert [one["event"] for one in events] == ["edition-kept"] * 2


@dataclass(slots=True)
class Overtaken:
    """A database in which, once, somebody teaches while the lessons are being read."""

    whole: Database
    text: str
    asked: int = 0

    async def write(self, work: Callable[[Transaction], T]) -> T:
        return await self.whole.write(work)

    async def read(self, work: Callable[[Transaction], T]) -> T:
        return await self.whole.write(lambda tx: self._overtake(tx, work))

    def _overtake(self, tx: Transaction, work: Callable[[Transaction], T]) -> T:
        """On PostgreSQL a statement sees what was committed since the one before it."""

        def teach_after_the_first(*_: object) -> None:
            self.asked += 1
            if self.asked == 1:
                operator = people.add(tx, NOON)
                lessons.teach(tx, NewLesson("fr", self.text, "declare-how", None, operator), NOON)

        event.listen(tx, "after_cursor_execute", teach_after_the_first)
        try:
            return work(tx)
        finally:
            event.remove(tx, "after_cursor_execute", teach_after_the_first)

    async def close(self) -> None:
        await self.whole.close()


async def test_a_lesson_taught_while_they_are_read_is_not_missed(database: Database) -> None:
    shelf = Shelf()
    knowledge = Knowledge(shelf, Overtaken(database, "où?"), TickedClock(NOON))
    await knowledge.newest()
    await knowledge.newest()
    assert shelf.asked[-1] == (1, ["où?"])


async def test_entries_that_are_faulty_from_the_start_are_an_error(database: Database) -> None:
    shelf = Shelf()
    shelf.faulty = True
    with pytest.raises(EntriesFaulty):
        await Knowledge(shelf, database, TickedClock(NOON)).newest()


async def test_those_who_come_at_once_wait_for_one_edition(database: Database) -> None:
    shelf = Shelf()
    async with Knowledge(shelf, database, TickedClock(NOON)).open() as knowledge:
        editions = await asyncio.gather(*(knowledge.newest() for _ in range(5)))
    assert len(set(map(id, editions))) == 1
    assert len(shelf.asked) == 1


@dataclass(slots=True)
class Down:
    """A database that does not answer while it is down."""

    whole: Database
    down: bool = True

    async def write(self, work: Callable[[Transaction], T]) -> T:
        return await self.whole.write(work)

    async def read(self, work: Callable[[Transaction], T]) -> T:
        if self.down:
            raise DatabaseDown
        return await self.whole.read(work)

    async def close(self) -> None:
        await self.whole.close()


async def test_a_database_that_is_down_leaves_what_is_known_as_it_was(database: Database) -> None:
    await teach(database, "où?")
    shelf, down = Shelf(), Down(database)
    knowledge = Knowledge(shelf, down, TickedClock(NOON))
    await knowledge.newest()
    down.down = False
    await knowledge.newest()
    down.down = True
    await knowledge.newest()
    assert shelf.asked == [(1, []), (1, ["où?"])]
