"""Who sends which letter: a claim is for one try, with a lease, at a time that keeps the channel's rate."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Integer, Row, String, and_, bindparam, update

from bot.messages import Button, File, Lane, Letter, Page
from storage import letter_files, order, pace, reminders
from storage.campaign_letters import is_asked
from storage.columns import Instant
from storage.database import Transaction
from storage.states import UNSENT, LetterState
from storage.tables import letter
from storage.verdicts import Elsewhere, Judge, Later, Skip, move, new_token, write_pages

TRIES = 6
"""After so many a letter is dead."""
ROUNDS = 30
"""How many batches that need not leave one claim goes through."""
TOO_LATE = "too-late"


@dataclass(frozen=True, slots=True)
class Claimant:
    """Who claims letters, for how long, and on which channels."""

    worker: str
    lease: timedelta
    rates: Mapping[str, float | None]
    """The channels it serves, with their letters a second; None: no limit."""
    only: Mapping[str, str] = field(default_factory=dict)
    """The one address it serves on a channel, where it does not serve all (a terminal)."""

    def serves(self, channel: str, address: str) -> bool:
        """Whether it may send to this address."""
        return channel in self.rates and self.only.get(channel, address) == address

    def ahead(self, channel: str, now: datetime) -> datetime:
        """How far ahead it may take times on a channel."""
        return now + pace.AHEAD if self.rates[channel] else now

    def batch(self, channel: str, wanted: int) -> int:
        """How many letters it may claim in one go, so as not to take times further ahead."""
        rate = self.rates[channel]
        return min(wanted, max(1, int(rate * pace.AHEAD.total_seconds()))) if rate else wanted


@dataclass(frozen=True, slots=True)
class Ended:
    """A letter that ends without being sent, and why."""

    letter: Letter
    state: LetterState
    reason: str


@dataclass(frozen=True, slots=True)
class Claimed:
    """What a claim found."""

    letters: tuple[Letter, ...] = ()
    ended: tuple[Ended, ...] = ()
    full: bool = False
    """Whether there may be more."""
    look_at: datetime | None = None
    """When nothing was found, but a letter waits for its chat: the moment that the chat is free again."""


def claim(
    tx: Transaction,
    claimant: Claimant,
    channel: str,
    lane: Lane,
    limit: int,
    now: datetime,
    judge: Judge | None = None,
) -> Claimed:
    """The next letters of a lane, at most `limit`, for the claimant to send.

    Of each address only the oldest letter in the lane, and none while one of any lane is being sent.
    A reply whose lease ran out is claimed again; a strict letter whose lease ran out is in doubt and ends.
    What a judge says of the letters of campaigns is done; without one they leave as they stand.
    """
    letters: list[Letter] = []
    ended: list[Ended] = []
    ahead, only = claimant.ahead(channel, now), claimant.only.get(channel)
    for _ in range(ROUNDS):
        wanted = claimant.batch(channel, limit - len(letters))
        rows = order.next_letters(tx, channel, lane, wanted, now, ahead, only)
        looked = [_look(tx, row, claimant, now) for row in rows]
        fit = _judged(tx, [one for one in looked if isinstance(one, Letter)], judge, now)
        over = [one for one in (*looked, *fit) if isinstance(one, Ended)]
        ended += _end(tx, over, now)
        leaving = [one for one in fit if isinstance(one, Letter)]
        letters += _start(tx, claimant, channel, leaving, now)
        if len(leaving) == len(rows):
            look_at = (
                None if rows or not claimant.rates[channel] else order.chat_free_at(tx, channel, lane, now)
            )
            return Claimed(tuple(letters), tuple(ended), len(rows) == wanted, look_at)
    return Claimed(tuple(letters), tuple(ended), full=True)


def claim_new(
    tx: Transaction, claimant: Claimant, channel: str, address: str, now: datetime
) -> datetime | None:
    """When a reply that is only being written may leave by the claimant; None: it has to wait its turn."""
    ahead = claimant.ahead(channel, now)
    if order.held_back(tx, channel, address, Lane.ANSWER, now, ahead):
        return None
    return _times(tx, claimant, channel, [address], now)[0]


def take_back(tx: Transaction, worker: str, now: datetime) -> int:
    """Frees what an earlier life of this worker had started: replies leave again, the rest is in doubt."""
    freed = tx.execute(_FREE_REPLIES, {"of": worker, "now": now}).rowcount
    return freed + tx.execute(_DOUBT_STRICT, {"of": worker}).rowcount


def _look(tx: Transaction, row: Row[Any], claimant: Claimant, now: datetime) -> Letter | Ended:
    found = _letter(row, claimant, now, letter_files.of_letter(tx, row.id) if row.files else ())
    if row.state == LetterState.STARTED and row.strict:
        return Ended(found, LetterState.UNKNOWN, "lease-ran-out")
    if row.attempts >= TRIES:
        return Ended(found, LetterState.DEAD, "lease-ran-out")
    if row.campaign_id is not None and row.person_id is None:
        return Ended(found, LetterState.SKIPPED, "left")
    if row.useful_until and row.useful_until <= now:
        return Ended(found, LetterState.SKIPPED, TOO_LATE)
    return found


def _judged(
    tx: Transaction, found: Sequence[Letter], judge: Judge | None, now: datetime
) -> list[Letter | Ended]:
    """Those that leave, the campaigns' as the judge has them, and those that end; what is moved is neither."""
    of_campaigns = [one for one in found if one.campaign_id is not None]
    if judge is None or not of_campaigns:
        return list(found)
    said = dict(zip([one.id for one in of_campaigns], judge(tx, of_campaigns), strict=True))
    judged = [(one, said.get(one.id, one)) for one in found]
    move(tx, [(one, verdict) for one, verdict in judged if isinstance(verdict, Later | Elsewhere)], now)
    return [
        Ended(one, LetterState.SKIPPED, verdict.reason) if isinstance(verdict, Skip) else verdict
        for one, verdict in judged
        if isinstance(verdict, Letter | Skip)
    ]


