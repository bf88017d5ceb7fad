"""The schedule: what is done once a day or a week, by whichever process comes first."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Final

import structlog

from bot.clock import Clock
from bot.knowledge import Knowledge
from bot.turn import House
from handlers.teaching import digest
from storage import enquiries
from storage.database import Database
from storage.retention import forget_mail

log = structlog.get_logger()

EVERY: Final = 60.0
"""Seconds between two looks at what is due."""
WEEKLY_AT: Final = time(8)
"""On Mondays."""
REMEMBERED: Final = timedelta(days=30)
"""How long what people asked is kept, unless somebody still has to answer it."""


@dataclass(frozen=True, slots=True)
class Means:
    """What a chore works with."""

    house: House
    database: Database
    knowledge: Knowledge


@dataclass(frozen=True, slots=True)
class Chore:
    """Something to do once a round. Several processes may do it at once, or one twice: that must change nothing."""

    name: str
    round_at: Callable[[datetime], datetime | None]
    """When the round that now belongs to began; None: there is nothing to do yet."""
    do: Callable[[Means, datetime], Awaitable[None]]
    """Does it, for the round that began then."""


class Schedule:
    """Does each chore once a round. Times are the organisation's."""

    def __init__(self, means: Means, clock: Clock) -> None:
        self._means = means
        self._clock = clock
        self._done: dict[str, datetime] = {}

    async def run(self) -> None:
        """Until it is cancelled."""
        while True:
            await self.wake()
            await self._clock.sleep(EVERY)

    async def wake(self) -> None:
        """Does what is due; what fails is tried at the next look."""
        now = self._clock.now().astimezone(self._means.house.settings.zone)
        for chore in CHORES:
            began = chore.round_at(now)
            if began and self._done.get(chore.name) != began:
                await self._do(chore, began)

    async def _do(self, chore: Chore, began: datetime) -> None:
        try:
            await chore.do(self._means, began)
        except Exception as fault:
            log.error("chore-failed", chore=chore.name, exc_info=fault)
        else:
            self._done[chore.name] = began


def daily(now: datetime) -> datetime:
    """A round begins at midnight."""
    return datetime.combine(now.date(), time(), now.tzinfo)


def weekly(now: datetime) -> datetime | None:
    """A round begins on Monday at eight, and ends with the week."""
    monday = now.date() - timedelta(days=now.weekday())
    began = datetime.combine(monday, WEEKLY_AT, now.tzinfo)
    return began if now >= began else None


async def _send_digest(means: Means, began: datetime) -> None:
    await digest.send(means.house, means.database, await means.knowledge.newest(), began)


async def _forget(means: Means, began: datetime) -> None:
    await means.database.write(lambda tx: enquiries.forget(tx, began - REMEMBERED))


async def _forget_mail(means: Means, began: datetime) -> None:
    await means.database.write(lambda tx: forget_mail(tx, began))


CHORES: Final = (
    Chore("digest", weekly, _send_digest),
    Chore("forgetting", daily, _forget),
    Chore("forgetting-mail", daily, _forget_mail),
)
