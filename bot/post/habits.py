"""How the post works: how often it looks, how long it waits, how much it carries, and at what hours."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Protocol

from bot.messages import Lane
from bot.sending import Sender
from storage.pace import AHEAD

AT_ONCE = {Lane.ANSWER: 8, Lane.CAMPAIGN: 8}
UNPACED = {Lane.ANSWER: 8, Lane.CAMPAIGN: 32}


@dataclass(frozen=True, slots=True)
class Habits:
    """How the post works."""

    poll: timedelta = timedelta(seconds=1)
    """How often it looks for letters that nobody woke it for: of other processes, or fallen due."""
    lease: timedelta = timedelta(seconds=30)
    """How long a claim holds: longer than waiting for the pace and sending take together. After a crash,
    so long may pass before a reply is sent again by a worker of another name."""
    patience: timedelta = timedelta(seconds=20)
    """How long one try may take."""
    at_once: Mapping[Lane, int] = field(default_factory=lambda: MappingProxyType(AT_ONCE))
    """How many letters of a channel are on their way at a time: so many can be in doubt after a crash."""
    at_once_unpaced: Mapping[Lane, int] = field(default_factory=lambda: MappingProxyType(UNPACED))
    """The same where the channel has no rate: a transaction for every few letters would be the limit there."""
    longest_backoff: timedelta = timedelta(seconds=30)
    """Between two tries at a database that is down."""

    def __post_init__(self) -> None:
        if self.lease <= self.patience + AHEAD:
            raise ValueError("a lease must outlast the patience and the pace")

    def room_for(self, sender: Sender, lane: Lane) -> int:
        """How many letters of a lane of a channel are on their way at a time."""
        return (self.at_once if sender.rate else self.at_once_unpaced)[lane]


class Hours(Protocol):
    """When the letters of campaigns may leave."""

    def open_at(self, moment: datetime) -> bool:
        """Whether they may, at that moment."""
        ...
