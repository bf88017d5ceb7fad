"""Beginning: each minute, the campaigns of the day are begun and filled, those held back or called off put right.

Everything is done in short transactions, the next one begins where the last one ended, and any number of processes may
do it at once: the campaign's row keeps how far it is filled, its lock orders those who fill it, and the key of a letter
keeps a second one out.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, time, timedelta
from functools import partial
from typing import Final

import structlog

from bot.settings.reminders import ReminderSettings
from bot.turn import House
from handlers.reminders.about import kind_of
from handlers.reminders.plan import USEFUL_FOR, Occasion, leaves_on, planned
from storage import audiences, campaign_letters, campaign_waiting, campaigns, people, reminders, roles
from storage.audiences import Candidate
from storage.campaigns import OPEN, Aim, Campaign, NewCampaign
from storage.claims import TOO_LATE
from storage.database import Database, Transaction
from storage.reminders import Entry
from storage.states import CampaignState, ReminderOutcome

log = structlog.get_logger()

AT_ONCE: Final = 1000
"""People that one transaction decides on."""
APART: Final = timedelta(days=3)
"""So near to what has left under a plan that was changed since, nothing is begun about the same."""
LOOKS_BACK: Final = USEFUL_FOR + timedelta(days=10)
"""How far back a reminder that was missed while the machine was down is looked for."""


async def begin_and_fill(house: House, database: Database, now: datetime) -> None:
    """All that is to be done by now; `now` is in the organisation's zone."""
    if house.settings.reminders:
        await _begin(house, database, now)
    await database.write(lambda tx: _call_off(tx, now))
    await _put_right(database, now)
    await _all_of(database, partial(fill, now=now))


async def _begin(house: House, database: Database, now: datetime) -> None:
    due = planned(now.date() - LOOKS_BACK, now.date(), house.settings)
    begun = await database.read(lambda tx: campaigns.keys(tx, [one.key for one in due]))
    lately = await database.read(lambda tx: campaigns.planned_since(tx, now.date() - LOOKS_BACK - APART))
    if missing := [one for one in due if one.key not in begun and not _repeats(one, lately, house.settings)]:
        await database.write(lambda tx: _begin_all(tx, house, missing, now))


def _repeats(one: Occasion, lately: Sequence[Campaign], settings: ReminderSettings) -> bool:
    """The plan was changed, and what it says no more has just reminded the same people of the same."""
    offsets = one.rule.offsets(settings, one.deadline)
    return any(
        (other.rule, other.aim.period) == (one.rule.name, one.period.key)
        and other.offset not in offsets
        and abs(other.day - one.day) <= APART
        for other in lately
    )


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


def _call_off(tx: Transaction, now: datetime) -> None:
    """What somebody has made is called off once they are in charge of its place no more."""
    for one in campaigns.standing(tx, OPEN):
        aim, maker = one.aim, one.made_by
        if maker is not None and not roles.is_in_charge(tx, maker, aim.school_id, aim.centre_id):
            campaigns.cancel(tx, one.id, now)
            log.info("campaign-changed", how="cancel", campaign=one.id, by=None)


async def _put_right(database: Database, now: datetime) -> None:
    """What waits follows its campaign, paused, resumed, called off or no longer of use, and the channels served."""
    for one in await database.read(lambda tx: campaigns.with_unsent(tx, *OPEN, CampaignState.CANCELLED)):
        await _all_of(database, partial(_follow, one.id, now))
    await _all_of(database, partial(campaign_waiting.lead_elsewhere, now=now))
    await database.write(lambda tx: campaigns.end_empty(tx, now))


def _follow(campaign_id: int, now: datetime, tx: Transaction) -> int:
    """As it stands now: it may have been paused or resumed since it was looked for."""
    one = campaigns.by_ids(tx, [campaign_id])[campaign_id]
    late = one.useful_until <= now and one.state is not CampaignState.CANCELLED
    follow = GIVE_UP_LATE if late else FOLLOWS.get(one.state)
    return follow(tx, campaign_id, now) if follow else 0


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
        if not campaign_waiting.bring_back(tx, campaign.id, now):
            campaigns.filled(tx, campaign.id)
        return 1
    found = audiences.candidates(tx, campaign.aim, campaign.filled_to, to)
    left_out = _left_out(tx, campaign, found, now)
    due = max(now, datetime.combine(campaign.day, time(), now.tzinfo))
    reached = (one for one in found if one.person_id not in left_out)
    campaign_letters.enqueue(tx, campaign, reached, due)
    reminders.note(
        tx, (Entry(campaign.id, one, outcome, now, reason=why) for one, (outcome, why) in left_out.items())
    )
    campaigns.filled_to(tx, campaign.id, to)
    return 1


def _left_out(
    tx: Transaction, campaign: Campaign, found: Sequence[Candidate], now: datetime
) -> Mapping[int, tuple[ReminderOutcome, str | None]]:
    """What becomes of those who get no letter.

    Who does not want the kind gets none either: it would take the place of another one of that day.
    """
    ids = [one.person_id for one in found]
    if campaign.useful_until <= now:
        return dict.fromkeys(ids, (ReminderOutcome.SKIPPED, TOO_LATE))
    busy = campaign_letters.who_has_another(tx, campaign, ids)
    unwanted, kind = reminders.who_does_not_want(tx, ids), kind_of(campaign)
    nowhere = {one.person_id for one in found if not one.address}
    return {
        **dict.fromkeys(busy, (ReminderOutcome.MERGED, None)),
        # The later ones count, as `storage.reasons` has it.
        **dict.fromkeys(nowhere, (ReminderOutcome.SKIPPED, "unreachable")),
        **{one: (ReminderOutcome.SKIPPED, "unwanted") for one in ids if (one, kind) in unwanted},
    }


Follow = Callable[[Transaction, int, datetime], int]
"""What is done at that moment to some of the letters of the campaign with this id: to how many."""
GIVE_UP_LATE: Final[Follow] = partial(campaign_waiting.give_up, reason=TOO_LATE, useless_only=True)
FOLLOWS: Final[Mapping[CampaignState, Follow]] = {
    CampaignState.FILLING: campaign_waiting.bring_back,
    CampaignState.PAUSED: campaign_waiting.hold_back,
    CampaignState.CANCELLED: partial(campaign_waiting.give_up, reason="cancelled"),
}
"""What happens to the letters of a campaign that stands so; one that is resumed is filled again from where it was."""
