"""A clock that stands still until it is ticked."""

from __future__ import annotations

import asyncio
import heapq
import itertools
from datetime import UTC, datetime, timedelta

NOON = datetime(2026, 10, 12, 16, 0, tzinfo=UTC)
"""Noon in Montréal, on a Monday in autumn."""


class TickedClock:
    """Whoever sleeps by it wakes when a tick has come so far, in order."""

    def __init__(self, at: datetime = NOON) -> None:
        self._now = at
        self._sleepers: list[tuple[datetime, int, asyncio.Future[None]]] = []
        self._numbers = itertools.count()

    def now(self) -> datetime:
        return self._now

    async def sleep(self, seconds: float) -> None:
        woken = asyncio.get_running_loop().create_future()
        until = self._now + timedelta(seconds=seconds)
        heapq.heappush(self._sleepers, (until, next(self._numbers), woken))
        if seconds <= 0:
            woken.set_result(None)
        await woken

    @property
    def next_waking(self) -> datetime | None:
        """When the next sleeper wakes; None when nobody sleeps."""
        while self._sleepers and self._sleepers[0][2].done():
            heapq.heappop(self._sleepers)
        return self._sleepers[0][0] if self._sleepers else None

    async def tick(self, seconds: float) -> None:
        """Moves the time on, and lets whoever wakes do what takes no time."""
        end = self._now + timedelta(seconds=seconds)
        while (waking := self.next_waking) and waking <= end:
            self._now = max(self._now, waking)
            heapq.heappop(self._sleepers)[2].set_result(None)
            await settle()
        self._now = end
        await settle()


async def settle() -> None:
    """Lets the other tasks run until they wait for something from outside."""
    for _ in range(10):
        await asyncio.sleep(0)
