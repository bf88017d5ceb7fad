"""The letters of campaigns in the outbox: put in without a page, held back, brought back, given up."""

from __future__ import annotations

from collections.abc import Collection
from datetime import UTC, datetime
from typing import Any, Final

from sqlalchemy import (
    BigInteger,
    BindParameter,
    ColumnElement,
    Date,
    Integer,
    Select,
    String,
    and_,
    bindparam,
    cast,
    func,
    literal,
    literal_column,
    select,
    true,
    update,
)
from sqlalchemy.dialects.postgresql import insert

from bot.messages import Lane, Letter
from storage.campaigns import Campaign
from storage.columns import Instant
from storage.database import Transaction
from storage.order import is_state
from storage.people import Address
from storage.states import CampaignState, LetterState, ReminderOutcome
from storage.tables import address, campaign, letter, person, reminder
from storage.taking_part import any_of, way

NEVER: Final = datetime(2999, 1, 1, tzinfo=UTC)
"""When letters of a paused campaign are due."""
AT_ONCE: Final = 1000
"""Letters that one transaction moves, so that nobody who writes meanwhile waits for long."""
ASKED: Final = ":asked"
"""How the keys of letters end that somebody asked for, such as once more tomorrow."""


def key_of(campaign_id: int, person_id: int | str) -> str:
    """The key of the one letter of a campaign to a person."""
    return f"reminder:{campaign_id}:{person_id}"


def is_asked(one: Letter) -> bool:
    """Whether somebody asked for it, such as once more tomorrow."""
    return (one.key or "").endswith(ASKED)


def enqueue(tx: Transaction, campaign: Campaign, person_ids: Collection[int], now: datetime) -> None:
    """Puts in a letter to each of these people, who are all reached somewhere; one that is there stays as it is.

    Its page and its secret are made when it leaves.
    """
    if person_ids:
        given = {
            "campaign": campaign.id,
            "begins": key_of(campaign.id, ""),
            "now": now,
            "useful_until": campaign.useful_until,
            "ids": list(person_ids),
        }
        tx.execute(_ENQUEUE, given)


def once_more(
    tx: Transaction,
    campaign: Campaign,
    person_id: int,
    to: Address,
    language: str,
    due: datetime,
    useful_until: datetime,
) -> None:
    """Puts in another letter of a campaign to somebody who asks for it on another day; for each day one."""
    row = {
        "key": f"{key_of(campaign.id, person_id)}:{due:%Y-%m-%d}{ASKED}",
        "channel": to.channel,
        "address": to.value,
        "language": language,
        "campaign_id": campaign.id,
        "person_id": person_id,
        "due": due,
        "useful_until": useful_until,
    }
    tx.execute(_ONE_MORE, row)


def who_has_another(tx: Transaction, one: Campaign, person_ids: Collection[int]) -> frozenset[int]:
    """Which of these people have a letter of another campaign of its day that has left or may still leave."""
    given = {"ids": list(person_ids), "day": one.day, "this": one.id}
    return frozenset(tx.scalars(_WHO, given)) if person_ids else frozenset()


def hold_back(tx: Transaction, campaign_id: int, now: datetime) -> int:
    """Puts off some of those that are due, until the campaign is resumed: how many.

    The others keep their times, such as tomorrow's; the judge holds them back if it is still paused by then.
    """
    return _move(tx, campaign_id, NEVER, letter.c.due <= now)


def bring_back(tx: Transaction, campaign_id: int, now: datetime) -> int:
    """Lets some of those leave that were held back: how many."""
    return _move(tx, campaign_id, now, letter.c.due >= NEVER)


def give_up(
    tx: Transaction, campaign_id: int, reason: str, now: datetime, *, useless_only: bool = False
) -> int:
    """Skips some of those that wait, and says so in the ledger: how many. `useless_only`: what came too late."""
    which = letter.c.useful_until <= now if useless_only else true()
    ids = list(tx.scalars(_some(campaign_id, which)))
    if ids:
        tx.execute(_SKIPPED.values(state=LetterState.SKIPPED, reason=reason), {"ids": ids})
        tx.execute(_note_skipped(reason, now), {"ids": ids})
    return len(ids)


