"""What a reminder says to one person, with what is true at that moment."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Final

from bot.messages import Page, Reply
from handlers.declarations.declare import DECLARE
from handlers.reminders.about import deadline_of, kind_of, period_of
from handlers.reminders.following import centres, digest, in_charge
from handlers.reminders.matter import Data, Matter, Overtaken, Told, places_of, whom
from handlers.reminders.plan import next_day_on
from storage import audiences, headcounts, people, talks
from storage.states import Audience, ReminderKind, Role, Standing


def page_for(matter: Matter) -> Page:
    """The reminder as it is read; raises Overtaken."""
    template, told = _template(matter)
    reply = Reply(f"reminders/{template}", {**_common(matter), **told(matter)})
    return matter.house.wording.page([reply], matter.language)


class Pages:
    """Pages in which nothing personal stands are made once for all who read the same."""

    def __init__(self) -> None:
        self._made: dict[object, Page] = {}
        self._day: date | None = None

    def page_for(self, matter: Matter) -> Page:
        """The same as without them."""
        if matter.today != self._day:
            self._made, self._day = {}, matter.today
        if _template(matter)[1] is not _nothing:
            return page_for(matter)
        group = (matter.campaign.id, matter.language, matter.facts.uncounted)
        if group not in self._made:
            self._made[group] = page_for(matter)
        return self._made[group]


def _template(matter: Matter) -> tuple[str, Told]:
    if matter.campaign.aim.audience is Audience.STAFF and matter.facts.standing in OF_STANDING:
        return OF_STANDING[matter.facts.standing]
    if kind_of(matter.campaign) is ReminderKind.DIGEST:
        return "digest", digest
    return TEMPLATES[matter.campaign.aim.audience]


def _common(matter: Matter) -> Data:
    """What all reminders are told: days count up to the deadline, and are negative after it."""
    campaign, deadline = matter.campaign, deadline_of(matter.campaign)
    maker = people.by_id(matter.tx, campaign.made_by) if campaign.made_by else None
    return {
        "campaign": campaign.id,
        "kind": kind_of(campaign).value,
        "period": period_of(campaign),
        "deadline": deadline,
        "days": (deadline - matter.today).days,
        "again": _can_come_again(matter, deadline),
        "note": campaign.note,
        "by": maker and maker.name,
    }


def _can_come_again(matter: Matter, deadline: date) -> bool:
    """Whether « demain » is of use: not on the eve, nor where only days off are left."""
    settings = matter.house.settings
    again = next_day_on(settings, settings.zone, matter.today).date()
    return (deadline - matter.today).days > 1 and again <= deadline


def _nothing(matter: Matter) -> Data:
    """How what they sent ended, where they sent something that does not count."""
    ended = matter.facts.uncounted
    return {"uncounted": ended and ended.value}


def _draft(matter: Matter) -> Data:
    """The talk that waits, and the title that it is about if it has come so far; it may just have been sent."""
    kept = talks.unfinished(matter.tx, matter.facts.person_id, DECLARE.name)
    if kept is None:
        raise Overtaken
    named = kept.answers.get(DECLARE.named_by, {}).get("text")
    return {"draft": {"talk": kept.id, "named": named}}


def _account(matter: Matter) -> Data:
    return {"has_account": matter.facts.has_account}


def _headcount(matter: Matter) -> Data:
    """Their schools without a confirmed head count, with how many are on the roster, numbered as they are asked for."""
    sites = headcounts.sites_of(matter.tx, whom(matter))
    confirmed = headcounts.confirmed(matter.tx, period_of(matter.campaign).year)
    listed = headcounts.listed(matter.tx, [site.id for site in sites])
    unconfirmed = (site for site in sites if site.id not in confirmed)
    return {
        "schools": [
            {"number": site.number, "name": site.name, "staff": listed.get(site.id)} for site in unconfirmed
        ]
    }


def _contacts(matter: Matter) -> Data:
    """Their schools without anybody responsible."""
    names = audiences.schools_without_direction(matter.tx, _centre_ids(matter))
    return {"schools": [{"name": name} for name in names]}


def _centre_ids(matter: Matter) -> list[int]:
    return [place.centre_id for place in places_of(matter, Role.CSS_ADMIN) if place.centre_id is not None]


OF_STANDING: Final[Mapping[Standing | None, tuple[str, Told]]] = {
    Standing.DRAFT: ("draft", _draft),
    Standing.DECLARED: ("thanks", _nothing),
}
"""Of staff, instead of what is told to all."""
TEMPLATES: Final[Mapping[Audience, tuple[str, Told]]] = {
    Audience.STAFF: ("nothing", _nothing),
    Audience.ABSENT: ("account", _account),
    Audience.IN_CHARGE: ("in-charge", in_charge),
    Audience.CENTRES: ("centres", centres),
    Audience.HEADCOUNT: ("headcount", _headcount),
    Audience.CONTACTS: ("contacts", _contacts),
}
