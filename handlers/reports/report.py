"""A report: the figures of what somebody follows, less what is hidden from them, for one period on one day."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta, tzinfo
from itertools import groupby
from typing import Final

from bot.reading import fold
from handlers.declarations.periods import Period, is_open
from handlers.reports.kept_back import hidden_from
from handlers.reports.masking import Hidden
from handlers.reports.views import Reach, View
from storage import participation
from storage.database import Transaction
from storage.figures import Counts, Figures, Missing, SchoolFigures, added
from storage.states import Role

LATELY: Final = timedelta(days=6)
"""Today and the six days before make what is new since last week."""


@dataclass(frozen=True, slots=True)
class Terms:
    """The day of a report and what it goes by."""

    today: date
    zone: tzinfo
    grace_days: int

    @property
    def since(self) -> datetime:
        """The beginning of the first of the last seven days."""
        return datetime.combine(self.today - LATELY, time.min, self.zone)

    def is_open(self, period: Period) -> bool:
        """Whether a draft of today can still be sent for it in time."""
        return period.first <= self.today and is_open(period, self.today, self.grace_days)


@dataclass(frozen=True, slots=True)
class Line:
    """One group of people; hidden figures are not in it."""

    counts: Counts
    name: str = ""
    centre: str | None = None
    role: Role | None = None
    hidden: bool = False
    confirmed: bool = False
    """Whether the head count was."""

    @property
    def out_of(self) -> int:
        """How many its share is measured by."""
        return self.counts.out_of

    @property
    def share(self) -> int | None:
        """Percent of those expected that took part, whole ones: 100 only when nobody is missing."""
        return None if self.hidden or not self.out_of else 100 * self.counts.took_part // self.out_of


@dataclass(frozen=True, slots=True)
class Report:
    """What somebody reads."""

    view: View
    period: Period
    terms: Terms
    total: Line
    roles: tuple[Line, ...] = ()
    schools: tuple[Line, ...] = ()
    centres: tuple[Line, ...] = ()
    """None named: the private schools together."""
    missing: tuple[Missing, ...] = ()
    """By name, inside a school only."""
    days: tuple[date, ...] = ()
    """When each of a school took part first, in order."""
    days_before: tuple[date, ...] = ()
    """The same for the period before."""

    @property
    def key(self) -> str:
        """How a button names what it is about."""
        return self.at(self.period)

    @property
    def earlier(self) -> str:
        """The same for the period before."""
        return self.at(self.period.before)

    @property
    def later(self) -> str | None:
        """The same for the next period, once it has begun."""
        return self.at(self.period.next) if self.period.next.first <= self.terms.today else None

    def at(self, period: Period) -> str:
        return f"{self.view.key}.{period.key}"

    @property
    def days_left(self) -> int:
        """Until the deadline; 0 on the day itself, negative after it."""
        return (self.period.deadline - self.terms.today).days

    @property
    def open_until(self) -> date | None:
        """When the period closes, once its deadline has passed and while it is open."""
        return self.period.open_until(self.terms.today, self.terms.grace_days)

    @property
    def unreached(self) -> tuple[Missing, ...]:
        """Who took no part yet and is reached nowhere here."""
        return tuple(one for one in self.missing if not one.registered)

    @property
    def lowest(self) -> tuple[Line, ...]:
        """The schools with people missing whose figures are shown, the smallest share first; a closed one has none."""
        open_ones = (one for one in self.schools if one.counts.expected or not one.confirmed)
        shown = (one for one in open_ones if one.share is not None and one.counts.missing)
        return tuple(sorted(shown, key=lambda one: (one.share, -one.counts.missing)))

    @property
    def hidden_schools(self) -> int:
        return sum(one.hidden for one in self.schools)


def read_report(tx: Transaction, view: View, period: Period, terms: Terms) -> Report:
    """Counts it anew: some seconds for all schools, so in a transaction of its own."""
    if view.inside and view.id is not None:
        return _inside(tx, view, view.id, period, terms)
    schools = participation.of_schools(tx, period.key, centre_id=view.of_centre, since=terms.since)
    report = _outside(schools, view, period, terms)
    return report if view.reach is not Reach.SCHOOL else _one_of(tx, report, schools)


def _inside(tx: Transaction, view: View, school_id: int, period: Period, terms: Terms) -> Report:
    figures = participation.of_school(tx, school_id, period.key, since=terms.since)
    is_open = terms.is_open(period)
    missing = sorted(participation.missing(tx, school_id, period.key), key=lambda one: fold(one.name or ""))
    return Report(
        view,
        period,
        terms,
        _line(figures, is_open, name=view.name),
        _roles(figures, is_open, frozenset()),
        missing=tuple(one if is_open else replace(one, draft=False) for one in missing),
        days=_days(tx, school_id, period, terms),
        days_before=_days(tx, school_id, period.before, terms),
    )


def _outside(schools: Sequence[SchoolFigures], view: View, period: Period, terms: Terms) -> Report:
    """All that the reader follows; roles are told of the whole alone, or a school's could be worked out."""
    together, is_open = added(one.figures for one in schools), terms.is_open(period)
    out = hidden_from(view, schools)
    report = Report(
        view,
        period,
        terms,
        _line(together, is_open, name=view.name, hidden=out.whole),
        _roles(together, is_open, out.roles),
        tuple(
            _line(one.figures, is_open, one.school.name, one.school.centre, one.school.id in out.schools)
            for one in schools
        ),
        _centres(schools, out, is_open),
    )
    return _part(report, schools) if view.is_part else report


