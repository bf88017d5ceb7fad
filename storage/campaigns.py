"""Campaigns: all reminders of one rule, period and offset, or one that somebody made by hand."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass, fields
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import BindParameter, Row, and_, bindparam, exists, func, or_, select, update
from sqlalchemy.dialects.postgresql import insert

from storage.database import Transaction
from storage.order import is_state
from storage.states import UNSENT, Audience, CampaignState, Standing
from storage.tables import campaign, letter

OPEN: Final = (CampaignState.FILLING, CampaignState.RUNNING, CampaignState.PAUSED)
"""Those of which letters may still leave."""


UNPAUSED: Final = (CampaignState.FILLING, CampaignState.RUNNING, CampaignState.DONE)


@dataclass(frozen=True, slots=True)
class Aim:
    """Whom a campaign is for, and about what."""

    audience: Audience
    period: str
    """The key of the declaration period."""
    school_id: int | None = None
    """Whose people only; at most one of the two."""
    centre_id: int | None = None
    standing: Standing | None = None
    """Of staff, only those who stand so; None: all who have not taken part."""


@dataclass(frozen=True, slots=True)
class NewCampaign:
    """A campaign that is to be; its letters are put into the outbox within a minute."""

    key: str
    """Another one with the same key is never made: `rule:period:offset`, or `hand:TOKEN`."""
    rule: str
    aim: Aim
    day: date
    """The local day that it belongs to."""
    useful_until: datetime
    offset: int | None = None
    """Days before the deadline, negative after it; None: made by hand."""
    note: str | None = None
    """What whoever made it wants to say."""
    made_by: int | None = None


@dataclass(frozen=True, slots=True)
class Campaign:
    """A campaign as it stands."""

    id: int
    key: str
    rule: str
    aim: Aim
    day: date
    useful_until: datetime
    offset: int | None
    note: str | None
    made_by: int | None
    made_at: datetime
    state: CampaignState
    reason: str | None
    """Why it was skipped."""
    filled_to: int
    """People up to this id have been decided on."""
    ended_at: datetime | None


def begin(tx: Transaction, new: NewCampaign, now: datetime, skipped: str | None = None) -> int | None:
    """Makes a campaign: its id; None when there is one with this key. `skipped`: why nothing of it is sent."""
    state = CampaignState.SKIPPED if skipped else CampaignState.FILLING
    values = {name: value for name, value in asdict(new).items() if name != "aim"} | asdict(new.aim)
    ended = {"reason": skipped, "ended_at": now} if skipped else {}
    made = insert(campaign).values(**values, made_at=now, state=state, **ended)
    made_id = made.on_conflict_do_nothing(index_elements=[campaign.c.key]).returning(campaign.c.id)
    return tx.execute(made_id).scalar()


def by_id(tx: Transaction, campaign_id: int) -> Campaign | None:
    """The campaign with this id."""
    row = tx.execute(select(campaign).where(campaign.c.id == campaign_id)).first()
    return read_campaign(row) if row else None


def by_ids(tx: Transaction, ids: Collection[int]) -> Mapping[int, Campaign]:
    """The campaigns with these ids; none of them is paused, resumed or cancelled before the transaction ends."""
    return {row.id: read_campaign(row) for row in tx.execute(_BY_IDS, {"ids": list(ids)})}


def keys(tx: Transaction, wanted: Collection[str]) -> frozenset[str]:
    """Those of the keys that there are campaigns of."""
    found = select(campaign.c.key).where(campaign.c.key.in_(list(wanted)))
    return frozenset(tx.scalars(found))


def next_to_fill(tx: Transaction) -> Campaign | None:
    """The campaign whose letters are to be written next, locked: of one day, the nearest to its deadline first."""
    row = tx.execute(_TO_FILL).first()
    return read_campaign(row) if row else None


def filled_to(tx: Transaction, campaign_id: int, person_id: int) -> None:
    """Everybody up to this id has been decided on."""
    tx.execute(update(campaign).where(campaign.c.id == campaign_id).values(filled_to=person_id))


def filled(tx: Transaction, campaign_id: int) -> bool:
    """Everybody has been decided on. False: it was not being filled."""
    return _becomes(tx, campaign_id, CampaignState.RUNNING, CampaignState.FILLING)


def pause(tx: Transaction, campaign_id: int) -> bool:
    """Nothing of it leaves until it is resumed. False: it was not under way."""
    return _becomes(tx, campaign_id, CampaignState.PAUSED, CampaignState.FILLING, CampaignState.RUNNING)


def pause_faulty(tx: Transaction, campaign_id: int) -> bool:
    """The same where it is at fault, and also where it had ended but for what somebody asked for."""
    return _becomes(tx, campaign_id, CampaignState.PAUSED, *UNPAUSED)


def resume(tx: Transaction, campaign_id: int) -> bool:
    """It goes on where it stood, filling included. False: it was not paused."""
    return _becomes(tx, campaign_id, CampaignState.FILLING, CampaignState.PAUSED)


def cancel(tx: Transaction, campaign_id: int, now: datetime) -> bool:
    """Nothing of it leaves any more; what waits is skipped. False: it had ended."""
    return _becomes(tx, campaign_id, CampaignState.CANCELLED, *OPEN, ended_at=now)


def with_unsent(tx: Transaction, *states: CampaignState) -> tuple[Campaign, ...]:
    """Those that stand so and of which a letter has still to leave."""
    found = select(campaign).where(campaign.c.state.in_(states), _UNSENT_LETTERS)
    return tuple(map(read_campaign, tx.execute(found.order_by(campaign.c.id))))


def standing(tx: Transaction, states: Collection[CampaignState]) -> tuple[Campaign, ...]:
    """Those that stand so, the newest first."""
    found = select(campaign).where(campaign.c.state.in_(states)).order_by(campaign.c.id.desc())
    return tuple(map(read_campaign, tx.execute(found)))


def planned_since(tx: Transaction, day: date) -> tuple[Campaign, ...]:
    """Those of the plan, of that day or later, of which something has left or may still."""
    unsent = (CampaignState.SKIPPED, CampaignState.CANCELLED)
    planned = and_(campaign.c.offset.is_not(None), campaign.c.day >= day, campaign.c.state.not_in(unsent))
    return tuple(map(read_campaign, tx.execute(select(campaign).where(planned))))


def end_empty(tx: Transaction, now: datetime) -> int:
    """Ends those under way of which no letter has still to leave, nor can any come: how many.

    Whoever is not decided on yet is, before a campaign ends.
    """
    late = and_(campaign.c.state == CampaignState.PAUSED, campaign.c.useful_until <= now)
    over = or_(campaign.c.state == CampaignState.RUNNING, late)
    ended = update(campaign).where(over, ~_UNSENT_LETTERS).values(state=CampaignState.DONE, ended_at=now)
    return tx.execute(ended).rowcount


def _becomes(
    tx: Transaction, campaign_id: int, to: CampaignState, *before: CampaignState, **values: Any
) -> bool:
    wanted = update(campaign).where(campaign.c.id == campaign_id, campaign.c.state.in_(before))
    return tx.execute(wanted.values(state=to, **values)).rowcount == 1


def read_campaign(row: Row[Any]) -> Campaign:
    """The campaign of a row with all its columns."""
    values = row._mapping
    aim = Aim(
        Audience(row.audience),
        row.period,
        row.school_id,
        row.centre_id,
        Standing(row.standing) if row.standing else None,
    )
    kept = {one.name: values[one.name] for one in fields(Campaign) if one.name != "aim"}
    return Campaign(**kept | {"aim": aim, "state": CampaignState(row.state)})


_UNSENT_LETTERS = exists().where(letter.c.campaign_id == campaign.c.id, is_state(letter, *UNSENT))
_ids: BindParameter[int] = bindparam("ids", expanding=True)
_BY_IDS = select(campaign).where(campaign.c.id.in_(_ids)).with_for_update(read=True)
_TO_FILL = (
    select(campaign)
    .where(campaign.c.state == CampaignState.FILLING)
    .order_by(
        campaign.c.day,
        campaign.c.offset.is_(None),
        func.abs(campaign.c.offset),
        campaign.c.id,
    )
    .limit(1)
    .with_for_update()
)
