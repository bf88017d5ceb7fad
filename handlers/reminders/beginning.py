"""Beginning: each minute, the campaigns of the day are begun and filled, those held back or called off put right.

Everything is done in short transactions, the next one begins where the last one ended, and any number of processes may
do it at once: the campaign's row keeps how far it is filled, its lock orders those who fill it, and the key of a letter
keeps a second one out.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import Final

import structlog

from bot.turn import House
from handlers.reminders.about import kind_of
from handlers.reminders.plan import USEFUL_FOR, Occasion, leaves_on, planned
from storage import audiences, campaign_letters, campaigns, people, reminders
from storage.audiences import Candidate
from storage.campaigns import Aim, Campaign, NewCampaign
from storage.claims import TOO_LATE
from storage.database import Database, Transaction
from storage.reminders import Entry
from storage.states import CampaignState, ReminderOutcome

log = structlog.get_logger()

AT_ONCE: Final = 500
"""People that one transaction decides on."""
LOOKS_BACK: Final = USEFUL_FOR + timedelta(days=10)
"""How far back a reminder that was missed while the machine was down is looked for."""


async def begin_and_fill(house: House, database: Database, now: datetime) -> None:
    """All that is to be done by now; `now` is in the organisation's zone."""
    if house.settings.reminders:
        await _begin(house, database, now)
    await _put_right(database, now)
    await _all_of(database, partial(fill, now=now))


async def _begin(house: House, database: Database, now: datetime) -> None:
    due = planned(now.date() - LOOKS_BACK, now.date(), house.settings)
    begun = await database.read(lambda tx: campaigns.keys(tx, [one.key for one in due]))
    if missing := [one for one in due if one.key not in begun]:
        await database.write(lambda tx: _begin_all(tx, house, missing, now))


def _begin_all(tx: Transaction, house: House, due: Sequence[Occasion], now: datetime) -> None:
    """Those of days when nobody was here yet were not missed."""
    since = people.first_came(tx)
    for one in due:
        if since and one.day >= since.astimezone(house.settings.zone).date():
            _begin_one(tx, house, one, now)


def _begin_one(tx: Transaction, house: House, occasion: Occasion, now: datetime) -> None:
    useful_until = occasion.useful_until(house.settings.zone)
    aim = Aim(occasion.rule.audience, occasion.period.key)
    # What was missed on a Friday leaves on the Monday, with that day's: of all these, one goes.
    day = leaves_on(house.settings, now)
    new = NewCampaign(occasion.key, occasion.rule.name, aim, day, useful_until, occasion.offset)
    skipped = TOO_LATE if useful_until <= now else None
    if campaigns.begin(tx, new, now, skipped):
        log.info("campaign-begun", key=occasion.key, skipped=skipped)


async def _put_right(database: Database, now: datetime) -> None:
    """What waits follows its campaign: paused, resumed, called off, or no longer of use."""
    for one in await database.read(lambda tx: campaigns.with_unsent(tx, *FOLLOWS)):
        await _all_of(database, partial(_follow, one.id, now))
    await database.write(lambda tx: campaigns.end_empty(tx, now))


def _follow(campaign_id: int, now: datetime, tx: Transaction) -> int:
    """As it stands now: it may have been paused or resumed since it was looked for."""
    one = campaigns.by_ids(tx, [campaign_id])[campaign_id]
    late = one.useful_until <= now and one.state is not CampaignState.CANCELLED
    does = _give_up_late if late else FOLLOWS.get(one.state, _leave_alone)
    return does(campaign_id, now, tx)


def _give_up_late(campaign_id: int, now: datetime, tx: Transaction) -> int:
    return campaign_letters.give_up(tx, campaign_id, TOO_LATE, now, useless_only=True)


def _give_up(campaign_id: int, now: datetime, tx: Transaction) -> int:
    return campaign_letters.give_up(tx, campaign_id, "cancelled", now)


def _hold_back(campaign_id: int, now: datetime, tx: Transaction) -> int:
    return campaign_letters.hold_back(tx, campaign_id, now)


def _bring_back(campaign_id: int, now: datetime, tx: Transaction) -> int:
    return campaign_letters.bring_back(tx, campaign_id, now)


def _leave_alone(_campaign_id: int, _now: datetime, _tx: Transaction) -> int:
    return 0


async def _all_of(database: Database, some: Callable[[Transaction], int]) -> None:
    """Does some after some, each in a transaction of its own, until there are none left."""
    while await database.write(some):
        pass


def fill(tx: Transaction, now: datetime) -> int:
    """Decides on the next people of the campaign that is to be filled next: 0 when there is none."""
    campaign = campaigns.next_to_fill(tx)
    if campaign is None:
        return 0
    to = audiences.next_span(tx, campaign.aim, campaign.filled_to, AT_ONCE)
    if to is None:
        # It may have been resumed since what was held back was last looked for: nobody looks for it once it is filled.
        if not campaign_letters.bring_back(tx, campaign.id, now):
            campaigns.filled(tx, campaign.id)
        return 1
    found = audiences.candidates(tx, campaign.aim, campaign.filled_to, to)
    left_out = _left_out(tx, campaign, found)
    campaign_letters.enqueue(tx, campaign, {one.person_id for one in found} - left_out.keys(), now)
    reminders.note(
        tx, (Entry(campaign.id, one, outcome, now, reason=why) for one, (outcome, why) in left_out.items())
    )
    campaigns.filled_to(tx, campaign.id, to)
    return 1


def _left_out(
    tx: Transaction, campaign: Campaign, found: Sequence[Candidate]
) -> Mapping[int, tuple[ReminderOutcome, str | None]]:
    """What becomes of those who get no letter.

    Who does not want the kind gets none either: it would take the place of another one of that day.
    """
    ids = [one.person_id for one in found]
    busy = campaign_letters.who_has_another(tx, campaign, ids)
    unwanted, kind = reminders.who_does_not_want(tx, ids), kind_of(campaign)
    nowhere = {one.person_id for one in found if not one.address}
    return {
        **dict.fromkeys(busy, (ReminderOutcome.MERGED, None)),
        **{one: (ReminderOutcome.SKIPPED, "unwanted") for one in ids if (one, kind) in unwanted},
        **dict.fromkeys(nowhere, (ReminderOutcome.SKIPPED, "unreachable")),
    }


FOLLOWS: Final = {
    CampaignState.FILLING: _bring_back,
    CampaignState.RUNNING: _leave_alone,
    CampaignState.PAUSED: _hold_back,
    CampaignState.CANCELLED: _give_up,
}
"""What happens to the letters of a campaign that stands so; one that is resumed is filled again from where it was."""
