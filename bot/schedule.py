"""The schedule: what is done once a day or a week, by whichever process comes first."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Final

import structlog

from bot.alerts import tell_what_waits
from bot.clock import Clock
from bot.knowledge import Knowledge
from bot.turn import House
from handlers.reminders import beginning
from handlers.reports import morning
from handlers.support import discussing, reminding
from handlers.teaching import digest
from storage import erasing, keys, outbox, sweeping
from storage.database import Database, Transaction

log = structlog.get_logger()

EVERY: Final = 60.0
"""Seconds between two looks at what is due."""
WEEKLY_AT: Final = time(8)
"""On Mondays."""


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


def each_minute(now: datetime) -> datetime:
    """A round begins with every minute."""
    return now.replace(second=0, microsecond=0)


def hourly(now: datetime) -> datetime:
    """A round begins with every hour."""
    return now.replace(minute=0, second=0, microsecond=0)


async def _tell_what_waits(means: Means, began: datetime) -> None:
    await means.database.write(lambda tx: tell_what_waits(tx, means.house, began))


async def _return(means: Means, began: datetime) -> None:
    def work(tx: Transaction) -> None:
        outbox.put(tx, discussing.return_in_time(tx, means.house, began), began)

    await means.database.write(work)


async def _remind(means: Means, began: datetime) -> None:
    def work(tx: Transaction) -> None:
        outbox.put(tx, reminding.remind(tx, means.house, began), began)

    await means.database.write(work)


async def _begin_campaigns(means: Means, began: datetime) -> None:
    await beginning.begin_and_fill(means.house, means.database, began)


async def _send_morning_digest(means: Means, began: datetime) -> None:
    await morning.send(means.house, means.database, began)


async def _forget(means: Means, began: datetime) -> None:
    """What has been kept as long as the operator lets it, and what a goodbye has left."""
    forgotten = await sweeping.forget(means.database, means.house.settings.keep, began)
    await erasing.say_farewells(means.database, began)
    log.info("forgotten", **{name.replace("-", "_"): count for name, count in forgotten.items() if count})


async def _note_key(means: Means, _began: datetime) -> None:
    await means.database.write(keys.note)


CHORES: Final = (
    Chore("noting-key", each_minute, _note_key),
    Chore("digest", weekly, _send_digest),
    Chore("gathered-alerts", each_minute, _tell_what_waits),
    Chore("returning", each_minute, _return),
    Chore("reminding", hourly, _remind),
    Chore("campaigns", each_minute, _begin_campaigns),
    Chore("morning-digest", morning.round_at, _send_morning_digest),
    Chore("forgetting", daily, _forget),
)
