"""What a channel needs of the rest of the house, in shape only: it imports none of it."""

from __future__ import annotations

from typing import Protocol

from bot.messages import Heard


class Heeded(Protocol):
    """What became of a message."""

    @property
    def fate(self) -> str:
        """`heard`, `repeated` or `parked`."""
        ...

    @property
    def stale(self) -> bool:
        """Whether a button was pressed that no longer counts."""
        ...

    @property
    def took_answer(self) -> bool:
        """Whether an answer was taken, so that a talk is further on than before."""
        ...


class Hears(Protocol):
    """Takes messages in."""

    async def hear(self, heard: Heard) -> Heeded:
        """When it returns, the message may be acknowledged; DatabaseDown means: not yet."""
        ...


class Drains(Protocol):
    """Sends letters."""

    async def drain(self) -> object:
        """Sends everything that may leave now."""
        ...
