"""Data for the templates of participation."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from handlers.declarations.periods import Period
from handlers.reports.report import Line, Report, Terms
from handlers.reports.views import ALL, Reach, View
from storage.figures import Counts, Missing
from storage.states import Role

PERIOD = Period(2026, 1)
TERMS = Terms(date(2026, 11, 17), ZoneInfo("America/Toronto"), 14)
SCHOOL = View(Reach.SCHOOL, 12, "École des Tilleuls fictifs", inside=True)
COUNTS = Counts(expected=30, listed=28, registered=25, declared=9, nothing=3, drafts=2, recent=4, unlisted=2)
ROLES = tuple(Line(COUNTS, role=role) for role in (Role.TEACHER, Role.SPECIALIST, Role.PROFESSIONAL))
PEOPLE = (
    Missing(1, "Camille Essai", Role.TEACHER, draft=True, registered=True),
    Missing(2, None, Role.SPECIALIST, draft=False, registered=False, refused=True),
)
FOR_SCHOOL = Report(SCHOOL, PERIOD, TERMS, Line(COUNTS, SCHOOL.name, confirmed=True), ROLES, missing=PEOPLE)
SCHOOLS = tuple(
    Line(replace(COUNTS, declared=number), f"École {number} fictive", "Centre fictif") for number in range(5)
)
HIDDEN = Line(Counts(3, 3), "École du Ruisseau fictif", "Centre fictif", hidden=True)
FOR_ALL = Report(
    ALL,
    PERIOD,
    TERMS,
    Line(COUNTS),
    (*ROLES[:2], replace(ROLES[2], hidden=True)),
    (*SCHOOLS, HIDDEN),
    (Line(COUNTS, "Centre fictif"), Line(COUNTS)),
)
HIDDEN_SCHOOL = Report(replace(SCHOOL, inside=False), PERIOD, TERMS, HIDDEN)
EMPTY = replace(FOR_ALL, total=Line(Counts()), schools=(), centres=())
COMPLETE = replace(FOR_SCHOOL, total=Line(Counts(5, 5, 5, 4, 1)), roles=ROLES[:1], missing=())

REPORTED: Mapping[str, Any] = {
    "report": FOR_SCHOOL,
    "lowest": SCHOOLS,
    "people": PEOPLE,
    "schools": SCHOOLS,
    "told": True,
    "by_letter": True,
}


OF_REPORTS: Mapping[str, Mapping[str, Any]] = {
    "participation/no-period": {"named": "2027-9"},
    "participation/not-followed": {"named": "École du Ruisseau fictif"},
    "not-nudged/elsewhere": {"named": "École du Ruisseau fictif"},
    "cli/report-which": {"name": "Tilleuls", "views": (SCHOOL, SCHOOL)},
}


def cases_of_reports() -> Iterator[Mapping[str, Any]]:
    """Everything that a report may be about, and how near its deadline is."""
    bare = {"lowest": (), "people": (), "schools": (), "told": False, "more": 0}
    yield {"report": FOR_ALL, "by_letter": False}
    yield {"report": replace(FOR_ALL, schools=(*SCHOOLS, HIDDEN, HIDDEN)), "more": 1}
    yield {"report": HIDDEN_SCHOOL, **bare}
    yield {"report": COMPLETE, **bare}
    yield {"report": replace(COMPLETE, total=Line(Counts())), **bare}
    for days in (-20, -1, 0, 1):
        terms = replace(TERMS, today=PERIOD.deadline - timedelta(days=days))
        yield {"report": replace(FOR_SCHOOL, terms=terms)}
