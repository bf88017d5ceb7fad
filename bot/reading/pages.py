"""Pages of a work: "xii-xv, 12-30, 45". Roman numerals number the pages before page 1, so xii is not 12."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from roman_numerals import InvalidRomanNumeralError, RomanNumeral

HIGHEST = 20_000
HIGHEST_ROMAN = 199
"""No preface is longer, and "dix" or "mix" are words."""
WHOLE = "whole"

NUMBER = r"[ivxlc]+|\d{1,5}"
RANGE = re.compile(rf"({NUMBER})(?:-({NUMBER}))?")


class PagesFault(ValueError):
    """These are no pages: check the bounds before making them."""


@dataclass(frozen=True, slots=True)
class Range:
    """The pages from `first` to `last`, both copied."""

    first: int
    last: int
    roman: bool = False

    def __post_init__(self) -> None:
        if not 1 <= self.first <= self.last <= (HIGHEST_ROMAN if self.roman else HIGHEST):
            raise PagesFault(f"no such pages: {self.first} to {self.last}, roman: {self.roman}")

    def __str__(self) -> str:
        first, last = written(self.first, self.roman), written(self.last, self.roman)
        return first if self.first == self.last else f"{first}-{last}"


@dataclass(frozen=True, slots=True)
class Pages:
    """What was copied: ranges, kept sorted and apart (each page once), or else the whole of a short text."""

    ranges: tuple[Range, ...] = ()
    whole: bool = False

    def __post_init__(self) -> None:
        if self.whole == bool(self.ranges):
            raise PagesFault("either some ranges or the whole text")
        object.__setattr__(self, "ranges", tuple(_merged(self.ranges)))

    @property
    def count(self) -> int:
        """How many distinct pages; 0 for a whole text, whose pages were not said."""
        return sum(pages.last - pages.first + 1 for pages in self.ranges)

    @property
    def highest(self) -> int:
        """The last page in arabic numerals; 0 where there is none."""
        return max((pages.last for pages in self.ranges if not pages.roman), default=0)

    def __str__(self) -> str:
        return WHOLE if self.whole else ", ".join(map(str, self.ranges))

    @classmethod
    def parse(cls, text: str) -> Pages:
        """Back from `str(pages)`; PagesFault where the text is no pages."""
        if text == WHOLE:
            return cls(whole=True)
        return cls(tuple(map(_parsed, text.split(", "))))


def page_number(text: str) -> tuple[int, bool] | None:
    """A page's number and whether it is roman, from small letters or digits; None for any other word."""
    if text.isdecimal():
        return int(text), False
    try:
        number = int(RomanNumeral.from_string(text))
    except InvalidRomanNumeralError:
        return None
    return (number, True) if number <= HIGHEST_ROMAN else None


def _parsed(text: str) -> Range:
    found = RANGE.fullmatch(text)
    first = page_number(found[1]) if found else None
    last = page_number(found[2] or found[1]) if found else None
    if first is None or last is None or first[1] != last[1]:
        raise PagesFault(f"no page range: {text!r}")
    return Range(first[0], last[0], first[1])


def _merged(ranges: Iterable[Range]) -> Iterator[Range]:
    """In order, roman numerals first, with those that touch or overlap made one."""
    waiting: Range | None = None
    for pages in sorted(ranges, key=lambda pages: (not pages.roman, pages.first)):
        if waiting and pages.roman == waiting.roman and pages.first <= waiting.last + 1:
            waiting = Range(waiting.first, max(waiting.last, pages.last), pages.roman)
            continue
        if waiting:
            yield waiting
        waiting = pages
    if waiting:
        yield waiting


def written(number: int, roman: bool) -> str:
    """A page's number as it stands on the page."""
    return RomanNumeral(number).to_lowercase() if roman else str(number)
