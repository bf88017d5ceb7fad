"""Holds: nothing leaves while one stands, until a human releases it. `storage.order` asks for them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, func, or_, select, update
from sqlalchemy.dialects.postgresql import insert

from bot.messages import Lane
from storage import campaign_waiting, lineage, mailboxes
from storage.database import Transaction
from storage.lineage import Past
from storage.order import NEVER_HELD, is_state
from storage.states import UNSENT, HoldReason, LetterState
from storage.tables import hold, letter

SKIPPED = "not-released"
"""Why a letter was skipped at a release."""


@dataclass(frozen=True, slots=True)
class Hold:
    """Why nothing leaves, and since when."""

    reason: HoldReason
    since: datetime


@dataclass(frozen=True, slots=True)
class Waiting:
    """Letters of a kind that still have to leave."""

    channel: str
    lane: Lane
    count: int
    oldest: datetime
    """When the first of them could have left."""


def standing(tx: Transaction) -> tuple[Hold, ...]:
    """Those that stand, the oldest first; none: letters leave."""
    found = select(hold.c.reason, hold.c.since).where(hold.c.released_at.is_(None))
    return tuple(Hold(HoldReason(row.reason), row.since) for row in tx.execute(found.order_by(hold.c.id)))


def put(tx: Transaction, reason: HoldReason, now: datetime) -> bool:
    """From this commit on nothing leaves; False where one for the same reason stands already."""
    made = insert(hold).values(reason=reason, since=now).on_conflict_do_nothing().returning(hold.c.id)
    return tx.execute(made).scalar() is not None


def put_if_gone_back(tx: Transaction, known_as: str, seen: Past, now: datetime) -> bool:
    """Holds a database that knows less than what was seen of it; False where it does not, or holds already.

    Asked in the transaction that holds: a release may have come between.
    """
    if lineage.identity(tx) != known_as or not lineage.past(tx).knows_less_than(seen):
        return False
    mailboxes.heard_before(tx, seen.mailboxes)
    return put(tx, HoldReason.WENT_BACK, now)


def waiting(tx: Transaction) -> tuple[Waiting, ...]:
    """What would leave at a release, by channel and lane."""
    kinds = (letter.c.channel, letter.c.lane)
    counted = select(*kinds, func.count().label("count"), func.min(letter.c.due).label("oldest"))
    rows = tx.execute(counted.where(_HELD).group_by(*kinds).order_by(*kinds)).all()
    return tuple(Waiting(row[0], Lane(row[1]), row[2], row[3]) for row in rows)


def to_skip(tx: Transaction, before: datetime) -> int:
    """How many of them `release` would skip."""
    return int(
        tx.execute(select(func.count()).select_from(letter).where(_HELD, _is_old(before))).scalar_one()
    )


def release(tx: Transaction, now: datetime, skip_before: datetime | None = None) -> int:
    """Letters leave from this commit on: how many were skipped.

    `skip_before`: letters of campaigns, which the ledger notes, and all that could have left before then, are skipped.
    """
    skipped = 0
    if skip_before is not None:
        skipped = campaign_waiting.skip(tx, and_(_HELD, _is_old(skip_before)), SKIPPED, now)
    tx.execute(update(hold).where(hold.c.released_at.is_(None)).values(released_at=now))
    lineage.renew(tx)
    return skipped


def _is_old(before: datetime) -> ColumnElement[bool]:
    return or_(letter.c.lane == Lane.CAMPAIGN, letter.c.due < before)


_HELD = and_(
    is_state(letter, *UNSENT),
    # A strict one that was started is in doubt, which the next claim says.
    or_(letter.c.state == LetterState.WAITING, letter.c.strict.is_(False)),
    letter.c.channel != NEVER_HELD,
)
