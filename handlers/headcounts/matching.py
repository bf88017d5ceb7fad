"""Which school each line means, and what it would change; in doubt it is asked, never guessed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from bot.reading import fold
from handlers.headcounts.lines import Line
from handlers.school_names import SAYS_SCHOOL, meant
from storage.headcounts import Confirmed, Numbers, Site

NO_PLACE, NO_SCHOOL, WHICH, REPLACED, UNKNOWN = "no-place", "no-school", "which", "replaced", "unknown"

MOST_ASKED: Final = 5
"""Doubts that are asked one after the other; further ones are refused."""


@dataclass(frozen=True, slots=True)
class Known:
    """The schools of whoever tells, and what is known of each."""

    sites: tuple[Site, ...]
    listed: Mapping[int, int]
    """How many people stand on each one's roster."""
    confirmed: Mapping[int, Confirmed]

    def now(self, site: Site) -> Numbers | None:
        """The head count as it is known now: confirmed, or else from the roster."""
        stands = self.confirmed.get(site.id)
        count = self.listed.get(site.id, 0)
        return stands.numbers if stands else Numbers(count) if count else None


@dataclass(frozen=True, slots=True)
class Match:
    """A line and the schools that it may mean: one where there is no doubt, none where it cannot be used."""

    line: Line
    sites: tuple[Site, ...] = ()
    sure: bool = True
    fault: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """What would be confirmed of a school."""

    site: Site
    numbers: Numbers
    before: Numbers | None
    """As it is known now."""
    confirmed: bool
    """Whether that had been confirmed."""
    written: str = ""
    """The name in the line, where it is not the school's, nor a part of it."""

    @property
    def changes(self) -> bool:
        """Whether the number is another one than before."""
        return self.before is None or self.numbers.total != self.before.total


@dataclass(frozen=True, slots=True)
class Refused:
    """A line that cannot be used, and why."""

    number: int
    written: str
    reason: str


@dataclass(frozen=True, slots=True)
class Reading:
    """All that a message would confirm."""

    rows: tuple[Row, ...] = ()
    refused: tuple[Refused, ...] = ()


def matched(lines: Iterable[Line], sites: Sequence[Site]) -> tuple[Match, ...]:
    """Each line with what it may mean; one that names no school and tells no number is prose, save between others."""
    each = [_match(line, sites) for line in lines if not line.everywhere]
    good = [at for at, one in enumerate(each) if not one.fault]
    within = range(good[0], good[-1] + 1) if good else ()
    return tuple(one for at, one in enumerate(each) if one.sites or not one.line.fault or at in within)


def _match(line: Line, sites: Sequence[Site]) -> Match:
    if line.name:
        found, sure = meant(tuple(site.name for site in sites), line.name)
        there = tuple(sites[at] for at in found) or _alone(line, sites)
        return Match(line, there, sure, line.fault or ("" if there else NO_SCHOOL))
    if line.at is None:
        alone = tuple(sites) if len(sites) == 1 else ()
        return Match(line, alone, fault="" if alone else NO_SCHOOL)
    place = next((site for site in sites if site.number == line.at), None)
    return Match(line, (place,) if place else (), fault=line.fault or ("" if place else NO_PLACE))


def _alone(line: Line, sites: Sequence[Site]) -> tuple[Site, ...]:
    """« Nous sommes 14 »: where there is one school, it is asked whether that is meant."""
    speaks_of_it = len(sites) == 1 and not line.fault and not SAYS_SCHOOL.search(fold(line.name))
    return tuple(sites) if speaks_of_it else ()


def read(lines: Sequence[Line], matches: Sequence[Match], known: Known) -> Reading:
    """What the lines would confirm, once each means one school. Of two about one school the last one counts."""
    usable = [one for one in matches if not one.fault and one.sites]
    last = {one.sites[0].id: one for one in usable}
    refused = [Refused(one.line.number, one.line.written, one.fault) for one in matches if one.fault]
    refused += [
        Refused(one.line.number, one.line.written, REPLACED)
        for one in usable
        if last[one.sites[0].id] is not one and one.line.numbers != last[one.sites[0].id].line.numbers
    ]
    if every := next((line for line in lines if line.everywhere), None):
        named = {*last, *(site.id for one in matches if one.fault for site in one.sites)}
        rest = (Match(Line(every.number, site.name), (site,)) for site in known.sites if site.id not in named)
        last |= {one.sites[0].id: one for one in rest}
    rows = [_row(one, known) for one in last.values()]
    refused += [one for one in rows if isinstance(one, Refused)]
    shown = sorted((one for one in rows if isinstance(one, Row)), key=lambda one: one.site.number)
    return Reading(tuple(shown), tuple(sorted(refused, key=lambda one: one.number)))


def _row(match: Match, known: Known) -> Row | Refused:
    site, before = match.sites[0], known.now(match.sites[0])
    numbers = match.line.numbers or before
    if numbers is None:
        return Refused(match.line.number, match.line.written, UNKNOWN)
    named = "" if fold(match.line.name) in fold(site.name) else match.line.name
    return Row(site, numbers, before, site.id in known.confirmed, named)


def settled(match: Match, site: Site | None) -> Match:
    """The match once somebody has said which school is meant; None: none of those."""
    return replace(match, sites=(site,), sure=True) if site else replace(match, fault=WHICH)
