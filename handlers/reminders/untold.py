"""Of which reminders the ledger tells somebody nothing, and why they were not reached; and which comes next."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Final

from bot.settings import Settings
from handlers.reminders.about import kind_of
from handlers.reminders.plan import Occasion, planned
from handlers.reminders.why_not import UNKNOWN, Answer, Case, why_not
from storage import audiences, campaigns, circumstances
from storage.belonging import ROLES
from storage.campaigns import Aim, Campaign
from storage.circumstances import Records
from storage.database import Transaction
from storage.people import Person
from storage.states import Audience, ReminderKind

STILL_SPOKEN_OF: Final = timedelta(days=60)
"""Campaigns that did not reach somebody are told so far back."""
AHEAD: Final = timedelta(days=200)
"""How far ahead the next one is looked for: from the end of a school year into the next."""


@dataclass(frozen=True, slots=True)
class Asked:
    """Whom it is about, when it is asked, and by what."""

    tx: Transaction
    settings: Settings
    person: Person
    records: Records
    now: datetime
    """In the organisation's zone."""


@dataclass(frozen=True, slots=True)
class Coming:
    """The next one of the plan for a role of theirs, as of now."""

    occasion: Occasion
    answer: Answer | None
    """Whether anything stands in its way."""
    channel: str | None


def ask(tx: Transaction, settings: Settings, person: Person, now: datetime, since: datetime) -> Asked:
    """About campaigns from that moment on: what was sent in the week before counts too."""
    records = circumstances.of_person(tx, person.id, since - timedelta(days=7))
    return Asked(tx, settings, person, records, now)


def untold(asked: Asked, since: date) -> Iterator[tuple[Campaign, Answer]]:
    """The campaigns from that day on of which the ledger tells nothing, newest first, and why."""
    for one in circumstances.campaigns_untold(asked.tx, asked.person.id, since):
        if found := campaigns.by_id(asked.tx, one):
            yield found, why_not_by(asked, found)


def why_not_by(asked: Asked, campaign: Campaign) -> Answer:
    """Why this one did not reach them."""
    waits = circumstances.waits(asked.tx, asked.person.id, campaign.id)
    case = _case(asked, campaign.aim, kind_of(campaign), campaign.day, campaign.made_at)
    case = replace(case, campaign_id=campaign.id, state=campaign.state, waits=waits)
    return why_not(case) or Answer(UNKNOWN, then=False)


def coming(asked: Asked) -> Coming | None:
    """The next one of the plan, from tomorrow on."""
    if not asked.settings.reminders:
        return None
    tomorrow = asked.now.date() + timedelta(days=1)
    ahead = planned(tomorrow, asked.now.date() + AHEAD, asked.settings)
    mine = [one for one in ahead if asked.person.roles & set(ROLES[one.rule.audience])]
    begun = campaigns.keys(asked.tx, [one.key for one in mine])
    occasion = next((one for one in mine if one.key not in begun), None)
    return _coming(asked, occasion) if occasion else None


def _coming(asked: Asked, one: Occasion) -> Coming:
    aim = Aim(one.rule.audience, one.period.key)
    facts = audiences.facts(asked.tx, aim, [asked.person.id]).get(asked.person.id)
    answer = why_not(_case(asked, aim, one.rule.kind, one.day, asked.now))
    return Coming(one, answer, facts.at.channel if facts and facts.at else None)


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
