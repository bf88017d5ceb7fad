"""Merged reminders: of several on one day one goes, and where that one has nothing left to say, the next one does."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import BindParameter, and_, bindparam, delete, func, select

from storage.audiences import Candidate
from storage.campaign_letters import enqueue, who_has_another
from storage.campaigns import OPEN, by_id, read_campaign
from storage.columns import Instant
from storage.database import Transaction
from storage.states import CampaignState, ReminderOutcome
from storage.tables import address, campaign, person, reminder
from storage.taking_part import way


def let_go(tx: Transaction, skipped_id: int, person_ids: Collection[int], now: datetime) -> int:
    """To these people that campaign does not go after all; what was merged into it goes, of each the nearest: how many.

    Each is judged as it leaves, and what becomes of it written into the ledger.
    """
    skipped = by_id(tx, skipped_id)
    if skipped is None or not person_ids:
        return 0
    busy = who_has_another(tx, skipped, person_ids)
    given = {"ids": [one for one in person_ids if one not in busy], "day": skipped.day, "now": now}
    nearest = {row.person_id: row for row in reversed(tx.execute(_MERGED, given).all())}
    for row in nearest.values():
        to = Candidate(row.person_id, row.spoken, row.way_channel, row.way_address)
        enqueue(tx, read_campaign(row), [to], now)
        tx.execute(_FORGET, {"of_campaign": row.id, "of_person": row.person_id})
    return len(nearest)


_ids: BindParameter[int] = bindparam("ids", expanding=True)
_way = way(person.c.id, address.c.channel)
_MERGED = (
    select(
        campaign,
        reminder.c.person_id,
        person.c.language.label("spoken"),
        _way.label("way_channel"),
        way(person.c.id, address.c.value).label("way_address"),
    )
    .join_from(reminder, campaign)
    .join(person, person.c.id == reminder.c.person_id)
    .where(
        reminder.c.person_id.in_(_ids),
        reminder.c.outcome == ReminderOutcome.MERGED,
        campaign.c.day == bindparam("day"),
        campaign.c.state.in_((*OPEN, CampaignState.DONE)),
        campaign.c.useful_until > bindparam("now", type_=Instant),
        _way.is_not(None),
    )
    .order_by(campaign.c.offset.is_(None), func.abs(campaign.c.offset), campaign.c.id)
)
_FORGET = delete(reminder).where(
    and_(
        reminder.c.campaign_id == bindparam("of_campaign"),
        reminder.c.person_id == bindparam("of_person"),
        reminder.c.outcome == ReminderOutcome.MERGED,
    )
)
