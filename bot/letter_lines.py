"""The lines that somebody has filled in: above a quoted letter, inside it, or below its labels. Pure text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from bot.reading.words import fold, plain

LONGEST = 60_000
"""Characters that are looked through."""
LONGEST_LINE = 400
"""Characters: a longer line is prose."""
MOST_FOLDED = 3
"""Lines that a mail program makes of one when it quotes."""
MARKS = re.compile(r"[ \t]*(?:[>|][ \t]?)+")
LABELLED = re.compile(
    r"(?:[-*•·]+ |\d{1,2}[.)] )?\W{0,3}(?P<label>[^\W\d_][^:=,\n(]{0,39}?)\s{0,5}(?:\([^()\n]{0,90}\))?\W{0,2}?"
    r"\s{0,5}[:=](?P<text>.*)"
)
"""« Titre (p. ex. La cabane du lac) : Le renard bleu », with or without the brackets and what follows."""
BARE = re.compile(r"[\s_.…]*")
"""A line to write on, with nothing written on it."""
MOST_LABEL_WORDS = 5
SIGNATURE = "--"
SENDER = {"de", "from", "expediteur"}
HEADERS = {*SENDER, "date", "envoye", "sent", "a", "to", "cc", "cci", "bcc", "objet", "subject", "importance"}
"""What stands above a quoted letter in some mail programs."""


@dataclass(frozen=True, slots=True)
class Told:
    """One label and what was written for it."""

    label: str
    text: str
    at: int
    """The line that the text stands on."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a mail, without the marks of quotation."""

    text: str
    quoted: bool
    label: str = ""
    answer: str = ""

    @property
    def blank(self) -> bool:
        return not self.text.strip()


@lru_cache(maxsize=4)  # every conversation asks it of the same message
def told_in(whole: str, sent: str = "") -> tuple[Told, ...]:
    """What was written beside labels or just below them; a line that stands so in what was `sent` was not."""
    lines = _lines(whole)
    headers = set(_headers(lines))
    ours = _untouched(lines, {_joined(line) for line in sent.splitlines()}) | headers
    return tuple(_told(lines, ours | set(_signed(lines, headers))))


def labels_left_blank(sent: str) -> frozenset[str]:
    """The labels, folded, of the lines to fill in that stand in a letter."""
    return frozenset(fold(line.label) for line in _lines(sent) if line.label and not line.answer)


def beside_lines(text: str) -> str:
    """What was written besides such lines and quotes; all of it if that is all."""
    taken = {one.at for one in told_in(text)}
    lines = (line for at, line in enumerate(_lines(text)) if at not in taken or "?" in line.text)
    own = (line.text for line in lines if not line.quoted and (not line.label or "?" in line.text))
    return "\n".join(own).strip() or text


def remark_in(text: str, told: Sequence[Told], whole: str) -> str:
    """What was written besides what was told."""
    lines = _lines(whole)
    taken = {plain(lines[one.at].text) for one in told}
    own = (line.text for line in _lines(text) if not line.quoted and plain(line.text) not in taken)
    return "\n".join(own).strip()


def written_in(whole: str, sent: str) -> str:
    """What was written above, inside or below a letter that was `sent`: the lines that do not stand so in it.

    A number just below one of its lines, « School : 12 », is written as if it stood in it.
    """
    lines = _lines(whole)
    headers = set(_headers(lines))
    left_out = _untouched(lines, {_joined(line) for line in sent.splitlines()}) | headers
    left_out |= {*_signed(lines, headers), *_footed(lines), *_attributing(lines)}
    own = (at for at in range(len(lines)) if at not in left_out)
    return "\n".join(_named_above(lines, at) + lines[at].text for at in own)


def _named_above(lines: Sequence[Line], at: int) -> str:
    """What the quoted line just above names, before a number of somebody's own."""
    above = lines[at - 1] if at and lines[at - 1].quoted else None
    is_number = not lines[at].quoted and lines[at].text[:1].isdigit()
    named, colon, _ = above.text.partition(":") if above and is_number else ("", "", "")
    return f"{named.strip()} : " if colon else ""


