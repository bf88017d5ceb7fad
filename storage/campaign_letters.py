"""The letters of campaigns in the outbox: put in without a page, which is written when they leave."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import UTC, date, datetime, time, timedelta
from typing import Final

from sqlalchemy import (
    JSON,
    BigInteger,
    BindParameter,
    ColumnElement,
    Date,
    Integer,
    String,
    bindparam,
    cast,
    func,
    literal,
    literal_column,
    or_,
    select,
    true,
    type_coerce,
)
from sqlalchemy.dialects.postgresql import insert

from bot.messages import Lane, Letter
from storage.audiences import Candidate
from storage.campaigns import Campaign
from storage.columns import Instant
from storage.database import Transaction
from storage.people import Address
from storage.states import CampaignState, LetterState, ReminderOutcome
from storage.tables import campaign, letter, person, reminder
from storage.taking_part import any_of

ASKED: Final = ":asked"
"""How the keys of letters end that somebody asked for, such as once more tomorrow."""
ASKED_WITHIN: Final = timedelta(days=30)
"""How long before that day at most they have been reminded: longer than any holidays but a summer."""


def key_of(campaign_id: int, person_id: int | str) -> str:
    """The key of the one letter of a campaign to a person."""
    return f"reminder:{campaign_id}:{person_id}"


def asked_on(day: date) -> str:
    """How the key of a letter ends that somebody asked for on that day."""
    return f":{day:%Y-%m-%d}{ASKED}"


def is_asked(one: Letter) -> bool:
    """Whether somebody asked for it, such as once more tomorrow."""
    return (one.key or "").endswith(ASKED)


def enqueue(tx: Transaction, campaign: Campaign, people: Iterable[Candidate], due: datetime) -> None:
    """Puts in a letter to each of these people, who are all reached somewhere; one that is there stays as it is.

    Its page and its secret are made when it leaves.
    """
    given = {
        "campaign": campaign.id,
        "begins": key_of(campaign.id, ""),
        "due": due,
        "useful_until": campaign.useful_until,
        "people": {str(one.person_id): (one.channel, one.address, one.language or "fr") for one in people},
    }
    if given["people"]:
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
        "key": key_of(campaign.id, person_id) + asked_on(due),
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
    """Which of these people have a letter of another campaign of its day that has left or may still leave.

    Or one that they asked for on that day, of a campaign before.
    """
    given = {
        "ids": list(person_ids),
        "day": one.day,
        "this": one.id,
        "asked": asked_on(one.day),
        "lately": datetime.combine(one.day, time(), UTC) - ASKED_WITHIN,
    }
    return frozenset(tx.scalars(_WHO, given)) if person_ids else frozenset()


_EMPTY = {
    "lane": literal_column(str(int(Lane.CAMPAIGN))),
    "strict": true(),
    # Nothing to seal, and a page for each of many thousands would take its time.
    "html": literal_column("''"),
    "buttons": literal_column("'[]'"),
}
_ids: BindParameter[int] = bindparam("ids", expanding=True, type_=Integer)
# Handed over as one text, and not looked up again: without statistics, PostgreSQL reads everybody for each span.
_people = func.json_each(bindparam("people", type_=JSON)).table_valued("key", "value", name="each_person")
_way = type_coerce(_people.c.value, JSON)
_OF_PERSON = {
    "key": bindparam("begins", type_=String) + cast(_people.c.key, String),
    "channel": _way[0].as_string(),
    "address": _way[1].as_string(),
    "language": _way[2].as_string(),
    "campaign_id": bindparam("campaign", type_=BigInteger),
    "person_id": cast(_people.c.key, BigInteger),
    "due": bindparam("due", type_=Instant),
    "useful_until": bindparam("useful_until", type_=Instant),
    **_EMPTY,
}
# Without a WHERE, SQLite takes ON CONFLICT for part of a join.
_OF_PEOPLE = select(*_OF_PERSON.values()).where(true())
_BY_KEY = [letter.c.key]
# One statement for all of them is three times as fast as one for each.
_ENQUEUE = (
    insert(letter).from_select(list(_OF_PERSON), _OF_PEOPLE).on_conflict_do_nothing(index_elements=_BY_KEY)
)
_OF_ONE = {name: bindparam(name, type_=letter.c[name].type) for name in _OF_PERSON if name not in _EMPTY}
_ONE_MORE = insert(letter).values(**_OF_ONE, **_EMPTY).on_conflict_do_nothing(index_elements=_BY_KEY)
_KEPT = letter.c.state.not_in([LetterState.SKIPPED, LetterState.DEAD])


def _key(campaign_id: ColumnElement[int]) -> ColumnElement[str]:
    """As `key_of`. A day may have more campaigns than one statement takes keys."""
    return literal("reminder:") + cast(campaign_id, String) + literal(":") + cast(person.c.id, String)


_HAS_ANOTHER = any_of(
    campaign.c.day == bindparam("day", type_=Date),
    campaign.c.id != bindparam("this", type_=BigInteger),
    campaign.c.state != CampaignState.SKIPPED,
    letter.c.key == _key(campaign.c.id),
    _KEPT,
)
_ASKED_FOR_ONE = any_of(
    reminder.c.person_id == person.c.id,
    reminder.c.at >= bindparam("lately", type_=Instant),
    reminder.c.outcome == ReminderOutcome.TOMORROW,
    letter.c.key == _key(reminder.c.campaign_id) + bindparam("asked", type_=String),
    _KEPT,
)
_WHO = select(person.c.id).where(person.c.id.in_(_ids), or_(_HAS_ANOTHER, _ASKED_FOR_ONE))
