"""« C’est fait », checked against the record of what a reminder asked for: thanks, or what is still missing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from bot import dialogue
from bot.turn import Said, Turn, say
from handlers.declarations.declare import DECLARE
from handlers.declarations.openings import open_now
from handlers.declarations.periods import Period, period_of
from handlers.reports.ordering import ordered
from handlers.reports.views import Reach, View, views_of
from storage import accounts, audiences, declarations, headcounts, talks
from storage.campaigns import Campaign
from storage.states import Audience, Role, Standing


@dataclass(frozen=True, slots=True)
class Asked:
    """What is said to be done: for which period, and by which campaign it was asked for, if by any."""

    period: Period
    campaign: Campaign | None = None


Checks = Callable[[Turn, Asked], Said]


def check(turn: Turn, audience: Audience, asked: Asked) -> Said:
    """What the record says of what that audience is asked for."""
    return CHECKS[audience](turn, asked)


def _staff(turn: Turn, asked: Asked) -> Said:
    found = audiences.standings(turn.tx, asked.period.key, [turn.person.id])
    return OF_STAFF[found.get(turn.person.id, Standing.NOTHING)](turn, asked.period)


def _declared(turn: Turn, period: Period) -> Said:
    sent = sum(one.course.counts for one in declarations.of_person(turn.tx, turn.person.id, period.key))
    return say("done/declared", period=period, sent=sent)


def _said_nothing(_turn: Turn, period: Period) -> Said:
    return say("done/said-nothing", period=period)


def _draft(turn: Turn, period: Period) -> Said:
    kept = talks.unfinished(turn.tx, turn.person.id, DECLARE.name)
    named = kept.answers.get(DECLARE.named_by, {}).get("text") if kept else None
    current = dialogue.current(turn)
    by_letter = turn.heard.envelope is not None
    here = current is not None and kept is not None and current.id == kept.id and not by_letter
    return say("done/draft", period=period, talk=kept.id if kept else "", named=named, here=here)


def _nothing(turn: Turn, period: Period) -> Said:
    sent = declarations.of_person(turn.tx, turn.person.id, period.key)
    ended = next((one.course.state.value for one in sent), None)
    return say("done/nothing", period=period, open=period in open_now(turn), uncounted=ended)


def account(turn: Turn, _asked: Asked | None = None) -> Said:
    """Somebody has their account: only they can tell."""
    running = period_of(turn.today)
    accounts.say(turn.tx, turn.person.id, running.year, turn.now)
    return say("done/account", deadline=running.deadline)


def _in_charge(turn: Turn, asked: Asked) -> Said:
    only = asked.campaign and asked.campaign.aim.school_id
    own = (view for view in views_of(turn.tx, turn.person) if view.inside)
    return _figures(turn, asked.period, [view for view in own if only in (None, view.id)])


def _centres(turn: Turn, asked: Asked) -> Said:
    only = asked.campaign and asked.campaign.aim.centre_id
    own = (view for view in views_of(turn.tx, turn.person) if view.reach is Reach.CENTRE)
    return _figures(turn, asked.period, [view for view in own if only in (None, view.id)])


def _figures(turn: Turn, period: Period, views: list[View]) -> Said:
    """As their reports have them, which keep back what stays at a small school."""
    reports = [ordered(turn, view, period).report for view in views]
    hidden = any(one.total.hidden for one in reports)
    missing = any(one.total.counts.missing for one in reports if not one.total.hidden)
    return say("done/figures", period=period, reports=reports, hidden=hidden, missing=missing)


def _head_counts(turn: Turn, asked: Asked) -> Said:
    year = asked.period.year
    confirmed = headcounts.confirmed(turn.tx, year)
    sites = headcounts.sites_of(turn.tx, turn.person)
    return say("done/headcount", year=year, schools=[one.name for one in sites if one.id not in confirmed])


def _contacts(turn: Turn, _asked: Asked) -> Said:
    followed = (one for one in turn.person.places if one.role is Role.CSS_ADMIN)
    centre_ids = [one.centre_id for one in followed if one.centre_id is not None]
    return say("done/contacts", schools=audiences.schools_without_direction(turn.tx, centre_ids))


OF_STAFF: Final[Mapping[Standing, Callable[[Turn, Period], Said]]] = {
    Standing.DECLARED: _declared,
    Standing.SAID_NOTHING: _said_nothing,
    Standing.DRAFT: _draft,
    Standing.NOTHING: _nothing,
}
CHECKS: Final[Mapping[Audience, Checks]] = {
    Audience.STAFF: _staff,
    Audience.ABSENT: account,
    Audience.IN_CHARGE: _in_charge,
    Audience.CENTRES: _centres,
    Audience.HEADCOUNT: _head_counts,
    Audience.CONTACTS: _contacts,
}
