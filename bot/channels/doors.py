"""What a channel needs of the rest of the house, in shape and name only: it imports none of it."""

from __future__ import annotations

from enum import StrEnum
from typing import Protocol

from bot.messages import Heard


class Fate(StrEnum):
    """What became of a message."""

    HEARD = "heard"
    REPEATED = "repeated"
    """It had been heard or parked before."""
    PARKED = "parked"
    """It could not be heard, however often it was tried."""


class Heeded(Protocol):
    """What became of a message."""

    @property
    def fate(self) -> Fate:
        """Whether it was heard."""
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
