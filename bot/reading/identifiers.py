"""ISBN and ISSN, as they stand on a cover or a copyright page."""

from __future__ import annotations

import re
from typing import Literal

from stdnum import ean, isbn, issn

from bot.question import Answer, Reader, Unreadable
from bot.reading.sentences import isbn_in
from bot.reading.words import plain

LABEL = re.compile(r"is[bs]n(?:[ -]?1[03](?=[ :]))?")
CANDIDATE = re.compile(r"\d(?:[ -]?\d)+(?:[ -]?x\b)?")
SHORTEST = 6
"""Digits: fewer, beside a number, are an edition or a year."""
SHOWN = 20
"""Digits of a number refused that are said back."""
LENGTHS = {8, 10, 13}
BOOKLAND = ("978", "979")
PERIODICAL = "977"


def an_isbn() -> Reader[str]:
    """The ISBN or ISSN in the text, without hyphens, check digit verified.

    An ISBN of ten digits becomes the one of thirteen, a periodical's bar code its ISSN: one work, one number.
    """
    return Reader(_identifier, numeric=True, find=isbn_in)


def kind_of(number: str) -> Literal["isbn", "issn"]:
    """Which of the two a number that was read is."""
    return "issn" if len(number) == 8 else "isbn"


def number_of(digits: str) -> str | None:
    """The ISBN or ISSN that these digits of a bar code are; None for those of anything else."""
    return _canonical(digits) if _fault(digits) is None else None


def written(number: str) -> str:
    """A number that was read, with its hyphens."""
    return issn.format(number) if kind_of(number) == "issn" else isbn.format(number)


def _identifier(answer: Answer) -> str:
    text = LABEL.sub(" ; ", plain(answer.text.replace("\n", " ; ")))
    found = [re.sub(r"[ -]", "", number).upper() for number in CANDIDATE.findall(text)]
    numbers = [number for number in found if len(number) >= SHORTEST] or found
    if not numbers:
        raise Unreadable("read/no-isbn")
    valid = {_canonical(number) for number in numbers if _fault(number) is None}
    if len(valid) > 1:
        raise Unreadable("read/one-isbn")
    return valid.pop() if valid else _refused(numbers[0])


def _refused(digits: str) -> str:
    raise Unreadable(_fault(digits) or "", digits=digits[:SHOWN], length=len(digits))


def _fault(digits: str) -> str | None:
    """The template that says what is wrong with these digits, or None when nothing is."""
    if len(digits) not in LENGTHS:
        return "read/isbn-length"
    if len(digits) == 13 and not digits.startswith((*BOOKLAND, PERIODICAL)):
        return "read/isbn-prefix"
    checks = {8: issn.is_valid, 10: isbn.is_valid, 13: ean.is_valid}
    return None if checks[len(digits)](digits) else "read/isbn-check"


def _canonical(digits: str) -> str:
    if digits.startswith(PERIODICAL) and len(digits) == 13:
        return digits[3:10] + issn.calc_check_digit(digits[3:10])
    return isbn.to_isbn13(digits) if len(digits) == 10 else digits
