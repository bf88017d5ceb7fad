"""Forecasts: whom a campaign would reach if it left now and whom it would leave out, and what was like it lately."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from typing import Any, Final

from sqlalchemy import (
    CTE,
    ColumnElement,
    Date,
    Integer,
    Select,
    String,
    and_,
    bindparam,
    case,
    cast,
    func,
    literal,
    literal_column,
    or_,
    select,
    text,
)

from bot.messages import Lane
from storage.audiences import aimed_at, given_for, scope_of
from storage.belonging import Scope
from storage.campaigns import OPEN, Aim, Campaign, read_campaign
from storage.columns import Instant
from storage.database import Transaction
from storage.order import is_state
from storage.reasons import ORDER
from storage.reminders import SENT_UNASKED_LATELY
from storage.states import UNSENT, Audience, LetterState, ReminderKind
from storage.tables import address, campaign, invitation, letter, person, reminder, reminder_choice, school
from storage.taking_part import any_of, way

LEFT: Final = (LetterState.STARTED, LetterState.SENT, LetterState.UNKNOWN)
"""Letters that somebody has, or may have, or is about to."""


@dataclass(frozen=True, slots=True)
class Rules:
    """What keeps a reminder back from somebody who would be due one."""

    kind: ReminderKind
    """What they may have switched off."""
    day: date
    """On which it would leave: of two reminders of one day, one goes."""
    since: datetime
    """From when on what was sent unasked counts."""
    at_most: int
    """Messages that somebody is sent unasked since then."""


@dataclass(frozen=True, slots=True)
class Forecast:
    """How many people a campaign would be about."""

    reached: Mapping[str, int] = field(default_factory=dict)
    """By channel."""
    left_out: Mapping[str, int] = field(default_factory=dict)
    """By reason, in the words of the ledger; `merged`: they have another reminder of that day."""

    @property
    def count(self) -> int:
        """Whom it would reach."""
        return sum(self.reached.values())


def forecast(tx: Transaction, aim: Aim, rules: Rules) -> Forecast:
    """Counts as the judge would decide; the first reason counts. Some seconds for everybody of Quebec."""
    if tx.dialect.name == "postgresql":
        # It would spend longer on compiling than on counting.
        tx.execute(text("SET LOCAL jit = off"))
    counted = _counted(aim.audience, scope_of(aim), aim.standing is not None)
    reached: Counter[str] = Counter()
    left_out: Counter[str] = Counter()
    for row in tx.execute(counted, _given(aim, rules)):
        of = left_out if row.reason else reached
        of[row.reason or row.channel] += row.number
    return Forecast(dict(reached), dict(left_out))


def who(tx: Transaction, aim: Aim, rules: Rules) -> tuple[str | None, ...]:
    """The names of those whom it would reach, for whoever may know them: the people of one school."""
    each, reason = _each_one(aim.audience, scope_of(aim), aim.standing is not None, person.c.name)
    found = select(each.c.name).where(reason.is_(None))
    return tuple(tx.scalars(found, _given(aim, rules)))


def waiting(tx: Transaction, until: datetime) -> Mapping[str, int]:
    """How many letters of campaigns are to leave by then, by channel."""
    found = select(letter.c.channel, func.count().label("number")).where(
        letter.c.lane == literal_column(str(int(Lane.CAMPAIGN))),
        is_state(letter, *UNSENT),
        letter.c.due <= until,
    )
    return {row.channel: row.number for row in tx.execute(found.group_by(letter.c.channel))}


def alike(tx: Transaction, aim: Aim, limit: int = 10) -> tuple[Campaign, ...]:
    """The campaigns for the same audience and period, of the same place or one around it, the newest first."""
    around = [and_(campaign.c.school_id.is_(None), campaign.c.centre_id.is_(None))]
    if aim.school_id is not None:
        its_centre = select(school.c.centre_id).where(school.c.id == aim.school_id).scalar_subquery()
        around += [campaign.c.school_id == aim.school_id, campaign.c.centre_id == its_centre]
    if aim.centre_id is not None:
        around.append(campaign.c.centre_id == aim.centre_id)
    same = and_(campaign.c.audience == aim.audience, campaign.c.period == aim.period)
    newest = select(campaign).where(same, or_(*around)).order_by(campaign.c.id.desc()).limit(limit)
    return tuple(map(read_campaign, tx.execute(newest)))


def begun(tx: Transaction, key: str) -> Campaign | None:
    """The campaign with this key, once there is one."""
    row = tx.execute(select(campaign).where(campaign.c.key == key)).first()
    return read_campaign(row) if row else None


def _given(aim: Aim, rules: Rules) -> dict[str, object]:
    own = {"kind": rules.kind, "day": rules.day, "since": rules.since, "most": rules.at_most}
    return {**given_for(aim), **own}


@cache
def _counted(audience: Audience, scope: Scope, one_standing: bool) -> Select[Any]:
    each, reason = _each_one(audience, scope, one_standing)
    groups = (reason, case((reason.is_(None), each.c.channel)))
    number = func.count().label("number")
    return select(groups[0].label("reason"), groups[1].label("channel"), number).group_by(*groups)


def _each_one(
    audience: Audience, scope: Scope, one_standing: bool, *also: ColumnElement[Any]
) -> tuple[CTE, ColumnElement[Any]]:
    """Everybody whom it is for, and why it leaves them out, if it does."""
    each = (
        select(
            *also,
            case(*((WISHES[one], one) for one in ORDER if one in WISHES)).label("wish"),
            way(person.c.id, address.c.channel).label("channel"),
            case(*((HAD[one], one) for one in ORDER if one in HAD)).label("had"),
        )
        .where(*aimed_at(audience, scope, one_standing))
        .cte("each_one")
        # Or everybody's address is looked up as often as it is spoken of.
        .prefix_with("MATERIALIZED")
    )
    nowhere = case((each.c.channel.is_(None), "unreachable"))
    return each, func.coalesce(each.c.wish, nowhere, each.c.had)


_UNWANTED = any_of(
    reminder_choice.c.person_id == person.c.id,
    reminder_choice.c.kind == bindparam("kind", type_=String),
    reminder_choice.c.wanted.is_(False),
)
_SENT_LATELY = select(func.count()).where(reminder.c.person_id == person.c.id, SENT_UNASKED_LATELY)
_INVITED_LATELY = select(func.count()).where(
    invitation.c.person_id == person.c.id, invitation.c.made_at >= bindparam("since", type_=Instant)
)
_HAD: ColumnElement[int] = _SENT_LATELY.scalar_subquery() + _INVITED_LATELY.scalar_subquery()
_ENOUGH: ColumnElement[bool] = bindparam("most", type_=Integer) <= _HAD
# As `campaign_letters.key_of`: a letter is found by its key at once.
_KEY = literal("reminder:") + cast(campaign.c.id, String) + literal(":") + cast(person.c.id, String)
_HAS_ANOTHER = any_of(
    campaign.c.day == bindparam("day", type_=Date),
    letter.c.key == _KEY,
    or_(letter.c.state.in_(LEFT), and_(letter.c.state == LetterState.WAITING, campaign.c.state.in_(OPEN))),
)
WISHES: Final = {"stopped": person.c.reminders.is_(False), "unwanted": _UNWANTED}
HAD: Final = {"merged": _HAS_ANOTHER, "enough": _ENOUGH}
"""Of `storage.reasons`; « unreachable » comes between the two."""
