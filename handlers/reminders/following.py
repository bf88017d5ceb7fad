"""What reminders tell those who follow participation: their schools from inside, a service centre's from outside."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Final

from handlers.declarations.declare import DECLARE
from handlers.declarations.periods import Period
from handlers.reminders.about import period_of
from handlers.reminders.matter import Data, Matter, places_of, whom
from handlers.reports.digest import digest_for
from handlers.reports.report import Line, Report, Terms, read_report
from handlers.reports.views import Reach, View, views_of
from storage import audiences, participation, reminders, talks
from storage.campaigns import Aim
from storage.states import Audience, ReminderKind, Role

NAMED: Final = 5
"""People whom a reminder names."""


def in_charge(matter: Matter) -> Data:
    """Each of their schools, until when it is still open after the deadline, and who is to be reached otherwise."""
    period = period_of(matter.campaign)
    only = matter.campaign.aim.school_id
    own = {place.school_id: place.school for place in places_of(matter, Role.SCHOOL_ADMIN) if place.school_id}
    schools = {one: name for one, name in own.items() if only in (None, one)}
    return {
        "schools": [_of_school(matter, one, name or "") for one, name in schools.items()],
        "open_until": period.open_until(matter.today, matter.house.settings.grace_days),
        "own": _own(matter),
        **_unreached(matter, schools),
    }


def _of_school(matter: Matter, school_id: int, name: str) -> Data:
    since = _terms(matter).since
    counted = participation.of_school(matter.tx, school_id, matter.campaign.aim.period, since=since).total
    return {
        "name": name,
        "done": counted.took_part,
        "expected": counted.out_of,
        "recent": counted.recent,
        "missing": counted.missing,
        "drafts": counted.drafts,
    }


def _unreached(matter: Matter, school_ids: Collection[int]) -> Data:
    """Who took no part yet and is reached nowhere: only a word of somebody else's reaches them."""
    period = matter.campaign.aim.period
    missing = {one.person_id for id_ in school_ids for one in participation.missing(matter.tx, id_, period)}
    found = audiences.who_without_address(matter.tx, school_ids)
    names = {one.person_id: one.name for one in found if one.person_id in missing}
    return {"unreached": [*names.values()][:NAMED], "unreached_more": len(names) - len([*names][:NAMED])}


def centres(matter: Matter) -> Data:
    """Their schools in which somebody is missing, and of how many the figures stay at the school."""
    terms, period = _terms(matter), period_of(matter.campaign)
    reports = [read_report(matter.tx, view, period, terms) for view in _of_centres(matter)]
    shown = [line for report in reports for line in report.schools if not line.hidden and line.counts.missing]
    return {
        "schools": [_of_line(line) for line in shown],
        "hidden": sum(report.hidden_schools for report in reports),
        "own": _own(matter),
    }


def _of_line(line: Line) -> Data:
    counts = line.counts
    return {"name": line.name, "done": counts.took_part, "expected": line.out_of, "recent": counts.recent}


def _of_centres(matter: Matter) -> Iterator[View]:
    only = matter.campaign.aim.centre_id
    views = (view for view in views_of(matter.tx, whom(matter)) if view.reach is Reach.CENTRE)
    return (view for view in views if only in (None, view.id))


def digest(matter: Matter) -> Data:
    """What the week has brought, in each school and service centre that they follow."""
    period: Period = period_of(matter.campaign)
    told = digest_for(matter.tx, whom(matter), period, _terms(matter))
    reports: list[Report] = told["reports"]
    own = [report.view.id for report in reports if report.view.inside and report.view.id]
    return {"reports": reports, "own": _own(matter), **_unreached(matter, own)}


def _own(matter: Matter) -> Data | None:
    """What those who teach as well have not declared themselves, with the draft that waits; None: nothing is due.

    Nor is it said to who wants no reminders of it.
    """
    period, person_id = matter.campaign.aim.period, matter.facts.person_id
    closes = period_of(matter.campaign).closes(matter.house.settings.grace_days)
    mine = audiences.facts(matter.tx, Aim(Audience.STAFF, period), [person_id]).get(person_id)
    if mine is None or not (mine.belongs and mine.open) or matter.today > closes:
        return None
    if ReminderKind.DEADLINES in reminders.unwanted_by(matter.tx, person_id):
        return None
    draft = talks.unfinished(matter.tx, person_id, DECLARE.name)
    return {"talk": draft and draft.id}


def _terms(matter: Matter) -> Terms:
    settings = matter.house.settings
    return Terms(matter.today, settings.zone, settings.grace_days)
