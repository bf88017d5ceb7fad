"""`declic rehearse`: a whole school year on a copy of the database, and what would leave when."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from bot.cli.rehearsal.copying import copy_of
from bot.cli.rehearsal.declaring import declared
from bot.cli.rehearsal.playing import Play
from bot.cli.rehearsal.telling import Morning, year_of
from bot.cli.told import Told, operators_wording
from bot.compose import furnish
from bot.markup import to_plain
from bot.settings import Settings
from bot.settings.operating import sqlite_file
from bot.working_days import ONE_DAY
from handlers import ABILITIES, demo
from handlers.declarations.periods import Period, period_of
from handlers.reminders.plan import planned
from handlers.reports import morning
from storage import people, rehearsal, roles
from storage.copies import CopyFaulty
from storage.database import Database, Transaction
from storage.rehearsal import DatabaseOlder
from storage.states import Role


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be rehearsed."""

    year: str
    """Such as 2026-2027."""
    since: date | None = None
    until: date | None = None
    """The last day, included."""
    texts: bool = False
    """Whether an example of each text is shown."""
    share: float = 0
    """Of the people who declare in each period before its deadline."""


@dataclass(frozen=True, slots=True)
class Span:
    """The days that are played, both included."""

    first: date
    last: date

    @property
    def days(self) -> Iterator[date]:
        return (self.first + n * ONE_DAY for n in range((self.last - self.first).days + 1))


async def rehearse(settings: Settings, wanted: Wanted, *, in_demo: bool = False) -> Told:
    """Day by day what would leave; nothing is sent, and the database is only read.

    `in_demo`: the fictional organisation, as it is the day before.
    """
    wording, span = operators_wording(), span_of(wanted)
    if span is None:
        return wording.told("cli/rehearse-refused", {"why": "days", "year": wanted.year}, ok=False)
    try:
        async with copy_of(settings, empty=in_demo) as copy:
            if in_demo:
                noon = datetime.combine(span.first - timedelta(days=1), time(12), settings.zone)
                await copy.write(lambda tx: demo.load_demo(tx, noon))
            return await _rehearsed(settings, copy, wanted, span)
    except DatabaseOlder:
        return wording.told("cli/rehearse-refused", {"why": "older", "year": wanted.year}, ok=False)
    except CopyFaulty as faulty:
        told = {"file": sqlite_file(settings.database), "reason": wording.why(faulty.why)}
        return wording.told("cli/copy-faulty", told, ok=False)


def span_of(wanted: Wanted) -> Span | None:
    """The year's days, or some of them; None where there are none."""
    begins, _, ends = wanted.year.partition("-")
    if not (begins.isdecimal() and ends.isdecimal() and len(begins) == len(ends) == len("2026")):
        return None
    year = int(begins)
    if int(ends) != year + 1 or not 2000 <= year < 2100:
        return None
    whole = Span(Period(year, 1).first, Period(year, 3).deadline)
    span = Span(wanted.since or whole.first, wanted.until or whole.last)
    return span if whole.first <= span.first <= span.last <= whole.last else None


async def _rehearsed(settings: Settings, copy: Database, wanted: Wanted, span: Span) -> Told:
    house = furnish(settings, ABILITIES)
    declaring = await copy.read(rehearsal.who_declares)
    periods = _periods(span)
    play = Play(house, copy, span.first, span.last)
    await play.play(declared(declaring, periods, wanted.share, settings.zone))
    rows = await copy.read(lambda tx: rehearsal.told(tx, span.first))
    occasions = planned(span.first, span.last, settings) if settings.reminders else ()
    mornings = await copy.read(lambda tx: _mornings(tx, span, settings)) if settings.reminders else ()
    year = year_of(rows, occasions, settings.zone, mornings)
    shown = await copy.read(lambda tx: rehearsal.examples(tx, span.first)) if wanted.texts else ()
    facts: Mapping[str, object] = {
        "year": year,
        "span": span,
        "school_year": wanted.year,
        "people": len(declaring),
        "share": wanted.share * 100,
        "cap": settings.unasked_a_week,
        "plan": settings.reminders,
        "examples": [(one, to_plain(one.html)) for one in shown],
    }
    in_zone = replace(operators_wording(), wording=house.wording)
    return in_zone.told("cli/rehearse", facts)


def _mornings(tx: Transaction, span: Span, settings: Settings) -> tuple[Morning, ...]:
    """On which the operators get their digest, where they are reached."""
    reached = (people.addresses(tx, one) for one in roles.holders(tx, Role.OPERATOR))
    left = Counter(addresses[0].channel for addresses in reached if addresses)
    eights = (datetime.combine(day, morning.BEGINS, settings.zone) for day in span.days)
    return tuple(Morning(at, left) for at in eights if left and morning.round_at(at))


def _periods(span: Span) -> tuple[Period, ...]:
    """Those that reminders of these days are about: also of the one before, whose deadline is just over."""
    found = [period_of(span.first).before]
    while found[-1].deadline < span.last:
        found.append(found[-1].next)
    return tuple(found)
