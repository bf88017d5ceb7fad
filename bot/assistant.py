"""Hears one message: one person's lock, one transaction, every promise of docs/design.md part 5."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Protocol, TypeVar
from weakref import WeakValueDictionary

import structlog

from bot import outgoing
from bot.alerts import alert_operators
from bot.asked import reading_of
from bot.attachments import Seen, seen_in
from bot.channels.doors import Fate
from bot.cleaning import cleaned
from bot.clock import Clock
from bot.knowledge import Knowledge
from bot.messages import Heard, Reply
from bot.preparing import MOST, Preparation, Unprepared, prepare
from bot.router import route
from bot.turn import House, Said, Turn
from faq.edition import Edition, Reading
from storage import inbox, people
from storage.claims import Claimant
from storage.database import Database, DatabaseDown, Transaction
from storage.outbox import Put
from storage.people import Person

log = structlog.get_logger()

T = TypeVar("T")

READERS = 2
"""Texts that are looked up at the same time: more would only wait for the processor."""
MAX_ATTEMPTS = 3
"""Tries before a message that cannot be heard is parked."""
SORRY = Said((Reply("support/sorry"),))
LONG = 2_000
"""Characters: what takes more than a moment is read on a thread."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the channel needs to know before it acknowledges."""

    fate: Fate
    stale: bool = False
    """A button was pressed that no longer counts: the channel says so, and shows no choice."""
    took_answer: bool = False
    """An answer was taken, so that a talk is further on than before."""


class PostRoom(Protocol):
    """What sends letters: it may claim a reply as it is written, and sends it once it is committed."""

    @property
    def claimant(self) -> Claimant | None:
        """Who may have a reply at once; None: it is left for whoever looks next."""
        ...

    def take(self, put: Put) -> None:
        """Sends what was claimed and looks for the rest."""
        ...


class RunsErrands(Protocol):
    """What fetches from outside, before a message is taken in."""

    async def run(self, heard: Heard, seen: Sequence[Seen]) -> None:
        """Returns when it is done or given up; it never raises."""
        ...


