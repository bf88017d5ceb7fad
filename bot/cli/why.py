"""`declic why`: what somebody was reminded of and how that ended, and why they were not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, Final

from bot.cli.person.whom import Unclear, roster_of, the_person
from bot.cli.told import Told, operators_wording
from bot.clock import SystemClock
from bot.compose import furnish
from bot.settings import Settings
from handlers import ABILITIES
from handlers.reminders.about import deadline_of, period_of
from handlers.reminders.untold import STILL_SPOKEN_OF, Asked, ask, coming, untold, why_not_by
from handlers.reminders.why_not import Answer
from storage import campaigns, people, reminders
from storage.campaigns import Campaign
from storage.database import Transaction
from storage.people import Person
from storage.reminders import Past

MOST: Final = 50
"""Reminders told, the newest."""


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
        return _lately(ask(tx, settings, person, now, now - STILL_SPOKEN_OF))
    campaign = campaigns.by_id(tx, campaign_id)
    if campaign is None:
        return None
    asked = ask(tx, settings, person, now, campaign.made_at)
    past = reminders.of_campaign(tx, campaign_id, person.id)
    return _told(
        asked, [_past(asked, past) if past else _untold(asked, campaign, why_not_by(asked, campaign))]
    )


def _lately(asked: Asked) -> Mapping[str, object]:
    told = [_past(asked, one) for one in reminders.of_person(asked.tx, asked.person.id, MOST)]
    since = (asked.now - STILL_SPOKEN_OF).date()
    others = [_untold(asked, one, answer) for one, answer in untold(asked, since)]
    mine = [one for one in others if one["answer"].reason != "no-role"]
    newest_first = sorted((*told, *mine), key=lambda one: (one["day"], one["number"]), reverse=True)
    return _told(asked, newest_first, others=len(others) - len(mine), coming=_coming(asked), since=since)


def _told(asked: Asked, about: Sequence[Mapping[str, Any]], **facts: object) -> Mapping[str, object]:
    return {"person": asked.person, "about": about, "others": 0, "coming": None, "since": None, **facts}


def _past(asked: Asked, past: Past) -> Mapping[str, Any]:
    campaign = campaigns.by_id(asked.tx, past.campaign_id)
    assert campaign  # noqa: S101 - the ledger refers to it
    return {**_about(asked, campaign), "entry": past, "answer": None}


def _untold(asked: Asked, campaign: Campaign, answer: Answer) -> Mapping[str, Any]:
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
    found = coming(asked)
    if found is None:
        return None
    return {
        "number": None,
        "day": found.occasion.day,
        "rule": found.occasion.rule.name,
        "period": found.occasion.period,
        "deadline": found.occasion.deadline,
        "offset": found.occasion.offset,
        "by": None,
        "answer": found.answer,
        "channel": found.channel,
    }
