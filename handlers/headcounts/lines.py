"""Lines with a head count each, as people write them: « Tilleuls 14 », « 2. 9 », « École X : 8 enseignants, 2 … ».

Pure text: which school a name means is found elsewhere (`handlers.headcounts.matching`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from rapidfuzz import fuzz

from bot.reading.numbers import in_digits
from bot.reading.words import fold, plain
from bot.render import Wording
from storage.headcounts import Numbers

MOST: Final = 2_000
"""People of a school, as in lists of people."""
LIKE: Final = 85
"""How alike a word for a role must be, 0 to 100."""
LONGEST_NAME: Final = 100
LONGEST_LINE: Final = 1_000
"""Characters: a longer one is prose."""
ROLES: Final = ("teachers", "specialists", "professionals")
UNCLEAR, SUM, MANY, NO_NUMBER = "unclear", "sum", "many", "no-number"
BEFORE: Final = re.compile(r"\s*(?:[-•*–>·]+\s*)?")
LISTED: Final = re.compile(r"(?P<at>\d{1,4})\s*(?:[.)]\s*|[:=]\s*(?=\d+\s*$))(?P<rest>.*)")
"""« 2. Ruisseau : 9 », « 2) 9 », « 2 : 9 »."""
NAMED: Final = re.compile(r"(?P<name>[^:=\t]*[^\W\d_][^:=\t]*?)\s*(?:[:=\t]|\s[-–—]+\s)\s*(?P<told>.*)")
A_NUMBER: Final = re.compile(r"(?<![\w.,-])\d{1,9}(?![\w-]*\d)")
NUMBER_FIRST: Final = re.compile(r"(?P<count>\d{1,5})\s+(?:à|a|at|pour|for|in)?\s*(?P<name>[^\d:;,]+)")
"""« 14 à Tilleuls »."""
AROUND: Final = re.compile(r"^[\W_]+|[\W_]+$")
TOLD: Final = re.compile(r"(\d{1,9})\s*([^\d,;+()/&:=]*)")
BETWEEN: Final = re.compile(
    r"(?:[\s,;+()/&.]|\b(?:et|and|plus|dont|soit|including|of which|of whom)\b)*", re.IGNORECASE
)
JOINED: Final = re.compile(
    r"(?:^|\s+)(?:et|and|plus|dont|including|of whom|soit)\s*$|^(?:et|and|dont|soit)\s+"
)
PIECES: Final = re.compile(r"\s*[,;]\s*|\s+(?:et|and)\s+")


@dataclass(frozen=True, slots=True)
class Line:
    """What one line says."""

    number: int
    """Which line of the message, from 1."""
    written: str
    name: str = ""
    """The school's, as written; empty where only its place in the list is told, or nothing is."""
    at: int | None = None
    """Its place in the list."""
    numbers: Numbers | None = None
    """None: those that are known are right, or there is a `fault`."""
    fault: str = ""
    """Why it cannot be used: a label of `headcount/reasons`."""
    everywhere: bool = False
    """Whether all schools that no other line names have the number that is known."""


@dataclass(frozen=True, slots=True)
class Words:
    """What words of a line mean, folded, in either language."""

    units: Mapping[str, str]
    """By word: one of `ROLES`, or `total`."""
    right: frozenset[str]
    """« tout est exact » and the like."""
    but: frozenset[str]
    """« sauf » and the like."""


def words_of(wording: Wording) -> Words:
    """As the templates say them."""

    def all_of(key: str) -> list[str]:
        return [fold(word) for word in wording.words("headcount/words", key)]

    units = {word: key for key in (*ROLES, "total") for word in all_of(key)}
    return Words(units, frozenset(all_of("right")), frozenset(all_of("but")))


def lines_of(text: str, words: Words) -> tuple[Line, ...]:
    """Those that tell a head count, or try to; greetings and signatures are none."""
    written = enumerate(text.splitlines(), 1)
    short = ((number, one) for number, one in written if one.strip() and len(one) <= LONGEST_LINE)
    return tuple(line for number, one in short for line in _lines(number, one, words))


def _lines(number: int, written: str, words: Words) -> Iterator[Line]:
    """Of one line of the message; some tell of several schools in one."""
    rest = BEFORE.sub("", written, count=1).strip()
    said, _, beside = _parted(rest, words)
    if said:
        yield Line(number, rest, everywhere=True)
        yield from _pieces(number, beside, words) if beside else ()
        return
    yield from _pieces(number, rest, words)