class Assistant:
    """Takes messages in, whatever their channel."""

    def __init__(
        self,
        database: Database,
        house: House,
        clock: Clock,
        knowledge: Knowledge,
        post: PostRoom,
        errands: RunsErrands | None = None,
    ) -> None:
        self._database = database
        self._house = house
        self._clock = clock
        self._knowledge = knowledge
        self._post = post
        self._errands = errands
        self._locks: WeakValueDictionary[tuple[str, str], asyncio.Lock] = WeakValueDictionary()
        self._undone: set[tuple[str, str, str]] = set()
        self._readers = asyncio.Semaphore(READERS)

    async def hear(self, heard: Heard) -> Outcome:
        """Takes one message in. When it returns, the message may be acknowledged; DatabaseDown means: not yet."""
        async with self._alone(heard.channel, heard.sender):
            return await self._try(await _aside(heard, partial(cleaned, heard)))

    async def _try(self, heard: Heard) -> Outcome:
        while True:
            attempts = await self._count(heard)
            if attempts is None:
                return Outcome(Fate.REPEATED)
            if attempts > MAX_ATTEMPTS:
                return await self._park(heard)
            edition = await self._knowledge.newest()
            # After the count: a text that it cannot survive must be counted too.
            async with self._readers:
                reading = await _aside(heard, partial(reading_of, heard, edition))
                seen = await seen_in(heard)
            if self._errands:
                await self._errands.run(heard, seen)
            try:
                return await self._take_in(
                    partial(self._turn, heard=heard, edition=edition, reading=reading, seen=seen)
                )
            except DatabaseDown:
                self._undone.add((heard.channel, heard.sender, heard.key))
                raise
            except Exception:
                log.exception("turn-failed", channel=heard.channel, mark=heard.mark, attempt=attempts)

    async def _take_in(self, turn: Callable[..., tuple[Outcome, Put]]) -> Outcome:
        """One turn; one that needs something prepared is taken anew with it, as if nothing had been."""
        ready: dict[Preparation[object], object] = {}
        while True:
            try:
                return await self._commit(partial(turn, ready=ready))
            except Unprepared as unprepared:
                if len(ready) >= MOST:
                    raise
                ready[unprepared.wanted] = await prepare(self._database, unprepared.wanted)

    async def _count(self, heard: Heard) -> int | None:
        """How many tries with this one; one that the database broke off was none, or an hour of it would park all."""
        message = (heard.channel, heard.sender, heard.key)
        again = message in self._undone
        attempts = await self._database.write(
            lambda tx: inbox.attempt(tx, *message, self._clock.now(), again=again)
        )
        self._undone.discard(message)
        return attempts

    async def _commit(self, work: Callable[[Transaction], tuple[Outcome, Put]]) -> Outcome:
        """One transaction, and its letters handed to the post once it is committed."""
        outcome, put = await self._database.write(work)
        self._post.take(put)
        return outcome

    def _turn(
        self,
        tx: Transaction,
        heard: Heard,
        edition: Edition,
        reading: Reading | None,
        seen: tuple[Seen, ...],
        ready: Mapping[Preparation[object], object],
    ) -> tuple[Outcome, Put]:
        now = self._clock.now().astimezone(self._house.settings.zone)
        if not inbox.keep(tx, heard.channel, heard.sender, heard.key, now):
            return Outcome(Fate.REPEATED), Put(0)
        person = _person(tx, heard, now)
        turn = Turn(self._house, tx, heard, person, now, edition.entries, reading, seen=seen, ready=ready)
        said = route(turn)
        put = outgoing.put(turn, said, self._post.claimant)
        return Outcome(Fate.HEARD, said.stale, said.took_answer), put

    async def _park(self, heard: Heard) -> Outcome:
        """Gives up on a message, tells the operator and the person, and lets the next one be heard."""
        log.error("message-parked", channel=heard.channel, mark=heard.mark)
        try:
            return await self._commit(partial(self._parked, heard=heard))
        except DatabaseDown:
            raise
        except Exception:
            # What broke is shared, such as the wording: not even this may keep the next message from being heard.
            log.exception("message-parked-untold", channel=heard.channel, mark=heard.mark)
            return await self._database.write(partial(self._put_aside, heard=heard))

    def _put_aside(self, tx: Transaction, heard: Heard) -> Outcome:
        now = self._clock.now()
        parked = inbox.park(tx, heard.channel, heard.sender, heard.key, heard.text, now)
        return Outcome(Fate.PARKED if parked else Fate.REPEATED)

    def _parked(self, tx: Transaction, heard: Heard) -> tuple[Outcome, Put]:
        outcome = self._put_aside(tx, heard)
        if outcome.fate is Fate.REPEATED:
            return outcome, Put(0)
        now = self._clock.now().astimezone(self._house.settings.zone)
        turn = Turn(self._house, tx, heard, _person(tx, heard, now), now)
        alert_operators(turn, Reply("support/alert-parked", {"channel": heard.channel, "mark": heard.mark}))
        return outcome, outgoing.put(turn, SORRY, self._post.claimant)

    @asynccontextmanager
    async def _alone(self, channel: str, sender: str) -> AsyncIterator[None]:
        """Turns from one address wait here, holding no connection; those of one person, in the database."""
        lock = self._locks.setdefault((channel, sender), asyncio.Lock())
        async with lock:
            yield


async def _aside(heard: Heard, work: Callable[[], T]) -> T:
    """Works on a long text without keeping everybody else waiting."""
    is_long = heard.envelope is not None or len(heard.text) > LONG
    return await asyncio.to_thread(work) if is_long else work()


def _person(tx: Transaction, heard: Heard, now: datetime) -> Person:
    found = people.by_address(tx, heard.channel, heard.sender, lock=True)
    return found or people.meet(tx, heard.channel, heard.sender, now)
