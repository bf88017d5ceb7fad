"""The outbox: what has to leave, put in by the transaction that caused it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.dialects.postgresql import insert

from bot.messages import Lane, Letter, Page, Thread
from storage import letter_files
from storage.claims import Claimant, claim_new
from storage.database import Transaction
from storage.states import LetterState
from storage.tables import letter
from storage.verdicts import new_token


@dataclass(frozen=True, slots=True)
class NewLetter:
    """A page to send to an address."""

    channel: str
    address: str
    page: Page
    lane: Lane = Lane.ANSWER
    strict: bool = False
    """Never sent twice (campaigns); any other letter is sent again when nobody knows whether it left."""
    key: str | None = None
    """A second letter with the same key is never taken in, even when the first has left."""
    due: datetime | None = None
    """Not before then; None: at once."""
    useful_until: datetime | None = None
    """From then on it is skipped."""
    ticket_id: int | None = None
    """What a reply to this letter is about."""
    talk_id: str | None = None
    """The talk whose question it puts."""
    thread: Thread | None = None
    """What it answers; None: it begins a thread."""
    campaign_id: int | None = None
    """The campaign that it is a reminder of: its page is written when it leaves."""
    person_id: int | None = None
    """Whom it reminds."""
    traceless: bool = False
    """Whether it has no secret: what answers it, whoever it was passed on to, is a stranger's."""


@dataclass(frozen=True, slots=True)
class Put:
    """What became of letters put into the outbox."""

    new: int
    """How many were not in it yet."""
    claimed: tuple[Letter, ...] = ()
    """Those that the claimant has to send now."""


def put(
    tx: Transaction, letters: Iterable[NewLetter], now: datetime, claimant: Claimant | None = None
) -> Put:
    """Takes letters in, each key once; of one address in this order.

    A claimant, given for the few letters of one turn, gets at once those replies that nothing holds back.
    """
    if claimant is None:
        return Put(_put_waiting(tx, tuple(letters), now))
    made = [_put_or_claim(tx, new, now, claimant) for new in letters]
    claimed = (one for one in made if isinstance(one, Letter))
    return Put(len(made) - made.count(None), tuple(claimed))


_INSERT = insert(letter).on_conflict_do_nothing(index_elements=[letter.c.key]).returning(letter.c.id)


def _insert(tx: Transaction, rows: Sequence[dict[str, Any]]) -> Sequence[int]:
    return tx.execute(_INSERT, rows).scalars().all() if rows else ()


def _put_waiting(tx: Transaction, letters: Sequence[NewLetter], now: datetime) -> int:
    """How many are new. Those with files are put in one by one, since their ids are needed."""
    if not any(new.page.files for new in letters):
        return len(_insert(tx, [_row(new, now) for new in letters]))
    return sum(len(_insert_one(tx, new, _row(new, now))) for new in letters)


def _insert_one(tx: Transaction, new: NewLetter, row: dict[str, Any]) -> Sequence[int]:
    ids = _insert(tx, [row])
    for letter_id in ids:
        letter_files.put(tx, letter_id, new.page.files)
    return ids


def _put_or_claim(
    tx: Transaction, new: NewLetter, now: datetime, claimant: Claimant
) -> Letter | NewLetter | None:
    """The letter as claimed, or as it waits; None when its key was there."""
    at = claim_new(tx, claimant, new.channel, new.address, now) if _leaves_now(new, now, claimant) else None
    row = _row(new, now) | (_started(claimant, now) if at else {})
    ids = _insert_one(tx, new, row)
    if not ids or at is None:
        return new if ids else None
    return _claimed(new, row | {"id": ids[0]}, at)


def _started(claimant: Claimant, now: datetime) -> dict[str, Any]:
    """What the row of a letter says that is claimed as it is written."""
    return {
        "state": LetterState.STARTED,
        "worker": claimant.worker,
        "attempts": 1,
        "due": now + claimant.lease,
    }


def _claimed(new: NewLetter, row: Mapping[str, Any], at: datetime) -> Letter:
    return Letter(
        id=row["id"],
        channel=new.channel,
        address=new.address,
        page=new.page,
        lane=new.lane,
        strict=new.strict,
        worker=row["worker"],
        attempt=row["attempts"],
        at=at,
        lease_until=row["due"],
        key=new.key,
        ticket_id=new.ticket_id,
        token=row["token"] or "",
        thread=new.thread,
    )


def _leaves_now(new: NewLetter, now: datetime, claimant: Claimant) -> bool:
    at_once = new.lane is Lane.ANSWER and not new.strict and (new.due is None or new.due <= now)
    fresh = new.useful_until is None or now < new.useful_until
    return at_once and fresh and claimant.serves(new.channel, new.address)


def _row(new: NewLetter, now: datetime) -> dict[str, Any]:
    return {
        "key": new.key,
        "channel": new.channel,
        "address": new.address,
        "lane": new.lane,
        "strict": new.strict,
        "html": new.page.html,
        "buttons": [[button.label, button.press, button.also] for button in new.page.buttons],
        "numbered": new.page.numbered,
        "subject": new.page.subject or None,
        "language": new.page.language,
        "ticket_id": new.ticket_id,
        "talk_id": new.talk_id,
        "campaign_id": new.campaign_id,
        "person_id": new.person_id,
        "token": None if new.traceless else new_token(),
        "thread": new.thread,
        "files": len(new.page.files),
        "due": new.due or now,
        "useful_until": new.useful_until,
        "state": LetterState.WAITING,
        "worker": None,
        "attempts": 0,
    }
