"""The schools that a list names: which of ours each one is, and what it is to be from now on."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from handlers.roster.faults import Reason
from handlers.roster.lines import Column, Line, Words, bare, folded
from handlers.roster.scope import Scope
from storage.staff import School
from storage.states import Sector

LONGEST_NAME: Final = 200
MOST_PEOPLE: Final = 2000
"""In one school: more is a slip of the finger, or a telephone number."""
PHONE = re.compile(r"\+?1?(\d{3})(\d{3})(\d{4})")
EXTENDED = re.compile(r"[\d\s().+-]{10,}\D{1,12}\d{1,6}")

Key = tuple[str, str]
"""The folded names of a school and its service centre as a list writes them."""


@dataclass(frozen=True, slots=True)
class Site:
    """A school of the list: as it is to be, unless there are reasons against it."""

    wanted: School
    known: School | None = None
    """As it is now."""
    reasons: tuple[Reason, ...] = ()
    remarks: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class Sites:
    """Every school of the list, and what is wrong with what single lines say of theirs."""

    by_key: Mapping[Key, Site]
    faults: Mapping[int, Sequence[Reason]]


def key_of(line: Line) -> Key:
    return folded(line.school), folded(line.centre)


def sites_of(
    lines: Iterable[Line], centres: Sequence[str], schools: Sequence[School], scope: Scope, words: Words
) -> Sites:
    """Lines that name the same school speak of it together: a fact may stand on any one of them."""
    together: dict[Key, list[Line]] = defaultdict(list)
    for line in lines:
        if line.school:
            together[key_of(line)].append(line)
    faults: dict[int, list[Reason]] = defaultdict(list)
    names = {folded(centre): centre for centre in centres}
    by_name: dict[str, list[School]] = defaultdict(list)
    for school in schools:
        by_name[folded(school.name)].append(school)
    by_key = {
        key: _site(its[0], _facts(its, words, faults), names, by_name[key[0]], scope)
        for key, its in together.items()
    }
    return Sites(by_key, faults)


def _facts(lines: Iterable[Line], words: Words, faults: dict[int, list[Reason]]) -> dict[str, Any]:
    facts: dict[str, Any] = {}
    for line in lines:
        for column, read in FACTS.items():
            text = getattr(line, column.value)
            value = read(words, text) if text else None
            if text and value is None:
                faults[line.number].append(Reason(column.value, text))
            elif text and facts.setdefault(column.value, value) != value:
                faults[line.number].append(Reason("two-values", text))
    return facts


def _site(
    line: Line, facts: dict[str, Any], names: Mapping[str, str], same_name: Sequence[School], scope: Scope
) -> Site:
    private = facts.get("sector") is Sector.PRIVATE
    default = None if private else scope.own_centre
    centre = names.get(folded(line.centre), line.centre) if line.centre else default
    found = _found(same_name, centre, scope, sure=bool(line.centre))
    if len(found) > 1:
        return Site(found[0], reasons=(Reason("which-school", line.school),))
    known = found[0] if found else None
    return _altered(known, facts, scope) if known else _new(line, centre, facts, scope)


def _found(same_name: Sequence[School], centre: str | None, scope: Scope, *, sure: bool) -> Sequence[School]:
    """The schools that may be meant: those of the sender, where there are any."""
    if sure:
        return [school for school in same_name if school.centre == centre]
    own = [school for school in same_name if scope.holds(school)]
    return own or ([] if centre else same_name)


def _altered(known: School, facts: dict[str, Any], scope: Scope) -> Site:
    sector = facts.pop("sector", known.sector)
    reasons = [] if scope.holds(known) else [Reason("outside", known.name)]
    if sector is not known.sector:
        reasons.append(Reason("sector-differs", sector))
    ruled = ("participating", "headcount")
    kept = [name for name in ruled if name in facts and facts[name] != getattr(known, name)]
    if scope.rules(known.centre):
        kept = []
    wanted = replace(known, **{name: value for name, value in facts.items() if name not in kept})
    return Site(wanted, known, tuple(reasons), tuple(Reason(f"kept-{name}") for name in kept))


def _new(line: Line, centre: str | None, facts: dict[str, Any], scope: Scope) -> Site:
    sector = facts.pop("sector", None)
    wrong = {
        "sector-missing": sector is None,
        "private-with-centre": sector is Sector.PRIVATE and bool(centre),
        "centre-missing": sector is Sector.PUBLIC and not centre,
        "too-long": max(len(line.school), len(centre or "")) > LONGEST_NAME,
    }
    words = [word for word, holds in wrong.items() if holds] if scope.rules(centre) else ["outside"]
    reasons = tuple(Reason(word, line.school) for word in words)
    return Site(School(line.school, sector or Sector.PUBLIC, centre, **facts), reasons=reasons)


def _count(_words: Words, text: str) -> int | None:
    plain = re.sub(r"\s", "", text)
    return int(plain) if plain.isascii() and plain.isdecimal() and int(plain[:9]) <= MOST_PEOPLE else None


def _phone(_words: Words, text: str) -> str | None:
    """Ten digits as they are written here; with an extension as it was typed."""
    number = PHONE.fullmatch(re.sub(r"[\s().-]", "", text))
    if number:
        return f"{number[1]} {number[2]}-{number[3]}"
    return text if EXTENDED.fullmatch(text) and len(text) <= 40 else None


FACTS: Mapping[Column, Callable[[Words, str], Any]] = {
    Column.SECTOR: lambda words, text: words.sectors.get(bare(text)),
    Column.PARTICIPATING: lambda words, text: words.yes_or_no.get(bare(text)),
    Column.HEADCOUNT: _count,
    Column.PHONE: _phone,
}
"""What a list may say of a school; None: it cannot be read."""