def page_of(row: Row[Any]) -> Page:
    """The page of a letter's row, without its files."""
    buttons = tuple(Button(label, press, tuple(also)) for label, press, also in row.buttons)
    return Page(row.html, buttons, row.numbered, row.subject or "", row.language)


def _letter(row: Row[Any], claimant: Claimant, now: datetime, files: tuple[File, ...]) -> Letter:
    return Letter(
        id=row.id,
        channel=row.channel,
        address=row.address,
        page=replace(page_of(row), files=files),
        lane=Lane(row.lane),
        strict=row.strict,
        worker=claimant.worker,
        attempt=row.attempts + 1,
        at=now,
        lease_until=now + claimant.lease,
        key=row.key,
        ticket_id=row.ticket_id,
        campaign_id=row.campaign_id,
        person_id=row.person_id,
        token=row.token or (new_token() if row.campaign_id else ""),
        thread=row.thread,
        put_off_at=row.put_off_at,
    )


def _end(tx: Transaction, over: Sequence[Ended], now: datetime) -> Sequence[Ended]:
    if over:
        tx.execute(_END, [{"the_id": one.letter.id, "to": one.state, "why": one.reason} for one in over])
    late = (one.letter for one in over if one.reason == TOO_LATE and one.letter.campaign_id is not None)
    reminders.note(tx, (reminders.skipped(one, TOO_LATE, now) for one in late if not is_asked(one)))
    return over


def _start(
    tx: Transaction, claimant: Claimant, channel: str, found: Sequence[Letter], now: datetime
) -> list[Letter]:
    if not found:
        return []
    times = _times(tx, claimant, channel, [one.address for one in found], now)
    started = [replace(one, at=at) for one, at in zip(found, times, strict=True) if at]
    if started:
        given = {"ids": [one.id for one in started], "by": claimant.worker, "until": now + claimant.lease}
        tx.execute(_START, given)
        write_pages(tx, [one for one in started if one.campaign_id is not None])
    return started


def _times(
    tx: Transaction, claimant: Claimant, channel: str, addresses: Sequence[str], now: datetime
) -> list[datetime | None]:
    """When a letter to each address may leave; None where another worker was faster."""
    rate = claimant.rates[channel]
    if not rate:
        return [now] * len(addresses)
    first = pace.take_channel(tx, channel, rate, len(addresses), now)
    if first is None:
        return [None] * len(addresses)
    slots = [first + place * pace.gap(rate) for place in range(len(addresses))]
    return [
        at if pace.take_chat(tx, channel, address, at, now) else None
        for at, address in zip(slots, addresses, strict=True)
    ]


_id = letter.c.id
_started = and_(order.is_state(letter, *UNSENT), order.is_state(letter, LetterState.STARTED))
_of = bindparam("of", type_=String)
_START = (
    update(letter)
    .where(_id.in_(bindparam("ids", expanding=True, type_=Integer)))
    .values(
        state=LetterState.STARTED,
        worker=bindparam("by", type_=String),
        attempts=letter.c.attempts + 1,
        due=bindparam("until", type_=Instant),
    )
)
_END = (
    update(letter)
    .where(_id == bindparam("the_id"))
    .values(state=bindparam("to", type_=String), reason=bindparam("why", type_=String))
)
_FREE_REPLIES = (
    update(letter)
    .where(_started, letter.c.worker == _of, letter.c.strict.is_(False))
    .values(state=LetterState.WAITING, worker=None, due=bindparam("now", type_=Instant))
)
_DOUBT_STRICT = (
    update(letter)
    .where(_started, letter.c.worker == _of, letter.c.strict.is_(True))
    .values(state=LetterState.UNKNOWN, reason="worker-restarted")
)