def _part(report: Report, schools: Sequence[SchoolFigures]) -> Report:
    """One service centre out of all."""
    view = report.view
    own = tuple(
        line for line, one in zip(report.schools, schools, strict=True) if one.school.centre_id == view.id
    )
    total = next((one for one in report.centres if one.name == view.name), Line(Counts(), view.name))
    return replace(report, total=total, schools=own, roles=(), centres=())


def _one_of(tx: Transaction, report: Report, schools: Sequence[SchoolFigures]) -> Report:
    """One school, as it is seen from outside."""
    view, nobody = report.view, Line(Counts(), report.view.name)
    lines = zip(report.schools, schools, strict=True)
    total = next((line for line, one in lines if one.school.id == view.id), nobody)
    alone = Report(view, report.period, report.terms, total)
    if total.hidden or view.id is None:
        return alone
    days = (_days(tx, view.id, period, report.terms) for period in (report.period, report.period.before))
    return replace(alone, days=next(days), days_before=next(days))


def _centres(schools: Iterable[SchoolFigures], out: Hidden, is_open: bool) -> tuple[Line, ...]:
    """Each service centre's schools together, and the private ones."""
    return tuple(
        _line(added(one.figures for one in among), is_open, centre or "", hidden=id_ in out.centres)
        for (id_, centre), among in groupby(schools, lambda one: (one.school.centre_id, one.school.centre))
    )


def _roles(figures: Figures, is_open: bool, out: frozenset[Role]) -> tuple[Line, ...]:
    """The roles that there is anybody in; none of them where all are hidden."""
    held = {role: counts for role, counts in figures.by_role.items() if counts.expected or counts.listed}
    if out >= held.keys():
        return ()
    return tuple(
        replace(_line(Figures(counts), is_open, hidden=role in out), role=role)
        for role, counts in held.items()
    )


def _line(
    figures: Figures, is_open: bool, name: str = "", centre: str | None = None, hidden: bool = False
) -> Line:
    counts = figures.total if is_open else replace(figures.total, drafts=0)
    shown = Counts(counts.expected, counts.listed, unlisted=counts.unlisted) if hidden else counts
    return Line(shown, name, centre, hidden=hidden, confirmed=figures.confirmed)


def _days(tx: Transaction, school_id: int, period: Period, terms: Terms) -> tuple[date, ...]:
    firsts = participation.taken_part(tx, school_id, period.key)
    return tuple(first.astimezone(terms.zone).date() for first in firsts)
