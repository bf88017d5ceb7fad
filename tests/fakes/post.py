"""A channel that is only a list, and a database that can be watched and taken down."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeVar

from bot.messages import Letter
from storage.database import Database, DatabaseDown, Transaction
from tests.fakes.clock import TickedClock, settle

T = TypeVar("T")


@dataclass
class Sent:
    """A letter as the channel saw it."""

    at: datetime
    address: str
    html: str


@dataclass
class Pigeon:
    """A channel: keeps what it is given, unless there is trouble with a text."""

    clock: TickedClock
    name: str = "chat"
    rate: float | None = None
    sent: list[Sent] = field(default_factory=list)
    trouble: dict[str, list[BaseException]] = field(default_factory=lambda: defaultdict(list))
    """What goes wrong with a text, once each, in turn."""
    open: asyncio.Event = field(default_factory=asyncio.Event)
    """Cleared, letters stay on their way."""
    begun: int = 0
    most_at_once: int = 0
    _arrived: asyncio.Condition = field(default_factory=asyncio.Condition)

    def __post_init__(self) -> None:
        self.open.set()

    async def send(self, letter: Letter) -> str:
        self.begun += 1
        self.most_at_once = max(self.most_at_once, self.begun - len(self.sent))
        text = letter.page.html
        if self.trouble[text]:
            raise self.trouble[text].pop(0)
        self.sent.append(Sent(self.clock.now(), letter.address, text))
        async with self._arrived:
            self._arrived.notify_all()
        await self.open.wait()
        return f"remote {len(self.sent)}"

    async def delivered(self, count: int) -> None:
        """Returns when so many letters have come, in all."""
        async with asyncio.timeout(60), self._arrived:
            await self._arrived.wait_for(lambda: len(self.sent) >= count)

    @property
    def texts(self) -> list[str]:
        return [one.html for one in self.sent]


class WatchedDatabase:
    """A database that counts its transactions and is down for as many as it is told."""

    def __init__(self, inner: Database) -> None:
        self.writes = 0
        self.down_for = 0
        self._inner = inner
        self._busy = 0
        self._quiet = asyncio.Event()

    async def write(self, work: Callable[[Transaction], T]) -> T:
        self.writes += 1
        if self.down_for:
            self.down_for -= 1
            raise DatabaseDown
        self._busy += 1
        self._quiet.clear()
        try:
            return await self._inner.write(work)
        finally:
            self._busy -= 1
            self._quiet.set()

    async def read(self, work: Callable[[Transaction], T]) -> T:
        return await self._inner.read(work)

    async def close(self) -> None:
        await self._inner.close()

    async def quiet(self) -> None:
        """Returns when nobody works in it any more, nor is about to."""
        await settle()
        while self._busy:
            await self._quiet.wait()
            await settle()


async def pass_time(clock: TickedClock, database: WatchedDatabase, until: Callable[[], bool]) -> None:
    """Moves the time on from waking to waking, each time that all is quiet, until something is so."""
    async with asyncio.timeout(60):
        while not until():
            await database.quiet()
            if not until() and (waking := clock.next_waking):
                await clock.tick((waking - clock.now()).total_seconds())
