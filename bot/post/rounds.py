"""One transaction of the post: writes down what came of the letters sent, and takes the next ones."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import singledispatch
from logging import DEBUG, ERROR, INFO, WARNING

import structlog

from bot.messages import Lane, Letter
from bot.sending import ANSWER, AddressDead, LetterRefused, NotSent, TryLater
from storage import addresses, claims, marks, pace
from storage.claims import Claimant, Claimed, Ended
from storage.database import Transaction
from storage.states import LetterState
from storage.verdicts import Judge

log = structlog.get_logger()

PAUSES = tuple(timedelta(seconds=seconds) for seconds in (5, 30, 120, 600, 3600))
"""Before the second try, the third, and so on; after the last one the letter is dead."""
LEVELS = {LetterState.SENT: DEBUG, LetterState.WAITING: INFO}
"""How loudly a letter's new state is said; the others are errors."""
LEAST_WAIT = timedelta(seconds=1)
"""However short a time a channel asks for."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one try."""

    letter: Letter
    remote_id: str = ""
    error: Exception | None = None
    begun: bool = True
    """False: the letter was claimed and never handed to the channel."""

    @property
    def arrived(self) -> bool:
        """Whether the channel took it."""
        return self.begun and self.error is None


@dataclass(frozen=True, slots=True)
class Mark:
    """What was written down of an outcome."""

    outcome: Outcome
    state: LetterState
    taken: bool
    """False: the letter had been taken over by another worker, whose word counts."""

    @property
    def why(self) -> str:
        """What went wrong, for the operator's eyes."""
        return reason(self.outcome.error) if self.outcome.error else ""

    @property
    def to_mend(self) -> bool:
        """Whether the letter died of something that somebody can do something about."""
        blocked = isinstance(self.outcome.error, AddressDead)
        awaited = (self.outcome.letter.key or "").startswith(ANSWER)
        return self.taken and self.state is LetterState.DEAD and (awaited or not blocked)

    @property
    def level(self) -> int:
        """How loudly to say so."""
        return LEVELS.get(self.state, ERROR) if self.taken else WARNING


@dataclass(frozen=True, slots=True)
class Wish:
    """Room for so many letters of a lane."""

    channel: str
    lane: Lane
    limit: int


@dataclass(frozen=True, slots=True)
class Round:
    """What one transaction did; the claims stand in the order of the wishes."""

    marks: tuple[Mark, ...]
    claims: tuple[Claimed, ...]

    @property
    def ended(self) -> tuple[Ended, ...]:
        """Letters that were found to end without a try."""
        return tuple(one for claimed in self.claims for one in claimed.ended)

    @property
    def to_mend(self) -> tuple[tuple[Letter, str], ...]:
        """Letters that died of something that somebody can do something about, and of what."""
        sent = ((mark.outcome.letter, mark.why) for mark in self.marks if mark.to_mend)
        ended = ((one.letter, one.reason) for one in self.ended if one.state is LetterState.DEAD)
        return (*sent, *ended)


def work(
    tx: Transaction,
    claimant: Claimant,
    outcomes: Sequence[Outcome],
    wishes: Sequence[Wish],
    now: datetime,
    judge: Judge | None,
) -> Round:
    """Marks first: a letter that has left lets the next one to its address go."""
    marked = mark_all(tx, outcomes, now)
    claimed = tuple(
        claims.claim(tx, claimant, wish.channel, wish.lane, wish.limit, now, judge) for wish in wishes
    )
    return Round(marked, claimed)


def mark_all(tx: Transaction, outcomes: Sequence[Outcome], now: datetime) -> tuple[Mark, ...]:
    """Writes down what came of each try: those that arrived together, in two statements."""
    arrived = [(one.letter, one.remote_id) for one in outcomes if one.arrived]
    taken = marks.all_sent(tx, arrived, now)
    return tuple(
        Mark(one, LetterState.SENT, one.letter.id in taken) if one.arrived else _mark(tx, one, now)
        for one in outcomes
    )


def decide_retry(attempt: int, error: Exception, now: datetime) -> datetime | None:
    """When to try again after this attempt, counted from 1; None: never."""
    if isinstance(error, TryLater):
        return wait_until(error, now)
    if isinstance(error, AddressDead | LetterRefused) or attempt > len(PAUSES):
        return None
    return now + PAUSES[attempt - 1]


def wait_until(error: TryLater, now: datetime) -> datetime:
    """When the channel may be asked again."""
    return now + max(error.after, LEAST_WAIT)


def _mark(tx: Transaction, outcome: Outcome, now: datetime) -> Mark:
    letter = outcome.letter
    if outcome.error is None:
        return Mark(outcome, LetterState.WAITING, marks.release(tx, letter, now))
    state, taken = _settle(outcome.error, tx, letter, now)
    return Mark(outcome, state, taken)


@singledispatch
def _settle(error: Exception, tx: Transaction, letter: Letter, now: datetime) -> tuple[LetterState, bool]:
    """It may have left or not: a strict letter must not be tried again."""
    if letter.strict:
        return LetterState.UNKNOWN, marks.end(tx, letter, LetterState.UNKNOWN, reason(error))
    return _try_again(error, tx, letter, now)


@_settle.register(NotSent)
@_settle.register(LetterRefused)
def _try_again(error: Exception, tx: Transaction, letter: Letter, now: datetime) -> tuple[LetterState, bool]:
    at = decide_retry(letter.attempt, error, now)
    if at is None:
        return LetterState.DEAD, marks.end(tx, letter, LetterState.DEAD, reason(error))
    return LetterState.WAITING, marks.retry(tx, letter, at, reason(error))


@_settle.register
def _wait(error: TryLater, tx: Transaction, letter: Letter, now: datetime) -> tuple[LetterState, bool]:
    until = wait_until(error, now)
    if error.whole_channel:
        pace.pause_channel(tx, letter.channel, until)
        return LetterState.WAITING, marks.release(tx, letter, now, reason(error))
    pace.delay_chat(tx, letter.channel, letter.address, until)
    return LetterState.WAITING, marks.put_off(tx, letter, now, reason(error))


@_settle.register
def _give_up_address(
    error: AddressDead, tx: Transaction, letter: Letter, now: datetime
) -> tuple[LetterState, bool]:
    addresses.mark_dead(tx, letter.channel, letter.address, reason(error), now)
    if other := addresses.other_way(tx, letter.channel, letter.address):
        return LetterState.WAITING, marks.redirect(tx, letter, other, now, reason(error))
    return LetterState.DEAD, marks.end(tx, letter, LetterState.DEAD, reason(error))


def log_round(done: Round) -> None:
    """Events name letters and never quote them."""
    for mark in done.marks:
        letter, error = mark.outcome.letter, mark.outcome.error
        log.log(
            mark.level,
            f"letter-{mark.state}" if mark.taken else "letter-late-news",
            letter=letter.id,
            channel=letter.channel,
            attempt=letter.attempt,
            error=type(error).__name__ if error else None,
        )
    for one in done.ended:
        log.warning("letter-ended", letter=one.letter.id, state=one.state, reason=one.reason)


def reason(error: Exception) -> str:
    """For the operator's eyes; never for the log, since it may quote the letter."""
    return f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
