"""A period that is named in words: « juin dernier », « avril à juin 2026 », « la 2e période », “last year”."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from bot.reading.day_names import with_names_numbered
from bot.reading.words import fold
from handlers.declarations.periods import BEGINNINGS, Period, period_of

TOKEN: Final = re.compile(r"[dl]['’]|[^\s'’]+(?:['’][^\s'’]+)*", re.IGNORECASE)
BEFORE: Final = (
    "en in pour for au a mois de du d l la le les of the dans during pendant durant from month between entre",
    "periode period collecte annee year pis et and about",
)
LEADS: Final = frozenset(word for words in BEFORE for word in words.split())
"""What stands before a period; folded."""
UNSURE: Final = frozenset({"may", "march", "sept", "sat", "sun"})
"""Months only where what stands beside them says so."""
NEVER: Final = frozenset({"marche", "marches", "marcher"})
"""One letter from a month, and something else."""
ORDINALS: Final[Mapping[str, int]] = {
    **dict.fromkeys(("1", "1re", "1ere", "1er", "1st", "premiere", "first"), 1),
    **dict.fromkeys(("2", "2e", "2eme", "2nd", "2d", "deuxieme", "seconde", "second"), 2),
    **dict.fromkeys(("3", "3e", "3eme", "3rd", "troisieme", "third"), 3),
}
LAST: Final = r"(?:derni(?:er|ere)|passee?|precedente?|d avant|last|past|previous)"
YEAR: Final = r"(?P<year>20\d\d)"
SCHOOL_YEAR: Final = r"(?P<from>20\d\d) ?[-/] ?(?P<to>20\d\d|\d\d)"
NTH: Final = rf"(?P<nth>{'|'.join(sorted(ORDINALS, key=len, reverse=True))})"
PERIOD: Final = r"(?:periode|period|collecte|collection|p)"
OF: Final = r"(?: (?:de|d|l|of|the|annee|scolaire|school|year|en|in|pour|for|la|du))*"
EARLIER: Final = r"(?:precedente|d avant|anterieure|previous|preceding|prior)"
A_YEAR_AGO: Final = (
    rf"(?:(?:an|annee|annee scolaire) {LAST}|(?:last|past|previous)(?: school)? year|(?:the )?year before)"
)


@dataclass(frozen=True, slots=True)
class Meant:
    """What words say of a period."""

    periods: tuple[Period, ...] = ()
    """The one that is named; several to choose from, where only a year is, or what is no period."""
    named: str = ""
    """As it was written."""
    rest: str = ""
    """The other words."""


def period_meant(words: str, today: date, followed: Period) -> Meant:
    """The period that they name anywhere, as seen from the one that is followed up today."""
    tokens = list(TOKEN.finditer(words))
    said = [_numbered(fold(one[0])) for one in tokens]
    line, starts = _line([_sure(said, at) for at in range(len(said))])
    for pattern, reads in _READERS:
        found = pattern.search(line)
        if found:
            first = next(at for at in reversed(range(len(starts))) if starts[at] <= found.start())
            last = next(at for at in reversed(range(len(starts))) if starts[at] < found.end())
            named = words[tokens[first].start() : tokens[last].end()].strip(" ?!.,;")
            while first and said[first - 1] in LEADS:
                first -= 1
            rest = words[: tokens[first].start()] + words[tokens[last].end() :]
            return Meant(reads(found, today, followed), named, rest.strip(" ?!.,;"))
    return Meant(rest=words)


def of_school_year(year: int, today: date) -> tuple[Period, ...]:
    """Its periods that have begun; of one to come, those of the running year."""
    begun = tuple(one for one in _all_of(year) if one.first <= today)
    return begun or of_school_year(period_of(today).year, today)


def _all_of(year: int) -> tuple[Period, ...]:
    return tuple(Period(year, number) for number in range(1, len(BEGINNINGS) + 1))


def _numbered(token: str) -> str:
    return token if token in NEVER or token in UNSURE else with_names_numbered(token)


def _sure(said: list[str], at: int) -> str:
    """A word that may be a month is one after « in », before a year, beside “last”, or alone."""
    token, before, after = said[at], "".join(said[at - 1 : at]), "".join(said[at + 1 : at + 2])
    beside = before in LEADS | {"last", "to"} or re.fullmatch(rf"20\d\d|to|a|{LAST}", after)
    return with_names_numbered(token) if token in UNSURE and (beside or len(said) == 1) else token


def _line(said: list[str]) -> tuple[str, list[int]]:
    """The words in a row, and where each begins."""
    starts, line = [], ""
    for token in said:
        starts.append(len(line) + bool(line))
        line = f"{line} {token}" if line else token
    return line, starts


def _month(found: re.Match[str], today: date, _followed: Period) -> tuple[Period, ...]:
    """The last such month, or that of the year that is told; two that are of two periods leave a choice."""
    groups = found.groupdict()
    month = int(groups["month"])
    until = int(groups["until"] or month)
    alone = groups["until"] is None
    passed = bool(groups["last"] or groups["before"])
    told = (
        today.year - 1 if groups["ago"] else int(groups["year"] or (groups["since"] if alone else None) or 0)
    )
    year = told or today.year - (until > today.month or (passed and until == today.month))
    since = int(groups["since"] or year - (month > until))
    first, last = period_of(date(since, month, 1)), period_of(date(year, until, 1))
    between = [first]
    while between[-1] != last and len(between) < len(BEGINNINGS):
        between.append(between[-1].next)
    return tuple(between)


def _nth(found: re.Match[str], today: date, _followed: Period) -> tuple[Period, ...]:
    """The last one with this number that has begun, or that of the year."""
    groups = found.groupdict()
    number = ORDINALS[groups["nth"]]
    if groups.get("from"):
        return (Period(int(groups["from"]), number),)
    if groups.get("year"):
        return tuple(one for one in _touching(int(groups["year"]), today) if one.number == number)
    year = period_of(today).year
    return (Period(year - (Period(year, number).first > today), number),)


def _touching(year: int, today: date) -> tuple[Period, ...]:
    """The periods with a day in a calendar year, those that have begun."""
    near = (*_all_of(year - 1), *_all_of(year))
    return tuple(
        one for one in near if year in {one.first.year, one.deadline.year} and one.first <= today
    ) or of_school_year(year, today)


def _school_year(found: re.Match[str], today: date, _followed: Period) -> tuple[Period, ...]:
    return _several(of_school_year(int(found["from"]), today))


def _year(found: re.Match[str], today: date, _followed: Period) -> tuple[Period, ...]:
    return _several(_touching(int(found["year"]), today))


def _several(periods: tuple[Period, ...]) -> tuple[Period, ...]:
    """A year is no period, even where only one of it has begun."""
    return periods if len(periods) > 1 else (periods[0].before, *periods)


def _last_one(_found: re.Match[str], today: date, followed: Period) -> tuple[Period, ...]:
    return (followed if followed != period_of(today) else followed.before,)


MONTH: Final = (
    r"(?P<before>last |past |previous )?month(?P<month>\d+)(?: (?P<since>20\d\d))?"
    r"(?:(?: ?- ?| (?:a|au|to|et|and|until|through|jusqu'a|jusqu'en) (?:la )?)month(?P<until>\d+))?"
    rf"(?: (?P<last>{LAST}(?! year)))?(?:{OF} (?:(?P<ago>{A_YEAR_AGO})|{YEAR}))?"
)
Reads = Callable[[re.Match[str], date, Period], tuple[Period, ...]]
_TABLE: Final[tuple[tuple[str, Reads], ...]] = (
    (rf"{SCHOOL_YEAR},?{OF} {NTH} {PERIOD}", _nth),
    (rf"{SCHOOL_YEAR},?{OF} {PERIOD} {NTH}", _nth),
    (rf"{NTH} {PERIOD}{OF} {SCHOOL_YEAR}", _nth),
    (rf"{PERIOD} {NTH}{OF} {SCHOOL_YEAR}", _nth),
    (r"(?P<from>[12]\d{3})-(?P<nth>[123])", _nth),
    (r"(?P<from>[12]\d{3}) ?[-/] ?\d{1,4}", _school_year),
    (MONTH, _month),
    (rf"{NTH} {PERIOD}{OF} {YEAR}", _nth),
    (rf"{PERIOD} {NTH}{OF} {YEAR}", _nth),
    (rf"{NTH} {PERIOD}", _nth),
    (rf"{PERIOD} {NTH}", _nth),
    (A_YEAR_AGO, lambda _found, _today, followed: (Period(followed.year - 1, followed.number),)),
    (
        rf"(?:mois {LAST}|(?:last|previous|past) month)",
        lambda _found, today, _followed: (
            (period_of(today.replace(day=1)).before,)
            if today.month == period_of(today).first.month
            else (period_of(today),)
        ),
    ),
    (r"(?:derniere periode|last period|derniere collecte|periode passee|past period)", _last_one),
    (
        rf"periode {EARLIER}|{EARLIER} (?:periode|period)|period before|collecte {EARLIER}",
        lambda _found, _today, followed: (followed.before,),
    ),
    (r"(?:prochaine periode|periode suivante|next period)", lambda _f, _t, followed: (followed.next,)),
    (YEAR, _year),
)
_READERS: Final = tuple(
    (re.compile(rf"(?<![\w-])(?:{pattern})(?![\w-])"), reads) for pattern, reads in _TABLE
)
