"""The letters of campaigns that wait: held back, brought back, taken to where people are reached now, given up."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any, Final

from sqlalchemy import (
    ColumnElement,
    Select,
    and_,
    literal,
    literal_column,
    select,
    true,
    update,
)
from sqlalchemy.dialects.postgresql import insert

from bot.messages import Lane
from storage import campaign_merged, channels_off
from storage.campaign_letters import ASKED
from storage.columns import Instant
from storage.database import Transaction
from storage.order import is_state
from storage.states import LetterState, ReminderOutcome
from storage.tables import address, letter, person, reminder
from storage.taking_part import way

NEVER: Final = datetime(2999, 1, 1, tzinfo=UTC)
"""When letters of a paused campaign are due."""
AT_ONCE: Final = 1000
"""Letters that one transaction moves, so that nobody who writes meanwhile waits for long."""
UNREACHABLE: Final = "unreachable"


def hold_back(tx: Transaction, campaign_id: int, now: datetime) -> int:
    """Puts off some of those that are due, until the campaign is resumed: how many.

    The others keep their times, such as tomorrow's; the judge holds them back if it is still paused by then.
    """
    return _put_off(tx, campaign_id, NEVER, letter.c.due <= now)


def bring_back(tx: Transaction, campaign_id: int, now: datetime) -> int:
    """Lets some of those leave that were held back: how many."""
    return _put_off(tx, campaign_id, now, letter.c.due >= NEVER)


def give_up(
    tx: Transaction, campaign_id: int, now: datetime, reason: str, *, useless_only: bool = False
) -> int:
    """Skips some of those that wait, and says so in the ledger: how many. `useless_only`: what came too late."""
    which = letter.c.useful_until <= now if useless_only else true()
    ids = tx.scalars(_some(letter.c.campaign_id == campaign_id, which)).all()
    skip(tx, letter.c.id.in_(ids), reason, now)
    campaign_merged.let_go(tx, campaign_id, _whom(tx, ids), now)
    return len(ids)


def _whom(tx: Transaction, ids: Sequence[Any]) -> Sequence[int]:
    """Of these letters the people to whom they were to go unasked."""
    found = select(letter.c.person_id).where(
        letter.c.id.in_(ids), letter.c.person_id.is_not(None), _IS_UNASKED
    )
    return [one for one in tx.scalars(found) if one is not None]


def lead_elsewhere(tx: Transaction, now: datetime) -> int:
    """Takes some of those on channels that nobody serves to where their people are reached now: how many.

    Who is reached nowhere any more is skipped, and the ledger says so.
    """
    ids = tx.scalars(_some(_IS_CAMPAIGN, channels_off.is_off(letter.c.channel))).all()
    if ids:
        these = letter.c.id.in_(ids)
        skip(tx, and_(these, _way(address.c.channel).is_(None)), UNREACHABLE, now)
        tx.execute(_LEAD_ELSEWHERE.where(these, is_state(letter, LetterState.WAITING)))
    return len(ids)


def skip(tx: Transaction, which: ColumnElement[bool], reason: str, now: datetime) -> int:
    """These do not leave any more, and the ledger says why of those of campaigns: how many."""
    tx.execute(_note_skipped(which, reason, now))
    return tx.execute(update(letter).where(which).values(state=LetterState.SKIPPED, reason=reason)).rowcount


def _put_off(tx: Transaction, campaign_id: int, due: datetime, which: ColumnElement[bool]) -> int:
    some = update(letter).where(letter.c.id.in_(_some(letter.c.campaign_id == campaign_id, which)))
    return tx.execute(some.values(due=due, attempts=0)).rowcount


def _some(*which: ColumnElement[bool]) -> Select[tuple[int]]:
    waits = is_state(letter, LetterState.WAITING)
    return select(letter.c.id).where(waits, *which).limit(AT_ONCE).with_for_update(skip_locked=True)


def _note_skipped(which: ColumnElement[bool], reason: str, now: datetime) -> Any:
    """Of letters that somebody asked for once more, nothing: they have been reached."""
    entries = select(
        letter.c.campaign_id,
        letter.c.person_id,
        literal(ReminderOutcome.SKIPPED.value),
        literal(reason),
        letter.c.id,
        literal(now, Instant),
    ).where(which, letter.c.campaign_id.is_not(None), letter.c.person_id.is_not(None), _IS_UNASKED)
    columns = ["campaign_id", "person_id", "outcome", "reason", "letter_id", "at"]
    new = insert(reminder).from_select(columns, entries)
    # One that waits for another try stands in the ledger as left: it has not.
    return new.on_conflict_do_update(
        index_elements=[reminder.c.campaign_id, reminder.c.person_id],
        set_={name: new.excluded[name] for name in ("outcome", "reason", "at")},
        where=reminder.c.letter_id == new.excluded.letter_id,
    )


def _way(shown: ColumnElement[str]) -> ColumnElement[Any]:
    """Where whom a letter reminds is reached now."""
    return select(way(person.c.id, shown)).where(person.c.id == letter.c.person_id).scalar_subquery()


_IS_CAMPAIGN = letter.c.lane == literal_column(str(int(Lane.CAMPAIGN)))
_IS_UNASKED = letter.c.key.not_like(f"%{ASKED}")
_LEAD_ELSEWHERE = update(letter).values(
    channel=_way(address.c.channel), address=_way(address.c.value), attempts=0, put_off_at=None
)
