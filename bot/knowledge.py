"""The knowledge base in use: follows edited entries, and what operators teach here or in another process."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Self

import structlog

from bot.clock import Clock
from faq.edition import Edition
from faq.entry import Language
from faq.lesson import Lesson
from faq.library import Library
from faq.loader import EntriesFaulty
from storage import lessons
from storage.database import Database, DatabaseDown, Transaction

log = structlog.get_logger()

LOOK_EVERY = timedelta(seconds=1)
"""How often the entry files are looked at, at most."""


@dataclass(frozen=True, slots=True)
class Sources:
    """What an edition is made of, as it stood then."""

    files: object
    taught: tuple[int, int] | None
    """None: the database did not say."""


@dataclass(frozen=True, slots=True)
class Made:
    """An edition, and what it was made of."""

    edition: Edition
    sources: Sources


class Knowledge:
    """Hands out the newest edition. What the lessons are is asked of the database, so that any process may teach."""

    def __init__(self, library: Library, database: Database, clock: Clock) -> None:
        self._library = library
        self._database = database
        self._clock = clock
        self._made: Made | None = None
        self._one_by_one = asyncio.Lock()
        self._files: object = None
        self._complained_of = ""
        self._look_at: datetime | None = None

    @asynccontextmanager
    async def open(self) -> AsyncIterator[Self]:
        """Begins to make the first edition; whoever needs it before it is there waits."""
        first = asyncio.create_task(self.newest())
        try:
            yield self
        finally:
            first.cancel()
            await asyncio.gather(first, return_exceptions=True)

    async def newest(self) -> Edition:
        """The edition to take this message in with; EntriesFaulty only when there has been none yet.

        A database that is down leaves the lessons as they were: whoever uses it next will say so.
        """
        made = self._made
        if made is None or made.sources != await self._sources(made):
            async with self._one_by_one:
                made = self._made = await self._make(self._made)
        return made.edition

    async def _sources(self, made: Made) -> Sources:
        try:
            taught: tuple[int, int] | None = await self._database.read(lessons.stamp)
        except DatabaseDown:
            taught = made.sources.taught
        return Sources(self._stamp(), taught)

    def _stamp(self) -> object:
        """What changes when a file of the knowledge base does."""
        now = self._clock.now()
        if self._look_at is None or now >= self._look_at:
            self._files, self._look_at = self._library.stamp(), now + LOOK_EVERY
        return self._files

    async def _make(self, before: Made | None) -> Made:
        """The next edition, if somebody else has not made it meanwhile; a faulty edit keeps the last good one."""
        try:
            taught, known = await self._database.read(_taught)
        except DatabaseDown:
            if before:
                return before
            taught, known = None, ()
        sources = Sources(self._stamp(), taught)
        if before and before.sources == sources:
            return before
        return Made(await asyncio.to_thread(self._edition, known), sources)

    def _edition(self, known: Sequence[Lesson]) -> Edition:
        """Of the files as they last were good, when they are faulty now: what is taught counts all the same."""
        try:
            edition = self._library.edition(known)
        except Exception as fault:
            kept = self._library.last_good(known)
            if kept is None:
                raise
            if self._complained_of != repr(fault):
                _complain(fault)
            self._complained_of = repr(fault)
            return kept
        self._complained_of = ""
        return edition


def _complain(fault: Exception) -> None:
    """The faults of entry files quote the files alone, never a person."""
    if isinstance(fault, EntriesFaulty):
        log.error("edition-kept", faults=[str(one) for one in fault.faults])
    else:
        log.error("edition-kept", exc_info=fault)


def _taught(tx: Transaction) -> tuple[tuple[int, int] | None, Sequence[Lesson]]:
    """The stamp first: a lesson that is committed in between is then made an edition of once more, not missed."""
    stamp = lessons.stamp(tx)
    return stamp, [
        Lesson(one.id, Language(one.language), one.text, one.entry, one.answer)
        for one in lessons.in_force(tx)
    ]
