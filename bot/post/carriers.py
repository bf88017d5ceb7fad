"""The carriers: take claimed letters to their channels and bring back what came of them."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterable, Sequence
from contextlib import asynccontextmanager
from datetime import timedelta

from bot.clock import Clock
from bot.messages import Letter
from bot.post.lines import Line, RoomFor, make_lines
from bot.post.rounds import Mark, Outcome, wait_until
from bot.sending import Sender, TryLater


class Carriers:
    """Who is on the way with which letter."""

    def __init__(
        self, senders: Iterable[Sender], clock: Clock, patience: timedelta, room_for: RoomFor
    ) -> None:
        self.lines = make_lines(senders, room_for)
        self.outcomes: list[Outcome] = []
        """What came of letters, not kept yet."""
        self.bell = asyncio.Event()
        """Rings when there is something to do for the desk."""
        self.stopping = asyncio.Event()
        self.paced = False
        self._clock = clock
        self._patience = patience
        self._tasks: asyncio.TaskGroup | None = None

    @asynccontextmanager
    async def at_work(self, *, paced: bool) -> AsyncIterator[None]:
        """Inside, letters are carried; at the end, every carrier has come back."""
        self.paced = paced
        try:
            async with asyncio.TaskGroup() as self._tasks:
                self._start()
                yield
        finally:
            self._tasks, self.paced = None, False

    @property
    def on_the_way(self) -> int:
        """Letters of which nobody has kept yet what became of them."""
        return sum(line.in_flight for line in self.lines.values())

    def hand(self, letters: Iterable[Letter]) -> None:
        """Gives the carriers letters; they leave as soon as there is room for them."""
        for letter in letters:
            self._line(letter).handed.append(letter)
        self._start()

    def _start(self) -> None:
        if self._tasks is None or self.stopping.is_set():
            return
        for line in self.lines.values():
            while line.handed and line.in_flight < line.at_once:
                line.in_flight += 1
                self._tasks.create_task(self._carry(line, line.handed.popleft()))

    def give_back_handed(self) -> None:
        """Those that will not be begun."""
        for line in self.lines.values():
            self.outcomes += [Outcome(letter, begun=False) for letter in line.handed]
            line.in_flight += len(line.handed)
            line.handed.clear()

    def kept(self, marks: Sequence[Mark]) -> None:
        """The oldest outcomes are written down: their carriers are free again."""
        del self.outcomes[: len(marks)]
        for mark in marks:
            self._line(mark.outcome.letter).in_flight -= 1
        self._start()

    async def rest(self, seconds: float | None = None) -> None:
        """Until the bell rings, at most so long."""
        assert self._tasks  # noqa: S101 - only those at work rest
        timer = self._tasks.create_task(self._ring_in(seconds)) if seconds is not None else None
        await self.bell.wait()
        self.bell.clear()
        if timer:
            timer.cancel()

    async def wait(self, seconds: float) -> bool:
        """So long, but not past the order to stop: False when that came."""
        assert self._tasks  # noqa: S101 - only those at work wait
        waits = [
            self._tasks.create_task(self._clock.sleep(seconds)),
            self._tasks.create_task(self.stopping.wait()),
        ]
        await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
        for one in waits:
            one.cancel()
        return not self.stopping.is_set()

    def _line(self, letter: Letter) -> Line:
        return self.lines[letter.channel, letter.lane]

    async def _ring_in(self, seconds: float) -> None:
        await self._clock.sleep(seconds)
        self.bell.set()

    async def _carry(self, line: Line, letter: Letter) -> None:
        begins = await self._begins(line, letter)
        self.outcomes.append(await self._send(line, letter) if begins else Outcome(letter, begun=False))
        self.bell.set()

    async def _begins(self, line: Line, letter: Letter) -> bool:
        """Waits for the letter's time. False at a stop, or when a try might not end within the lease."""
        latest = letter.lease_until - self._patience
        if not self.paced:
            return self._clock.now() <= latest
        return await line.gate.lets_through(letter, latest, self._clock, self.wait)

    async def _send(self, line: Line, letter: Letter) -> Outcome:
        """One try; whatever goes wrong is its outcome."""
        try:
            async with asyncio.timeout(self._patience.total_seconds()):
                return Outcome(letter, await line.sender.send(letter))
        except TryLater as error:
            if error.whole_channel:
                line.gate.close_until(wait_until(error, self._clock.now()))
            return Outcome(letter, error=error)
        except Exception as error:  # noqa: BLE001 - a letter that breaks its channel must not stop the others
            return Outcome(letter, error=error)
