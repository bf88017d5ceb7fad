"""`declic why`: what somebody was reminded of and how that ended, and why they were not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any, Final

from bot.cli.person.whom import Unclear, roster_of, the_person
from bot.cli.told import Told, operators_wording
from bot.clock import SystemClock
from bot.compose import furnish
from bot.settings import Settings
from handlers import ABILITIES
from handlers.reminders.about import deadline_of, kind_of, period_of
from handlers.reminders.plan import Occasion, planned
from handlers.reminders.why_not import UNKNOWN, Answer, Case, why_not
from storage import audiences, campaigns, circumstances, people, reminders
from storage.belonging import ROLES
from storage.campaigns import Aim, Campaign
from storage.circumstances import Records
from storage.database import Transaction
from storage.people import Person
from storage.reminders import Past
from storage.states import Audience, ReminderKind

LATELY: Final = timedelta(days=60)
"""Campaigns that did not reach somebody are told so far back."""
AHEAD: Final = timedelta(days=200)
"""How far ahead the next one is looked for: from the end of a school year into the next."""
MOST: Final = 50
"""Reminders told, the newest."""


@dataclass(frozen=True, slots=True)
class Asked:
    """Whom it is about, when it is asked, and by what."""

    tx: Transaction
    settings: Settings
    person: Person
    records: Records
    now: datetime
    """In the organisation's zone."""


async def why(settings: Settings, person: str, campaign_id: int | None) -> Told:
    """About everything lately, or about one campaign."""
    wording = replace(operators_wording(), wording=furnish(settings, ABILITIES).wording)
    now = SystemClock().now().astimezone(settings.zone)
    try:
        async with roster_of(settings) as database:
            facts = await database.read(
                lambda tx: _facts(tx, settings, the_person(tx, wording, person), campaign_id, now)
            )
    except Unclear as unclear:
        return unclear.told
    if facts is None:
        return wording.told("cli/no-such-campaign", {"number": campaign_id}, ok=False)
    return wording.told("cli/why-person", facts)


def _facts(
    tx: Transaction, settings: Settings, person: Person, campaign_id: int | None, now: datetime
) -> Mapping[str, object] | None:
    if campaign_id is None:
        return _lately(_asked(tx, settings, person, now, now - LATELY))
    campaign = campaigns.by_id(tx, campaign_id)
    if campaign is None:
        return None
    asked = _asked(tx, settings, person, now, campaign.made_at)
    past = reminders.of_campaign(tx, campaign_id, person.id)
    return _told(asked, [_past(asked, past) if past else _untold(asked, campaign)])


def _asked(tx: Transaction, settings: Settings, person: Person, now: datetime, since: datetime) -> Asked:
    """About campaigns from that moment on: what was sent in the week before counts too."""
    records = circumstances.of_person(tx, person.id, since - timedelta(days=7))
    return Asked(tx, settings, person, records, now)


def _lately(asked: Asked) -> Mapping[str, object]:
    told = [_past(asked, one) for one in reminders.of_person(asked.tx, asked.person.id, MOST)]
    since = (asked.now - LATELY).date()
    untold = [_untold(asked, one) for one in _campaigns(asked, since)]
    mine = [one for one in untold if one["answer"].reason != "no-role"]
    newest_first = sorted((*told, *mine), key=lambda one: (one["day"], one["number"]), reverse=True)
    others = len(untold) - len(mine)
    return _told(asked, newest_first, others=others, coming=_coming(asked), since=since)


def _told(asked: Asked, about: Sequence[Mapping[str, Any]], **facts: object) -> Mapping[str, object]:
    return {"person": asked.person, "about": about, "others": 0, "coming": None, "since": None, **facts}


def _campaigns(asked: Asked, since: date) -> Iterator[Campaign]:
    for one in circumstances.campaigns_untold(asked.tx, asked.person.id, since):
        if found := campaigns.by_id(asked.tx, one):
            yield found


def _past(asked: Asked, past: Past) -> Mapping[str, Any]:
    campaign = campaigns.by_id(asked.tx, past.campaign_id)
    assert campaign  # noqa: S101 - the ledger refers to it
    return {**_about(asked, campaign), "entry": past, "answer": None}


def _untold(asked: Asked, campaign: Campaign) -> Mapping[str, Any]:
    waits = circumstances.waits(asked.tx, asked.person.id, campaign.id)
    case = _case(asked, campaign.aim, kind_of(campaign), campaign.day, campaign.made_at)
    case = replace(case, campaign_id=campaign.id, state=campaign.state, waits=waits)
    answer = why_not(case) or Answer(UNKNOWN, then=False)
    return {**_about(asked, campaign), "entry": None, "answer": answer}


def _about(asked: Asked, campaign: Campaign) -> Mapping[str, Any]:
    maker = people.by_id(asked.tx, campaign.made_by) if campaign.made_by else None
    return {
        "number": campaign.id,
        "day": campaign.day,
        "rule": campaign.rule,
        "period": period_of(campaign),
        "deadline": deadline_of(campaign),
        "offset": campaign.offset,
        "by": maker.name if maker else None,
    }


def _coming(asked: Asked) -> Mapping[str, Any] | None:
    """The next one of the plan for a role of theirs; whether anything stands in its way as of now."""
    if not asked.settings.reminders:
        return None
    tomorrow = asked.now.date() + timedelta(days=1)
    ahead = planned(tomorrow, asked.now.date() + AHEAD, asked.settings)
    mine = [one for one in ahead if asked.person.roles & set(ROLES[one.rule.audience])]
    begun = campaigns.keys(asked.tx, [one.key for one in mine])
    occasion = next((one for one in mine if one.key not in begun), None)
    return _occasion(asked, occasion) if occasion else None


def _occasion(asked: Asked, one: Occasion) -> Mapping[str, Any]:
    aim = Aim(one.rule.audience, one.period.key)
    case = _case(asked, aim, one.rule.kind, one.day, asked.now)
    facts = audiences.facts(asked.tx, aim, [asked.person.id]).get(asked.person.id)
    return {
        "number": None,
        "day": one.day,
        "rule": one.rule.name,
        "period": one.period,
        "deadline": one.deadline,
        "offset": one.offset,
        "by": None,
        "answer": why_not(case),
        "channel": facts.at.channel if facts and facts.at else None,
    }


def _case(asked: Asked, aim: Aim, kind: ReminderKind, day: date, moment: datetime) -> Case:
    facts = audiences.facts(asked.tx, aim, [asked.person.id])[asked.person.id]
    done = circumstances.done(asked.tx, asked.person.id, aim.period)
    return Case(
        aim,
        kind,
        day,
        moment,
        asked.settings.zone,
        asked.records,
        done,
        facts.standing,
        facts.open or aim.audience is Audience.STAFF,
        asked.settings.unasked_a_week,
    )
