"""Blanks pupil numbers on arrival, before anything is stored.

A file number has 7 digits, a permanent code 4 letters and 8 digits.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator
from itertools import accumulate

from stdnum import isbn, issn

BLANK = "•••••••"
"""Stands where a number was; the same length for all."""

MOST_MARKS = 30
"""Accents over one letter (UAX 15): to put thousands of them in order takes the square of the time."""
MARKS = re.compile(rf"[\u0300-\U0010ffff]{{{MOST_MARKS},}}")
"""Where there may be as many."""

GAP = r"[^\S\n]?[-.\u2010-\u2014]?[^\S\n]?"
INSIDE_NUMBERS = re.compile(r"(?<=[^\W_])[\u00ad\u200b-\u200f\u2060\ufeff]+(?=\d)")
"""Signs that nobody sees; readers drop them later, and the number would be whole again."""

PERMANENT_CODE = re.compile(rf"(?<![^\W\d_])[^\W\d_]{{4}}{GAP}\d\d(?:{GAP}\d\d){{3}}(?!\d)")
NO_CODE = re.compile(
    r"issn\W*\d{4}\W?\d{4}|page \d{4}-\d{4}|\w{4} (?:19|20)\d\d-(?:(?:19|20)\d\d|[01]\d-[0-3]\d)"
    r"|\w{4} [0-3]\d([-.])[0-3]\d\1(?:19|20)\d\d",
    re.IGNORECASE,
)
"""Four letters and eight digits all the same: an ISSN, pages, a day or a school year after a word."""

LABEL = r"fiche|dossier|file|élève|eleve|pupil|student|matricule|code permanent|permanent code"
LABELLED = re.compile(
    rf"(\b(?:{LABEL})\b(?![^\d\n]{{0,20}}\bp(?:ages?|p)?\b)[^\d\n]{{0,20}})\d(?:[ .-]?\d){{6}}(?!\d)",
    re.IGNORECASE,
)
FILE_NUMBER = re.compile(r"(?<!\d)\d{7}(?!\d)")

NUMBERED = re.compile(r"(?<![\d-])\d(?:[ -]?\d){6,11}[ -]?[\dX](?![\w-])", re.IGNORECASE)
"""As long as an ISSN or an ISBN, and made like one."""
PUBLISHED = re.compile(r"97[89][ -]?\d.*|\d-\d{7}-\d-[\dX]", re.IGNORECASE)
"""An ISBN by its looks: with a digit wrong it is asked about, not blanked."""
AREA = r"263|354|367|418|438|450|468|514|579|581|819|873|8(?:00|33|44|55|66|77|88)"
PHONE = re.compile(rf"(?<!\d)(?:\(\d{{3}}\)|(?:\+?1[ .-]?)?(?:{AREA}))[ .-]?\d{{7}}(?!\d)")
LOCAL_PHONE = re.compile(
    r"\b(?:t[ée]l(?:[ée]phone)?|phone|mobile|cell(?:ulaire)?|poste|ext)\b[\s.:]{0,9}(?:(?:c['’])?est|is)?"
    r"[\s:]{0,9}(?:le\s{1,9})?\d{7}(?!\d)",
    re.IGNORECASE,
)


def blank(text: str) -> str:
    """The text, its accents composed, without any number that could be a pupil's."""
    whole = INSIDE_NUMBERS.sub("", unicodedata.normalize("NFC", MARKS.sub(_lightly_marked, text)))
    coded = PERMANENT_CODE.sub(lambda found: found[0] if NO_CODE.fullmatch(found[0]) else BLANK, whole)
    labelled = LABELLED.sub(rf"\g<1>{BLANK}", coded)
    kept = sorted(_kept(labelled))
    begins, reach = [begin for begin, _ in kept], list(accumulate((end for _, end in kept), max))

    def blanked(found: re.Match[str]) -> str:
        before = bisect_right(begins, found.start())
        return found[0] if before and reach[before - 1] >= found.end() else BLANK

    return FILE_NUMBER.sub(blanked, labelled)


def _lightly_marked(found: re.Match[str]) -> str:
    """With no more marks on one letter than any language puts there."""
    kept: list[str] = []
    marks = 0
    for sign in found[0]:
        made_of = unicodedata.normalize("NFKD", sign)
        marks = marks + len(made_of) if unicodedata.combining(made_of[0]) else 0
        if marks <= MOST_MARKS:
            kept.append(sign)
    return "".join(kept)


def _kept(text: str) -> Iterator[tuple[int, int]]:
    """Where seven digits in a row are no pupil's number: in a book's number or a phone's."""
    for pattern in (PHONE, LOCAL_PHONE):
        yield from (found.span() for found in pattern.finditer(text))
    for found in NUMBERED.finditer(text):
        if PUBLISHED.fullmatch(found[0]) or isbn.is_valid(found[0]) or issn.is_valid(found[0]):
            yield found.span()