def _parted(text: str, words: Words) -> tuple[bool, str, str]:
    """Whether it says that all is right, and what it says is not."""
    said = fold(text)
    if said in words.right:
        return True, said, ""
    for but in words.but:
        before, found, after = plain(text).partition(f" {but} ")
        if found and fold(before) in words.right:
            return True, before, text[len(text) - len(after) :]
    return False, "", ""


def _pieces(number: int, text: str, words: Words) -> Iterator[Line]:
    """« Tilleuls 14, Ruisseau 8 et Pins 3 »: several where each has a name and a number, else one."""
    each = [_line(number, piece, words) for piece in PIECES.split(text) if piece.strip()]
    several = [one for one in each if one and one.name and not one.fault]
    if len(several) > 1 and len(several) == len(each):
        yield from several
    elif whole := _line(number, text, words):
        yield whole


def _line(number: int, text: str, words: Words) -> Line | None:
    placed = LISTED.fullmatch(text)
    at, rest = (int(placed["at"]), placed["rest"]) if placed else (None, text)
    numbers = numbers_in(rest, words)
    if isinstance(numbers, Numbers):
        return Line(number, text, at=at, numbers=numbers)
    named = _named(rest, words)
    if named is None:
        return None
    name, told = named
    if fold(told) in words.right:
        return Line(number, text, name, at)
    found = numbers_in(told, words) or numbers_in(in_digits(told), words) or NO_NUMBER
    if isinstance(found, Numbers):
        return Line(number, text, name, at, found)
    return Line(number, text, name, at, fault=found)


def _named(text: str, words: Words) -> tuple[str, str] | None:
    """The name and what is told of it; None for prose."""
    if parts := NAMED.fullmatch(text):
        return _if_named(parts["name"], parts["told"])
    for found in A_NUMBER.finditer(text):
        named = _if_named(text[: found.start()], text[found.start() :])
        if named and isinstance(numbers_in(named[1], words), Numbers):
            return named
    if first := NUMBER_FIRST.fullmatch(text):
        return _if_named(first["name"], first["count"])
    last = next(A_NUMBER.finditer(text), None) or re.search(r"\d", text)
    return _if_named(text[: last.start()], text[last.start() :]) if last else None


def _if_named(written: str, told: str) -> tuple[str, str] | None:
    name = AROUND.sub("", written)
    return (name, told) if len(name) <= LONGEST_NAME and any(map(str.isalpha, name)) else None


def numbers_in(text: str, words: Words) -> Numbers | str | None:
    """The head count that a text tells and nothing else; why it is none, or None where there is no number in it."""
    totals: list[int] = []
    of_role: dict[str, int] = {}
    end = 0
    for found in TOLD.finditer(text.strip()):
        between = text.strip()[end : found.start()]
        unit = _unit(found[2], words)
        if unit is None or not BETWEEN.fullmatch(between) or unit in of_role:
            return UNCLEAR
        if unit == "total":
            totals.append(int(found[1]))
        else:
            of_role[unit] = int(found[1])
        end = found.end()
    if not totals and not of_role:
        return None
    if len(totals) > 1 or not BETWEEN.fullmatch(text.strip()[end:]):
        return UNCLEAR
    return _added(totals[0] if totals else None, of_role)


def _unit(text: str, words: Words) -> str | None:
    """What is counted; a slip of the finger changes nothing."""
    said = JOINED.sub("", plain(text)).strip(" .'")
    said = re.sub(r"^(?:d'|de |of )", "", said)
    if not said:
        return "total"
    if said in words.units:
        return words.units[said]
    near = {unit for word, unit in words.units.items() if fuzz.ratio(said, word) >= LIKE}
    return near.pop() if len(near) == 1 else None


def _added(total: int | None, of_role: Mapping[str, int]) -> Numbers | str:
    """Of roles that are not named beside others there is nobody; a total may leave some of them open."""
    summed = sum(of_role.values())
    if total is None:
        total, of_role = summed, {name: of_role.get(name, 0) for name in ROLES}
    elif summed > total or (len(of_role) == len(ROLES) and summed != total):
        return SUM
    elif len(of_role) == len(ROLES) - 1:
        of_role = {name: of_role.get(name, total - summed) for name in ROLES}
    return MANY if total > MOST else Numbers(total, **of_role)
