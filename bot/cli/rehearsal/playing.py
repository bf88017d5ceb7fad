"""The play: days go by in an instant, what is done every day is done in each of them, and nothing is sent."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Final

from bot.messages import Lane, Letter
from bot.post import Habits, Post
from bot.sending import TELEGRAM_RATE
from bot.settings import Settings
from bot.turn import House
from bot.working_days import ONE_DAY, SendingHours
from handlers.reminders.beginning import LOOKS_BACK, begin_and_fill
from handlers.reminders.judging import judge_for
from handlers.reminders.plan import planned, sending_hours
from storage import campaigns, rehearsal
from storage.campaigns import Aim, NewCampaign
from storage.claims import TOO_LATE
from storage.database import Database, Transaction
from storage.pace import gap
from storage.rehearsal import Declares

AT_ONCE: Final = 100
"""Letters that one transaction takes up, at most."""
A_MINUTE: Final = timedelta(minutes=1)
"""How long they take, at most."""
LEASE: Final = timedelta(hours=1)
"""Nobody else works on the copy."""


@dataclass(slots=True)
class PlayClock:
    """Says what it is told."""

    at: datetime

    def now(self) -> datetime:
        return self.at

    async def sleep(self, seconds: float) -> None:
        self.at += timedelta(seconds=seconds)


@dataclass(frozen=True, slots=True)
class Sent:
    """A reminder that would have left."""

    campaign_id: int | None
    person_id: int | None
    channel: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Counts:
    """A channel that sends nothing, and takes as long for it as the real one: its clock goes on with each letter."""

    name: str
    clock: PlayClock
    takes: timedelta
    sent: list[Sent]
    rate: float | None = None

    async def send(self, letter: Letter) -> str:
        self.sent.append(Sent(letter.campaign_id, letter.person_id, self.name, self.clock.at))
        self.clock.at += self.takes
        return str(letter.id)


@dataclass(frozen=True, slots=True)
class Earlier:
    """Hours that end as much earlier as letters take that are taken up together."""

    hours: SendingHours
    by: timedelta

    def open_at(self, moment: datetime) -> bool:
        return self.hours.open_at(moment) and self.hours.open_at(moment + self.by)


class Play:
    """A span of days, both ends included, on a copy of the database."""

    def __init__(self, house: House, copy: Database, first: date, last: date) -> None:
        self.sent: list[Sent] = []
        self._house = house
        self._copy = copy
        self._days = tuple(first + n * ONE_DAY for n in range((last - first).days + 1))
        self._hours = sending_hours(house.settings, house.settings.zone)
        self._posts: tuple[tuple[PlayClock, Post], ...] = ()
        self._coming: deque[Declares] = deque()

    async def play(self, declared: Iterable[Declares] = ()) -> None:
        """While these people declare meanwhile."""
        self._coming = deque(sorted(declared, key=lambda one: one.at))
        await self._copy.write(self._make_ready)
        self._posts = tuple(map(self._post_of, await self._copy.read(rehearsal.channels)))
        eventful = {one.day for one in planned(self._days[0], self._days[-1], self._house.settings)}
        for day in self._days:
            if day in eventful or await self._is_anything_due(self._midnight(day)):
                await self._play_day(day)

    async def _play_day(self, day: date) -> None:
        await self._reach(self._midnight(day))
        opening = self._next_opening(self._midnight(day))
        while opening.date() == day and await self._is_anything_due(opening):
            await self._reach(opening)
            done = [await self._drain(clock, post, opening) for clock, post in self._posts]
            opening = self._next_opening(max(done) + A_MINUTE)

    async def _reach(self, moment: datetime) -> None:
        """Goes on to that moment: what has happened by then, and what is then done each minute."""
        some = tuple(self._declared_by(moment))
        await self._copy.write(lambda tx: rehearsal.declare(tx, some))
        await begin_and_fill(self._house, self._copy, moment)

    def _declared_by(self, moment: datetime) -> Iterator[Declares]:
        while self._coming and self._coming[0].at <= moment:
            yield self._coming.popleft()

    async def _is_anything_due(self, moment: datetime) -> bool:
        return await self._copy.read(lambda tx: rehearsal.waits(tx, moment))

    async def _drain(self, clock: PlayClock, post: Post, opening: datetime) -> datetime:
        """A channel sends as long as it may: when it has ended. Each has a clock, for they all send at once."""
        clock.at = opening.astimezone(UTC)
        await post.drain()
        return clock.at

    def _midnight(self, day: date) -> datetime:
        return datetime.combine(day, time(), self._house.settings.zone)

    def _next_opening(self, moment: datetime) -> datetime:
        return self._hours.next_opening(moment).astimezone(self._house.settings.zone)

    def _make_ready(self, tx: Transaction) -> None:
        first, settings = self._days[0], self._house.settings
        begins = self._midnight(first)
        rehearsal.make_ready(tx, first, begins)
        # What was planned for the days before is not made up for.
        for one in planned(first - LOOKS_BACK, first - ONE_DAY, settings):
            aim = Aim(one.rule.audience, one.period.key)
            new = NewCampaign(one.key, one.rule.name, aim, one.day, begins, one.offset)
            campaigns.begin(tx, new, begins, TOO_LATE)

    def _post_of(self, channel: str) -> tuple[PlayClock, Post]:
        rate, clock = rate_of(channel, self._house.settings), PlayClock(self._midnight(self._days[0]))
        takes = gap(rate) if rate else timedelta()
        at_once = min(AT_ONCE, A_MINUTE // takes) if rate else AT_ONCE
        habits = Habits(lease=LEASE, at_once_unpaced=dict.fromkeys(Lane, max(1, at_once)))
        counts, hours = Counts(channel, clock, takes, self.sent), Earlier(self._hours, at_once * takes)
        judge = judge_for(self._house)
        return clock, Post(self._copy, [counts], clock, "rehearsal", habits=habits, judge=judge, hours=hours)


def rate_of(channel: str, settings: Settings) -> float | None:
    """Letters a second that the real one takes; None: no limit."""
    return {"telegram": TELEGRAM_RATE, "mail": settings.mail_per_minute / 60}.get(channel)
