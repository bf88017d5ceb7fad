"""An outbox with a clock, in the words that the tests speak of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any, TypeVar

from sqlalchemy import select

from bot.messages import Button, Lane, Letter, Page
from storage import claims, marks
from storage.claims import Claimant, Claimed
from storage.database import Database, Transaction
from storage.outbox import NewLetter, Put, put
from storage.states import LetterState
from storage.tables import letter
from storage.verdicts import Judge
from tests.fakes.clock import NOON

T = TypeVar("T")
LEASE = timedelta(seconds=60)
SECOND = timedelta(seconds=1)


def page(text: str) -> Page:
    """A page with buttons."""
    return Page(f"<b>{text}</b>", (Button("Oui", "t:q:yes", ("ok",)), Button("Non", "t:q:no")))


def to(address: str, text: str = "bonjour", **more: Any) -> NewLetter:
    """A letter to send on the channel `chat`, unless another is named."""
    return replace(NewLetter("chat", address, page(text)), **more)


def of_campaign(address: str, text: str = "rappel") -> NewLetter:
    """A reminder."""
    return to(address, text, campaign_id=1, person_id=1)


def text_of(one: Letter) -> str:
    """What the letter says."""
    return one.page.html.removeprefix("<b>").removesuffix("</b>")


@dataclass
class Box:
    """The outbox of one database, at a moment that the test moves."""

    database: Database
    now: datetime = NOON
    rates: Mapping[str, float | None] = field(default_factory=lambda: {"chat": None})
    only: Mapping[str, str] = field(default_factory=dict)
    lease: timedelta = LEASE

    async def do(self, work: Callable[[Transaction], T]) -> T:
        """One transaction."""
        return await self.database.write(work)

    async def put(self, *letters: NewLetter) -> Put:
        return await self.do(lambda tx: put(tx, letters, self.now))

    async def put_at_hand(self, *letters: NewLetter, worker: str = "one") -> Put:
        """As a turn does whose own process sends."""
        return await self.do(lambda tx: put(tx, letters, self.now, self.claimant(worker)))

    def claimant(self, worker: str = "one") -> Claimant:
        return Claimant(worker, self.lease, self.rates, self.only)

    async def claim(
        self,
        worker: str = "one",
        limit: int = 10,
        lane: Lane = Lane.ANSWER,
        channel: str = "chat",
        judge: Judge | None = None,
    ) -> Claimed:
        who, now = self.claimant(worker), self.now
        return await self.do(lambda tx: claims.claim(tx, who, channel, lane, limit, now, judge))

    async def claimed(self, worker: str = "one", lane: Lane = Lane.ANSWER) -> list[str]:
        """What the letters say that can be claimed now, each with its address."""
        found = await self.claim(worker, lane=lane)
        return [f"{one.address}: {text_of(one)}" for one in found.letters]

    async def the_one(self, worker: str = "one", lane: Lane = Lane.ANSWER) -> Letter:
        """The only letter that can be claimed now."""
        (one,) = (await self.claim(worker, lane=lane)).letters
        return one

    async def sent(self, one: Letter, remote_id: str = "1") -> bool:
        return await self.do(lambda tx: marks.sent(tx, one, remote_id, self.now))

    async def retry(self, one: Letter, after: timedelta) -> bool:
        return await self.do(lambda tx: marks.retry(tx, one, self.now + after, "broken pipe"))

    async def release(self, one: Letter) -> bool:
        return await self.do(lambda tx: marks.release(tx, one, self.now))

    async def end(self, one: Letter, state: LetterState = LetterState.DEAD, reason: str = "refused") -> bool:
        return await self.do(lambda tx: marks.end(tx, one, state, reason))

    async def states(self) -> list[str]:
        """What became of every letter, in the order they were put."""
        rows = await self.do(lambda tx: tx.execute(select(letter.c.state).order_by(letter.c.id)).all())
        return [row.state for row in rows]

    async def reasons(self) -> list[str | None]:
        """Why, in the same order."""
        rows = await self.do(lambda tx: tx.execute(select(letter.c.reason).order_by(letter.c.id)).all())
        return [row.reason for row in rows]