def _lines(whole: str) -> list[Line]:
    return [_line(raw) for raw in whole[:LONGEST].splitlines()]


def _line(raw: str) -> Line:
    marks = MARKS.match(raw)
    text = raw[marks.end() :] if marks else raw.strip()
    found = LABELLED.fullmatch(text.strip()) if len(text) <= LONGEST_LINE else None
    if found is None or len(found["label"].split()) > MOST_LABEL_WORDS:
        return Line(text.strip(), bool(marks))
    answer = "" if BARE.fullmatch(found["text"]) else found["text"].strip()
    return Line(text.strip(), bool(marks), found["label"].strip(), answer)


def _untouched(lines: Sequence[Line], sent: set[str]) -> set[int]:
    """The lines that stand so in what was sent, also where the quoting has folded them."""
    found: set[int] = set()
    for at, line in enumerate(lines if sent else ()):
        for count in range(1, MOST_FOLDED + 1):
            run = lines[at : at + count]
            if not line.blank and _joined(" ".join(one.text for one in run)) in sent:
                found |= set(range(at, at + count))
    return found


def _joined(text: str) -> str:
    """Plain, however it was folded: after a hyphen too."""
    return plain(text).replace("- ", "-")


def _headers(lines: Sequence[Line]) -> Iterator[int]:
    """The lines above a quoted letter that tell who wrote it when."""
    run: list[int] = []
    for at, line in enumerate((*lines, Line("", quoted=False))):
        if fold(line.label) in HEADERS:
            run.append(at)
            continue
        if any(fold(lines[one].label) in SENDER for one in run):
            yield from run
        run = []


def _signed(lines: Sequence[Line], headers: set[int]) -> Iterator[int]:
    """The lines below "--", up to what is quoted."""
    signed = False
    for at, line in enumerate(lines):
        signed = not line.quoted and at not in headers and (signed or line.text == SIGNATURE)
        if signed:
            yield at


def _footed(lines: Sequence[Line]) -> Iterator[int]:
    """The quoted lines below a quoted "--": what every letter of ours ends with."""
    footed = False
    for at, line in enumerate(lines):
        footed = footed or (line.quoted and line.text == SIGNATURE)
        if footed and line.quoted:
            yield at


def _attributing(lines: Sequence[Line]) -> Iterator[int]:
    """« Le 3 sept., Déclic <…> a écrit : » above a quote; its last word may stand on a line of its own."""
    filled = [at for at, line in enumerate(lines) if not line.blank]
    for before, last, at in zip([None, *filled], filled, filled[1:], strict=False):
        if lines[at].quoted and not lines[last].quoted and lines[last].text.endswith(":"):
            yield last
            is_rest = len(lines[last].text.split()) <= MOST_FOLDED
            if is_rest and before is not None and not lines[before].quoted:
                yield before


def _told(lines: Sequence[Line], ours: set[int]) -> Iterator[Told]:
    taken: set[int] = set()
    for at, line in enumerate(lines):
        if not line.label or at in taken:
            continue
        if line.answer:
            if at not in ours:
                yield Told(line.label, line.answer, at)
            continue
        below = _below(lines, ours, at)
        if below is not None:
            taken.add(below)
            yield Told(line.label, lines[below].text, below)


def _below(lines: Sequence[Line], ours: set[int], at: int) -> int | None:
    """Where the answer stands that was written below a label."""
    into_quote = lines[at].quoted
    below = next((n for n in range(at + 1, min(at + 3, len(lines))) if not lines[n].blank), None)
    if below is None or below in ours:
        return None
    between = into_quote and not lines[below].quoted
    if below == at + 1:
        return below if between or not lines[below].label else None
    return below if between and _goes_on(lines, below + 1) else None


def _goes_on(lines: Sequence[Line], begin: int) -> bool:
    """Whether anything quoted follows."""
    return any(lines[at].quoted and not lines[at].blank for at in range(begin, len(lines)))