def _move(tx: Transaction, campaign_id: int, due: datetime, which: ColumnElement[bool]) -> int:
    some = update(letter).where(letter.c.id.in_(_some(campaign_id, which)))
    return tx.execute(some.values(due=due, attempts=0)).rowcount


def _some(campaign_id: int, which: ColumnElement[bool]) -> Select[tuple[int]]:
    waits = and_(letter.c.campaign_id == campaign_id, is_state(letter, LetterState.WAITING))
    return select(letter.c.id).where(waits, which).limit(AT_ONCE).with_for_update(skip_locked=True)


def _note_skipped(reason: str, now: datetime) -> Any:
    """Of letters that somebody asked for once more, nothing: they have been reached."""
    entries = select(
        letter.c.campaign_id,
        letter.c.person_id,
        literal(ReminderOutcome.SKIPPED.value),
        literal(reason),
        letter.c.id,
        literal(now, Instant),
    ).where(letter.c.id.in_(_ids), letter.c.key.not_like(f"%{ASKED}"))
    columns = ["campaign_id", "person_id", "outcome", "reason", "letter_id", "at"]
    new = insert(reminder).from_select(columns, entries)
    # One that waits for another try stands in the ledger as left: it has not.
    return new.on_conflict_do_update(
        index_elements=[reminder.c.campaign_id, reminder.c.person_id],
        set_={name: new.excluded[name] for name in ("outcome", "reason", "at")},
        where=reminder.c.letter_id == new.excluded.letter_id,
    )


_EMPTY = {
    "lane": literal_column(str(int(Lane.CAMPAIGN))),
    "strict": true(),
    # Nothing to seal, and a page for each of many thousands would take its time.
    "html": literal_column("''"),
    "buttons": literal_column("'[]'"),
}
_ids: BindParameter[int] = bindparam("ids", expanding=True, type_=Integer)
_OF_PERSON = {
    "key": bindparam("begins", type_=String) + cast(person.c.id, String),
    "channel": way(person.c.id, address.c.channel),
    "address": way(person.c.id, address.c.value),
    "language": func.coalesce(person.c.language, "fr"),
    "campaign_id": bindparam("campaign", type_=BigInteger),
    "person_id": person.c.id,
    "due": bindparam("now", type_=Instant),
    "useful_until": bindparam("useful_until", type_=Instant),
    **_EMPTY,
}
_OF_PEOPLE = select(*_OF_PERSON.values()).where(person.c.id.in_(_ids))
_BY_KEY = [letter.c.key]
# One statement for all of them is three times as fast as one for each.
_ENQUEUE = (
    insert(letter).from_select(list(_OF_PERSON), _OF_PEOPLE).on_conflict_do_nothing(index_elements=_BY_KEY)
)
_OF_ONE = {name: bindparam(name, type_=letter.c[name].type) for name in _OF_PERSON if name not in _EMPTY}
_ONE_MORE = insert(letter).values(**_OF_ONE, **_EMPTY).on_conflict_do_nothing(index_elements=_BY_KEY)
# As `key_of`. A day may have more campaigns than one statement takes keys.
_KEY = literal("reminder:") + cast(campaign.c.id, String) + literal(":") + cast(person.c.id, String)
_WHO = select(person.c.id).where(
    person.c.id.in_(_ids),
    any_of(
        campaign.c.day == bindparam("day", type_=Date),
        campaign.c.id != bindparam("this", type_=BigInteger),
        campaign.c.state != CampaignState.SKIPPED,
        letter.c.key == _KEY,
        letter.c.state.not_in([LetterState.SKIPPED, LetterState.DEAD]),
    ),
)
_SKIPPED = update(letter).where(letter.c.id.in_(bindparam("ids", expanding=True, type_=Integer)))
