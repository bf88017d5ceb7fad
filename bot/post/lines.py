"""The lines that letters leave by: one for each lane of each channel, behind the channel's gate."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.clock import Clock
from bot.messages import Lane, Letter
from bot.post.rounds import Wish
from bot.sending import Sender
from storage.claims import Claimed
from storage.pace import EPOCH, gap

Wait = Callable[[float], Awaitable[bool]]
"""Waits so many seconds; False when it was called off."""
RoomFor = Callable[[Sender, Lane], int]
"""How many letters of a lane of a channel are on their way at a time."""
FULL_SECOND = timedelta(seconds=1, milliseconds=10)
"""A second, and what may pass between the gate and the wire."""


@dataclass(slots=True)
class Gate:
    """Keeps what this process sends on a channel within the limit, however late its timers ring.

    The letters bring their times with them, a gap apart, so that lateness does not add up. What is late leaves at
    once, up to the limit: the gate remembers when as many letters left as may leave `within` that time.
    """

    at_most: int = 1
    within: timedelta = timedelta(0)
    free_at: datetime = EPOCH
    _left_at: deque[datetime] = field(init=False)
    _one_by_one: asyncio.Lock = field(default_factory=asyncio.Lock)

    def __post_init__(self) -> None:
        self._left_at = deque([EPOCH] * self.at_most, maxlen=self.at_most)

    def close_until(self, until: datetime) -> None:
        """Lets nothing through before then."""
        self.free_at = max(self.free_at, until)

    async def lets_through(self, letter: Letter, latest: datetime, clock: Clock, wait: Wait) -> bool:
        """Returns when it is the letter's time; False when that comes after `latest` or is not waited for."""
        async with self._one_by_one:
            while (now := clock.now()) < (opens := max(letter.at, self._opens)) <= latest:
                if not await wait((opens - now).total_seconds()):
                    return False
            if max(now, opens) > latest:
                return False
            self._left_at.append(now)
            return True

    @property
    def _opens(self) -> datetime:
        return max(self.free_at, self._left_at[0] + self.within)


def make_gate(rate: float | None) -> Gate:
    """For so many letters a second: none of them holds more than one over; None: no limit."""
    return Gate(int(rate) + 1, max(gap(rate), FULL_SECOND)) if rate else Gate()


@dataclass(slots=True, eq=False)
class Line:
    """One lane of one channel."""

    sender: Sender
    lane: Lane
    at_once: int
    gate: Gate
    in_flight: int = 0
    """Letters from the moment they are taken up until what came of them is kept."""
    handed: deque[Letter] = field(default_factory=deque)
    """Letters claimed by whoever wrote them, for which there was no room yet."""
    hungry: bool = False
    """Whether letters may be there to claim, now or as soon as one in flight is done."""

    look_at: datetime | None = None
    """When a letter that waits for its chat may be claimed."""

    @property
    def room(self) -> int:
        return self.at_once - self.in_flight - len(self.handed)

    @property
    def wish(self) -> Wish:
        return Wish(self.sender.name, self.lane, self.room)

    def fed(self, claimed: Claimed, was_hungry: bool) -> None:
        """Notes what a claim found: more may be there, or held back by one that is in flight."""
        found = was_hungry or bool(claimed.letters)
        self.hungry |= claimed.full or (found and self.in_flight + len(claimed.letters) > 0)
        self.look_at = claimed.look_at

    def looks(self, now: datetime) -> bool:
        """Whether to look for letters of its own accord."""
        return self.hungry or (self.look_at is not None and self.look_at <= now)


def make_lines(senders: Iterable[Sender], room_for: RoomFor) -> dict[tuple[str, Lane], Line]:
    """Both lanes of every channel; the two share the channel's gate."""
    lines = {}
    for sender in senders:
        gate = make_gate(sender.rate)
        for lane in Lane:
            lines[sender.name, lane] = Line(sender, lane, room_for(sender, lane), gate)
    return lines
