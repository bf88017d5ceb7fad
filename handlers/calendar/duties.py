"""What each role has to do in a school year (entries `calendar-css`, `calendar-school` and `calendar-staff`).

A school year runs from 1 July to 30 June; the establishments of a school year are selected in the June before it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from handlers.declarations.periods import BEGINNINGS, Period
from storage.people import Place
from storage.states import DECLARING_ROLES, Role, Sector

ONE_DAY = timedelta(days=1)
RELAYED = timedelta(days=28)
"""Before a deadline: when messages to forward begin to come."""
ALL_YEAR = timedelta(days=330)
NOTICES = frozenset({"selected", "school-selected", "fees"})
"""What somebody else tells of: nothing is to be done by the last day."""


@dataclass(frozen=True, slots=True)
class Duty:
    """Something to do from the first day to the last, both included."""

    name: str
    """Its label in the template `calendar/duties`."""
    first: date
    last: date
    period: Period | None = None
    """The declaration period that it is about; its last day is then the deadline."""
    shown: tuple[date, date] | None = None
    """The first and the last day of it in a calendar; None: all its days."""

    @property
    def is_notice(self) -> bool:
        return self.name in NOTICES

    @property
    def lasts_all_year(self) -> bool:
        return self.last - self.first >= ALL_YEAR

    @property
    def key(self) -> str:
        """Names it among all duties of all years."""
        return f"{self.name}-{self.period.key if self.period else self.first.year}"


Duties = Callable[[int], Iterator[Duty]]
"""Those of the school year that begins in a calendar year."""


def duties_of(places: tuple[Place, ...], since: date, years: int = 1) -> tuple[Duty, ...]:
    """What somebody in these places still has to do, what ends first before the rest; `years` school years of it."""
    first = since.year if since >= date(since.year, *BEGINNINGS[0]) else since.year - 1
    # The June of a school year belongs to the next one's selection.
    wanted = (duties for place in places for duties in of_place(place))
    found = {duty for duties in wanted for year in range(first, first + years + 1) for duty in duties(year)}
    end = date(first + years, *BEGINNINGS[0])
    return tuple(
        sorted(
            (duty for duty in found if since <= duty.last < end),
            key=lambda duty: (duty.last, duty.first, duty.name),
        )
    )


def of_place(place: Place) -> tuple[Duties, ...]:
    """What that role brings there; nothing for a role without duties."""
    own = OF_ROLE.get(place.role, ())
    return (
        (_school_selected, *own)
        if place.role is Role.SCHOOL_ADMIN and place.sector is Sector.PRIVATE
        else own
    )


def _selected(year: int) -> Iterator[Duty]:
    yield _month("selected", year, 6)


def _school_selected(year: int) -> Iterator[Duty]:
    yield _month("school-selected", year, 6)


def _contacts(year: int) -> Iterator[Duty]:
    yield _month("contacts", year, 8)


def _headcount(year: int) -> Iterator[Duty]:
    yield _month("headcount", year, 9)


def _school_account(year: int) -> Iterator[Duty]:
    yield _month("school-account", year, 8)


def _account(year: int) -> Iterator[Duty]:
    last = Period(year, 1).deadline
    yield Duty("account", date(year, 8, 1), last, shown=(last, last))


def _declare(year: int) -> Iterator[Duty]:
    for one in _periods(year):
        yield Duty("declare", one.first, one.deadline, one, (one.deadline, one.deadline))


def _follow_up(year: int) -> Iterator[Duty]:
    """From August on, when whoever follows up gets their own account."""
    for one in _periods(year):
        first = max(one.first, date(year, 8, 1))
        yield Duty("follow-up", first, one.deadline, one, (one.deadline, one.deadline))


def _relay(year: int) -> Iterator[Duty]:
    for one in _periods(year):
        yield Duty("relay", one.first, one.deadline, one, (one.deadline - RELAYED, one.deadline))


def _fees(year: int) -> Iterator[Duty]:
    """In a calendar it would lie over every day of the year: it stands there once, when accounts are made."""
    august = date(year, 8, 1)
    yield Duty("fees", Period(year, 1).first, Period(year, 3).deadline, shown=(august, august))


def _periods(year: int) -> Iterator[Period]:
    yield from (Period(year, number) for number in range(1, len(BEGINNINGS) + 1))


def _month(name: str, year: int, month: int) -> Duty:
    first = date(year, month, 1)
    return Duty(name, first, date(year, month + 1, 1) - ONE_DAY)


OF_ROLE: Mapping[Role, tuple[Duties, ...]] = {
    Role.CSS_ADMIN: (_selected, _contacts, _headcount, _relay),
    Role.SCHOOL_ADMIN: (_school_account, _follow_up, _fees),
    **dict.fromkeys(DECLARING_ROLES, (_account, _declare)),
}
