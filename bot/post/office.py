"""The post: claims letters, has them carried to the channels, and keeps what came of each."""

from __future__ import annotations

from asyncio import Event
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import timedelta

import structlog

from bot.clock import Clock
from bot.messages import Lane, Letter
from bot.post.carriers import Carriers
from bot.post.habits import Habits, Hours
from bot.post.lines import Line
from bot.post.rounds import Outcome, Round, Wish, log_round, work
from bot.sending import Sender
from storage.claims import Claimant, take_back
from storage.database import Database, DatabaseDown, Transaction
from storage.outbox import Put
from storage.pace import AHEAD, EPOCH
from storage.verdicts import Faulty, Judge

log = structlog.get_logger()

OnDead = Callable[[Transaction, Letter, str], None]
"""Tells the operator of a letter that died of something to mend, and of what; in a transaction of its own."""

BACKOFF = timedelta(seconds=1)
"""Before the second try at a database that is down; doubled each time."""


class Post:
    """Sends what is in the outbox on the channels that this process serves.

    No two live processes may go by the same worker name. One that starts again under its old name takes up at
    once what it had left started.
    """

    def __init__(
        self,
        database: Database,
        senders: Iterable[Sender],
        clock: Clock,
        worker: str,
        *,
        habits: Habits | None = None,
        only: Mapping[str, str] | None = None,
        judge: Judge | None = None,
        hours: Hours | None = None,
        on_dead: OnDead | None = None,
    ) -> None:
        """`only` names the one address that it serves on a channel, where that is not every address.

        A judge decides on the letters of campaigns as they leave; `hours`: when these may, None: at any hour.
        """
        self._database = database
        self._clock = clock
        self._habits = habits or Habits()
        self._carriers = Carriers(senders, clock, self._habits.patience, self._habits.room_for)
        rates = {line.sender.name: line.sender.rate for line in self._carriers.lines.values()}
        self._paced = Claimant(worker, self._habits.lease, rates, only or {})
        self._unpaced = Claimant(worker, self._habits.lease, dict.fromkeys(rates), only or {})
        self._judge = judge
        self._hours = hours
        self._on_dead = on_dead
        self._running = False
        self._ended = Event()
        self._took_back = False
        self._poll_at = EPOCH
        self._failures = 0

    @property
    def claimant(self) -> Claimant | None:
        """For `outbox.put`: who may have a reply at once. None while this post does not send."""
        if not self._took_back or self._carriers.stopping.is_set():
            return None
        return self._paced if self._running else self._unpaced

    def take(self, put: Put) -> None:
        """Sends what `outbox.put` claimed for this post, and looks for the rest; call it after the commit."""
        self._carriers.hand(put.claimed)
        if put.new > len(put.claimed):
            self.wake()

    def wake(self) -> None:
        """There may be new replies; call it after the commit."""
        for line in self._carriers.lines.values():
            line.hungry |= line.lane is Lane.ANSWER
        self._carriers.bell.set()

    async def run(self) -> None:
        """Sends until `stop`. When cancelled it leaves its claims to their leases, as a crash would."""
        self._running = True
        try:
            async with self._carriers.at_work(paced=True):
                while not self._carriers.stopping.is_set():
                    await self._work_or_wait()
                    await self._carriers.rest(self._idle_seconds())
                await self._finish()
        finally:
            self._running = False
            self._ended.set()

    async def stop(self) -> None:
        """Lets what is being sent arrive, gives the rest back, and returns when `run` has ended."""
        self._carriers.stopping.set()
        self._carriers.bell.set()
        if self._running:
            await self._ended.wait()

    async def drain(self) -> None:
        """Sends all that is due now, at no pace and waiting for nothing; instead of `run`, not beside it."""
        if self._running:
            raise RuntimeError("this post runs already")
        down: DatabaseDown | None = None
        async with self._carriers.at_work(paced=False):
            try:
                await self._look()
                while self._carriers.on_the_way or any(line.hungry for line in self._open_lines()):
                    if self._carriers.on_the_way:
                        await self._carriers.rest()
                    await self._look()
            except DatabaseDown as error:
                down = error  # raised below: from inside, the task group would wrap it
        if down:
            raise down

    async def _look(self) -> None:
        """Works through every line, whether it is time to or not."""
        self._poll_at = EPOCH
        await self._work()

    async def _work_or_wait(self) -> None:
        """A database that does not answer is asked again until it does: the letters are safe in it."""
        try:
            await self._work()
        except Exception as error:
            if not self._failures:
                log.error("post-waits", exc_info=None if isinstance(error, DatabaseDown) else error)
            pause = min(self._habits.longest_backoff, BACKOFF * 2.0**self._failures)
            self._failures += 1
            await self._carriers.wait(pause.total_seconds())
            self._carriers.bell.set()
        else:
            if self._failures:
                log.info("post-goes-on", failures=self._failures)
            self._failures = 0

    async def _work(self) -> None:
        """One transaction: what came of the letters sent, then as many new ones as there is room for."""
        now = self._clock.now()
        polls = now >= self._poll_at
        lines = [line for line in self._open_lines() if polls or line.looks(now)]
        if lines or self._carriers.outcomes:
            await self._exchange(lines)
        if polls:
            self._poll_at = now + self._habits.poll

    async def _exchange(self, lines: Sequence[Line]) -> None:
        outcomes, wishes = tuple(self._carriers.outcomes), [line.wish for line in lines]
        hungry = [line for line in lines if line.hungry]
        for line in lines:
            line.hungry = False  # a wake that comes meanwhile must not be lost
        try:
            done = await self._judged(lambda tx: self._transact(tx, outcomes, wishes))
        except Exception:
            for line in hungry:
                line.hungry = True
            raise
        self._took_back = True
        self._carriers.kept(done.marks)
        for line, claimed in zip(lines, done.claims, strict=True):
            line.fed(claimed, line in hungry)
            self._carriers.hand(claimed.letters)
        await self._report(done)

    async def _judged(self, work: Callable[[Transaction], Round]) -> Round:
        """A campaign at fault is seen to, and the work is begun again without it."""
        while True:
            try:
                return await self._database.write(work)
            except Faulty as fault:
                if await self._database.write(fault.see_to):
                    log.error("campaign-paused", campaign=fault.campaign_id, exc_info=fault.__cause__)
                self.wake()

    def _open_lines(self) -> list[Line]:
        if self._carriers.stopping.is_set():
            return []
        kept_in = () if self._is_open() else (Lane.CAMPAIGN,)
        return [line for line in self._carriers.lines.values() if line.room > 0 and line.lane not in kept_in]

    def _is_open(self) -> bool:
        """Whether what is claimed now leaves within the hours: times are handed out a little ahead."""
        now, hours = self._clock.now(), self._hours
        return hours is None or (hours.open_at(now) and hours.open_at(now + AHEAD))

    def _transact(self, tx: Transaction, outcomes: Sequence[Outcome], wishes: Sequence[Wish]) -> Round:
        now = self._clock.now()
        if not self._took_back:
            take_back(tx, self._paced.worker, now)
        claimant = self._paced if self._running else self._unpaced
        return work(tx, claimant, outcomes, wishes, now, self._judge)

    def _idle_seconds(self) -> float:
        if any(line.hungry and not line.in_flight for line in self._open_lines()):
            return 0.0
        looks = [line.look_at for line in self._open_lines() if line.look_at]
        return max(0.0, (min([self._poll_at, *looks]) - self._clock.now()).total_seconds())

    async def _finish(self) -> None:
        """Keeps what came of the letters on their way; if the database is down, their leases run out."""
        self._carriers.give_back_handed()
        while self._carriers.on_the_way:
            if not self._carriers.outcomes:
                await self._carriers.rest()
            try:
                await self._work()
            except Exception as error:
                log.error("post-stopped-early", letters=self._carriers.on_the_way, exc_info=error)
                return

    async def _report(self, done: Round) -> None:
        log_round(done)
        for letter, why in done.to_mend:
            await self._tell(letter, why)

    async def _tell(self, letter: Letter, why: str) -> None:
        if on_dead := self._on_dead:
            try:
                await self._database.write(lambda tx: on_dead(tx, letter, why))
            except Exception as error:
                log.error("letter-death-untold", letter=letter.id, exc_info=error)
            self.wake()
