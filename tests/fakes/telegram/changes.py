"""Waiting, without sleeping, until something has changed in the fake."""

import asyncio
from collections.abc import Callable
from datetime import timedelta


class Changes:
    """Wakes whoever waits each time something is told to have changed."""

    def __init__(self) -> None:
        self._next = asyncio.Event()

    def tell(self) -> None:
        self._next.set()
        self._next = asyncio.Event()

    async def until(self, happened: Callable[[], bool], within: timedelta) -> bool:
        """Waits until it has happened; False if it has not within that time."""
        try:
            async with asyncio.timeout(within.total_seconds()):
                while not happened():
                    await self._next.wait()
        except TimeoutError:
            return happened()
        return True
