"""A post, its outbox, and a channel that is only a list."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy import select

from bot.messages import Lane, Page
from bot.post import Post
from storage import outbox
from storage.outbox import NewLetter
from storage.tables import letter
from tests.fakes.clock import TickedClock
from tests.fakes.post import Pigeon, WatchedDatabase


def to(address: str, text: str, **more: Any) -> NewLetter:
    return replace(NewLetter("chat", address, Page(text)), **more)


def campaign(address: str, text: str) -> NewLetter:
    return to(address, text, lane=Lane.CAMPAIGN, strict=True)


@dataclass
class Office:
    """A post, its outbox, and a channel that is only a list."""

    database: WatchedDatabase
    clock: TickedClock = field(default_factory=TickedClock)
    dead: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.pigeon = Pigeon(self.clock)
        self.post = self.hire("one")

    def hire(self, worker: str, **more: Any) -> Post:
        """Another post that works off the same outbox, through the same channel."""
        given = {"on_dead": lambda _, letter, why: self.dead.append(f"{letter.page.html}: {why}"), **more}
        return Post(self.database, [self.pigeon], self.clock, worker, **given)

    async def put(self, *letters: NewLetter) -> None:
        await self.database.write(lambda tx: outbox.put(tx, letters, self.clock.now()))

    async def write_turn(self, post: Post, *letters: NewLetter) -> None:
        """As a turn does: puts the letters in one transaction and tells the post after the commit."""
        claimant, now = post.claimant, self.clock.now()
        post.take(await self.database.write(lambda tx: outbox.put(tx, letters, now, claimant)))

    async def drain_after(self, seconds: float) -> list[str]:
        """What leaves when the time has moved on."""
        before = len(self.pigeon.sent)
        await self.clock.tick(seconds)
        await self.post.drain()
        return self.pigeon.texts[before:]

    async def states(self) -> dict[str, str]:
        """What became of each letter, by its text."""
        rows = await self.database.read(lambda tx: tx.execute(select(letter.c.html, letter.c.state)).all())
        return {row.html: row.state for row in rows}

    @asynccontextmanager
    async def open(self) -> AsyncIterator[None]:
        """The post runs inside, and has stopped after."""
        async with asyncio.timeout(60), asyncio.TaskGroup() as tasks:
            tasks.create_task(self.post.run())
            try:
                yield
            finally:
                await self.post.stop()
