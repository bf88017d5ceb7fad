"""Which school each line means, and what it would change; in doubt it is asked, never guessed."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Final

from bot.reading import fold
from handlers.headcounts.counts import UNCLEAR
from handlers.headcounts.lines import PROSE, Line
from handlers.school_names import SAYS_SCHOOL, SHORTEST, WORD, meant
from storage.database import Transaction
from storage.headcounts import Confirmed, Numbers, Site

NO_PLACE, NO_SCHOOL, WHICH, REPLACED, UNKNOWN = "no-place", "no-school", "which", "replaced", "unknown"

TWO_NUMBERS: Final = re.compile(r"(?P<name>[^\d]+)\s\d")
"""« Ruisseau 8 mais peut-être », before its last number."""

BEFORE_NAME: Final = re.compile(r"^(?:(?:ecole|college|academie|d[eu]|des|l[ae]|les|[ld]|the)\s+)+")
AFTER_NAME: Final = re.compile(r"\s+(?:a|aura|compte|est|is)$")
SMALL_RISE: Final = 10
"""People: a small school may well double."""
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
    guessed: bool = False
    """Whether its only school is named but much like it."""


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

    @property
    def wild(self) -> bool:
        """Whether it changes so much that it may be a slip: under half, or more than double and by more than ten."""
        if self.before is None:
            return False
        now, before = self.numbers.total, self.before.total
        return now * 2 < before or (now > before * 2 and now - before > SMALL_RISE)


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
    """Each line with what it may mean.

    What tells nothing of a school is prose, save between lines that do, or with a number beside one that does.
    """
    names = tuple(site.name for site in sites)
    each = (_match(line, sites, names) for line in lines if not line.everywhere)
    messages = groupby(each, key=lambda one: one.line.message)
    return tuple(one for _, message in messages for one in _telling(list(message)))


def _telling(each: Sequence[Match]) -> Iterator[Match]:
    good = [at for at, one in enumerate(each) if not one.fault]
    within = range(good[0], good[-1] + 1) if good else ()
    beside = {each[at].line.number for at in good}
    return (
        one
        for at, one in enumerate(each)
        if one.sites
        or not one.line.fault
        or at in within
        or (one.line.number in beside and any(map(str.isdigit, one.line.written)))
    )


@dataclass(frozen=True, slots=True)
class Matching:
    """The same, beside the turn that asks for it."""

    lines: tuple[Line, ...]
    sites: tuple[Site, ...]

    def read(self, _tx: Transaction) -> Callable[[], tuple[Match, ...]]:
        return lambda: matched(self.lines, self.sites)


def _match(line: Line, sites: Sequence[Site], names: tuple[str, ...]) -> Match:
    if line.name:
        return _named_so(line, sites, names)
    if line.at is None:
        alone = tuple(sites) if len(sites) == 1 else ()
        return Match(line, alone, fault="" if alone else NO_SCHOOL)
    place = next((site for site in sites if site.number == line.at), None)
    return Match(line, (place,) if place else (), fault=line.fault or ("" if place else NO_PLACE))


def _named_so(line: Line, sites: Sequence[Site], names: tuple[str, ...]) -> Match:
    if line.fault == PROSE:
        return Match(line, _spoken_of(line, sites, names), fault=PROSE)
    found, sure = meant(names, line.name)
    there = _told_apart(line, tuple(sites[at] for at in found)) or _alone(line, sites)
    if not there and (two := TWO_NUMBERS.match(line.name)):
        unclear = replace(line, name=two["name"], fault=UNCLEAR)
        return Match(unclear, tuple(sites[at] for at in meant(names, two["name"])[0]), fault=UNCLEAR)
    only = len(there) == 1
    fault = line.fault or ("" if there else NO_SCHOOL)
    return Match(line, there, sure or only, fault, guessed=only and not sure)


def _told_apart(line: Line, sites: tuple[Site, ...]) -> tuple[Site, ...]:
    """Of several that are named alike, the one named just so, or the one whose place is told."""
    own = _own_name(line.name)
    named = tuple(site for site in sites if _own_name(site.name) in (own, AFTER_NAME.sub("", own)))
    placed = tuple(site for site in sites if site.number == line.at)
    return next((one for one in (named, placed) if len(one) == 1), sites)


def _own_name(name: str) -> str:
    """« Saint-Exemple » of « École Saint-Exemple »."""
    return BEFORE_NAME.sub("", " ".join(WORD.findall(fold(name))))


def _spoken_of(line: Line, sites: Sequence[Site], names: tuple[str, ...]) -> tuple[Site, ...]:
    """The school that prose surely names, as « Ruisseau déménage » does."""
    each = (meant(names, said) for said in (line.name, *line.name.split()) if len(said) >= SHORTEST)
    return next((tuple(sites[at] for at in found) for found, sure in each if found and sure), ())


def _alone(line: Line, sites: Sequence[Site]) -> tuple[Site, ...]:
    """« Nous sommes 14 »: where there is one school, that is meant."""
    speaks_of_it = len(sites) == 1 and not line.fault and not SAYS_SCHOOL.search(fold(line.name))
    return tuple(sites) if speaks_of_it else ()


def read(lines: Sequence[Line], matches: Sequence[Match], known: Known) -> Reading:
    """What the lines would confirm, once each means one school. Of two about one school the last one counts."""
    over = corrected(matches)
    matches = [one for at, one in enumerate(matches) if at not in over]
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


def corrected(matches: Sequence[Match]) -> Collection[int]:
    """Places of those that hold no more: told anew by a later message, or not understood and read further down."""
    later: dict[int, int] = {}
    over = set()
    for at, one in reversed([*enumerate(matches)]):
        told = max((later[site.id] for site in one.sites if site.id in later), default=-1)
        if told > one.line.message or (one.fault and told >= 0):
            over.add(at)
        elif one.sure and not one.fault and one.sites:
            later[one.sites[0].id] = max(told, one.line.message)
    return over


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
