"""What is found in a mailbox, and who wants to know of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Found:
    """A mail as it lies in a mailbox."""

    uid: int
    raw: bytes = field(repr=False)
    """Its bytes, as many as were fetched."""
    at: datetime
    """When the server took it in (INTERNALDATE), aware."""


class Takes(Protocol):
    """Takes mail in."""

    async def take_all(self, mailbox: str, batch: Sequence[Found]) -> None:
        """When it returns, all of it is done with and the cursor may move; DatabaseDown means: not yet."""
        ...

    async def give_up(self, mailbox: str, one: Found) -> None:
        """Puts a mail aside that cannot be taken, tried often enough or fetched only in part; the cursor may move."""
        ...


class Watch(Protocol):
    """Wants to know how the lines to the servers hold."""

    async def failed(self, line: str, reason: str) -> None:
        """A line does not work now; `reason` holds no secret. It may be told again at every try."""
        ...

    async def works(self, line: str) -> None:
        """A line works now; it may be told again at every round."""
        ...
