"""Somebody who listens in the place of the assistant."""

from __future__ import annotations

import asyncio

from bot.assistant import Outcome
from bot.channels.doors import Fate
from bot.messages import Heard


class Listener:
    """Takes everything in, unless told to meet trouble or to wait."""

    def __init__(self) -> None:
        self.heard: list[Heard] = []
        self.troubles: list[Exception] = []
        self.outcome = Outcome(Fate.HEARD)
        self.arrived = asyncio.Event()
        self.held: dict[str, asyncio.Event] = {}

    @property
    def texts(self) -> list[str]:
        return [heard.text for heard in self.heard]

    def hold(self, text: str) -> asyncio.Event:
        """Makes this message wait until the event is set."""
        return self.held.setdefault(text, asyncio.Event())

    async def hear(self, heard: Heard) -> Outcome:
        self.arrived.set()
        if self.troubles:
            raise self.troubles.pop(0)
        if heard.text in self.held:
            await self.held[heard.text].wait()
        self.heard.append(heard)
        return self.outcome
