"""Lines with a head count each, as people write them: « Tilleuls 14 », « 2. 9 », « École X : 8 enseignants, 2 … ».

Pure text: which school a name means is found elsewhere (`handlers.headcounts.matching`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from bot.reading.numbers import in_digits
from bot.reading.words import fold, plain
from handlers.headcounts.counts import Words, numbers_in
from storage.headcounts import Numbers

LONGEST_NAME: Final = 100
LONGEST_LINE: Final = 1_000
"""Characters: a longer one is prose."""
NO_NUMBER, PROSE = "no-number", "prose"
BEFORE: Final = re.compile(r"\s*(?:[-•*–>·]+\s*)?")
LISTED: Final = re.compile(r"(?P<at>\d{1,4})\s*(?:[.)]\s*|[:=]\s*(?=\d+\s*$))(?P<rest>.*)")
"""« 2. Ruisseau : 9 », « 2) 9 », « 2 : 9 »."""
NAMED: Final = re.compile(r"(?P<name>[^:=\t]*[^\W\d_][^:=\t]*?)\s*(?:[:=\t]|\s[-–—]+\s)\s*(?P<told>.*)")
A_NUMBER: Final = re.compile(r"(?<![\w.,-])\d{1,9}(?![\w-]*\d)")
NUMBER_FIRST: Final = re.compile(
    r"(?P<count>\d{1,5})\s+(?:(?:à|aux?|a|at|pour|for|in|dans)\s+)?(?P<name>[^\d:;,]+)"
)
"""« 14 à Tilleuls », « 14 aux Tilleuls »."""
OLD_NUMBER: Final = re.compile(
    r"\b\d{1,4}\s*(?:→|->|=>|⇒)\s*(?=\d)"
    r"|\b(?:est\s+)?(?:pass[eé]\w*|went|goes)\s+(?:de|from)\s+\d{1,4}\s+(?:à|to)\s+(?=\d)"
    r"|\s*\(\s*(?:pas|et non|non|not)\s+\d{1,4}\s*\)"
    r"|\s*\(?\s*\b(?:au lieu d[eu]|plutôt que|instead of|rather than)\s+\d{1,4}\b\s*\)?",
    re.IGNORECASE,
)
"""« 13 → 14 », « 10 au lieu de 9 »: the one that holds no more."""
CORRECTED: Final = "\n§\n"
"""Between what was told first and what corrects it."""
AROUND: Final = re.compile(r"^[\W_]+|[\W_]+$")
SEPARATOR: Final = re.compile(
    r"(\s*[,;]\s*|\s+(?:et|and)\s+(?!une?\b|onze\b)|[!?]\s+"
    r"|(?:(?<=[^\W\d_]{4})|(?<=[^\W_]\s\d)|(?<=[^\W_]\s\d\d)|(?<=[^\W_]\s\d{3}))\.\s+(?=[^\W\d]))"
)
"""Between schools, or between sentences; « vingt et un » is one number."""
THOUSANDS: Final = re.compile(r"(?<![\w.,-])([1-9])[ \u00a0\u202f](\d{3})(?![\w-])")
PHONE: Final = re.compile(r"\b\d{3}[) .-]{1,2}\d{3}[ .-]\d{4}\b")
LONGEST_LEAD: Final = 6
"""Words before the school: « je me suis trompée pour »."""
LONGEST_END: Final = 6
"""Words at the end of a line that tell without a digit: « est fermée cette année », « douze personnes »."""


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
    message: int = 0
    """0 for what was told first; of what corrects it, which correction."""
    everywhere: bool = False
    """Whether all schools that no other line names have the number that is known."""

    @property
    def tells(self) -> bool:
        """Whether it surely tells the number of a school that it names."""
        return bool(self.name or self.at) and not self.fault


def lines_of(text: str, words: Words) -> tuple[Line, ...]:
    """Those that tell a head count, or try to; greetings and signatures are none."""
    messages = enumerate(text.split(CORRECTED))
    return tuple(replace(line, message=at) for at, one in messages for line in _of_message(one, words))


def is_signature(text: str) -> bool:
    """Whether it is but what stands below a letter: lines below « -- », or a name and a phone number."""
    first = text.strip().partition("\n")[0].split()
    is_name = len(first) > 1 and all(word[0].isupper() for word in first)
    return first[:1] == ["--"] or (is_name and bool(PHONE.search(text)))


def _of_message(text: str, words: Words) -> Iterator[Line]:
    written = enumerate(text.splitlines(), 1)
    short = ((number, one) for number, one in written if one.strip() and len(one) <= LONGEST_LINE)
    return (line for number, one in short for line in _lines(number, one, words))


def _lines(number: int, written: str, words: Words) -> Iterator[Line]:
    """Of one line of the message; some tell of several schools in one."""
    rest = _told_in(BEFORE.sub("", written, count=1).strip(), words)
    if PHONE.search(rest):
        return
    said, _, beside = _parted(rest, words)
    if said:
        yield Line(number, rest, everywhere=True)
        yield from _pieces(number, beside, words) if beside else ()
        return
    yield from _pieces(number, rest, words)


def _told_in(text: str, words: Words) -> str:
    """Without « bonjour », nor « pour les effectifs : » before what is told, and « 1 000 » in one piece."""
    text = OLD_NUMBER.sub("", THOUSANDS.sub(r"\1\2", text))
    first, _, after = text.partition(" ")
    if after and fold(first) in words.polite:
        text = after.strip()
    before, _, told = text.partition(":")
    of_them = words.topic & set(fold(before).split())
    return told.strip() if of_them and any(one.tells for one in _pieces(0, told.strip(), words)) else text


def _parted(text: str, words: Words) -> tuple[bool, str, str]:
    """Whether it says that all is right, and what it says is not."""
    said, right = fold(text), words.right | words.rest
    if said in right:
        return True, said, ""
    for but in words.but:
        before, found, after = plain(text).partition(f" {but} ")
        if found and fold(before) in right:
            return True, before, text[len(text) - len(after) :]
    return False, "", ""


def _pieces(number: int, text: str, words: Words) -> Iterator[Line]:
    """« Tilleuls 14, Ruisseau 8 et Pins 3 »: one of each school, and of what is said beside them."""
    pieces: list[str] = []
    said = SEPARATOR.split(text)
    for separator, piece in zip(("", *said[1::2]), said[::2], strict=True):
        if pieces and _goes_on(pieces[-1], separator, piece, words):
            pieces[-1] += separator + piece
        elif piece and fold(piece) not in words.polite:
            pieces.append(piece)
    yield from (_line(number, _bare(piece, words), words) for piece in pieces)


def _bare(text: str, words: Words) -> str:
    """Without « non c’est », « je me suis trompée pour » before what is told."""
    each = text.split()
    for at in range(min(LONGEST_LEAD, len(each) - 1), 0, -1):
        if fold(" ".join(each[:at])) in words.polite | words.lead:
            return _bare(" ".join(each[at:]), words)
    return text


def _goes_on(before: str, separator: str, piece: str, words: Words) -> bool:
    """Whether it tells more of the same school, or is the rest of its name."""
    if isinstance(numbers_in(_bare(piece, words), words), Numbers) or fold(piece) in words.units:
        return True
    is_rest = fold(piece) in words.right | words.closed or separator.strip() in ("et", "and")
    return is_rest and _line(0, before, words).fault == PROSE


def _line(number: int, text: str, words: Words) -> Line:
    placed = LISTED.fullmatch(text)
    at, rest = (int(placed["at"]), placed["rest"]) if placed else (None, text)
    numbers = numbers_in(rest, words)
    if isinstance(numbers, Numbers):
        return Line(number, text, at=at, numbers=numbers)
    if fold(rest) in words.rest:
        return Line(number, text, everywhere=True)
    named = _named(rest, words)
    if named is None:
        return Line(number, text, AROUND.sub("", text)[:LONGEST_NAME], at, fault=PROSE)
    name, told = named
    if fold(told) in words.right:
        return Line(number, text, name, at)
    found = _count(told, words) or NO_NUMBER
    if isinstance(found, Numbers):
        return Line(number, text, name, at, found)
    return Line(number, text, name, at, fault=found)


def _count(told: str, words: Words) -> Numbers | str | None:
    if fold(told) in words.closed:
        return Numbers(0)
    return numbers_in(told, words) or numbers_in(in_digits(told), words)


def _named(text: str, words: Words) -> tuple[str, str] | None:
    """The name and what is told of it; None for prose."""
    if parts := NAMED.fullmatch(text):
        return _if_named(parts["name"], parts["told"], words)
    for found in A_NUMBER.finditer(text):
        named = _if_named(text[: found.start()], text[found.start() :], words)
        if named and isinstance(numbers_in(named[1], words), Numbers):
            return named
    if first := NUMBER_FIRST.fullmatch(text):
        return _if_named(first["name"], first["count"], words)
    if ended := _ended(text, words):
        return ended
    last = next(A_NUMBER.finditer(text), None) or re.search(r"\d", text)
    return _if_named(text[: last.start()], text[last.start() :], words) if last else None


def _ended(text: str, words: Words) -> tuple[str, str] | None:
    """« Tilleuls douze », « Tilleuls pareil », « Tilleuls est fermée cette année »."""
    each = text.split()
    for at in range(max(1, len(each) - LONGEST_END), len(each)):
        told = " ".join(each[at:])
        count = _count(told, words)
        if fold(told) in words.right or (isinstance(count, Numbers) and count.total != 1):
            return _if_named(" ".join(each[:at]), told, words)
    return None


def _if_named(written: str, told: str, words: Words) -> tuple[str, str] | None:
    name = _without_verb(AROUND.sub("", written), words)
    return (name, told) if len(name) <= LONGEST_NAME and any(map(str.isalpha, name)) else None


def _without_verb(name: str, words: Words) -> str:
    each = name.split()
    for at in range(max(1, len(each) - LONGEST_LEAD), len(each)):
        if fold(" ".join(each[at:])) in words.verb:
            return AROUND.sub("", " ".join(each[:at]))
    return name
