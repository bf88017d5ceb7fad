"""A mail's text line by line: how deep each is quoted, and what it says without the marks."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace

LONGEST_LINE = 600
"""Characters by which a line is recognised; a longer one is a paragraph that somebody wrote."""

MARKS = re.compile(r"[ \t]{0,3}(?:>[ \t]?)+")
UNCLOSED = re.compile(r"<[^<>]{0,200}$")
LONGEST_REST = 60
SPACES = re.compile(r"\s+")
PLAINER = str.maketrans({"’": "'", "‘": "'", "´": "'", "`": "'", "‐": "-", "‑": "-", "–": "-", "—": "-"})
INVISIBLE = re.compile(r"[\u00ad\u200b-\u200f\u202a-\u202e\u2060\ufeff]")


@dataclass(frozen=True, slots=True)
class Line:
    """One line as it came, and what rules look at."""

    raw: str
    plain: str
    """Small letters, simple signs, single spaces, no marks of quoting; only the beginning of a long line."""
    depth: int
    """How many times it is quoted."""

    @property
    def blank(self) -> bool:
        return not self.plain


def lines_of(text: str) -> list[Line]:
    """The lines of a text whose line ends are plain."""
    found: list[Line] = []
    for raw in text.split("\n"):
        line = _line(raw)
        found.append(_bracket_closed(found[-1], line) if found and line.depth else line)
    return found


def _bracket_closed(above: Line, line: Line) -> Line:
    """A « > » that ends an address folded over two lines is no mark of quoting."""
    is_rest = line.depth == above.depth + 1 and line.plain.endswith(":") and len(line.plain) <= LONGEST_REST
    return (
        replace(line, plain=f">{line.plain}", depth=above.depth)
        if is_rest and UNCLOSED.search(above.plain)
        else line
    )


def _line(raw: str) -> Line:
    start = raw[:LONGEST_LINE].replace("\N{NO-BREAK SPACE}", " ")
    marks = MARKS.match(start)
    said = start[marks.end() :] if marks else start
    composed = unicodedata.normalize("NFC", INVISIBLE.sub("", said)).casefold().translate(PLAINER)
    plain = SPACES.sub(" ", composed).strip()
    # A line of spaces alone is blank however long; a long line that begins with spaces is not.
    if not plain and len(raw) > LONGEST_LINE and raw.strip(" \t\N{NO-BREAK SPACE}>"):
        plain = "…"
    return Line(raw, plain, marks[0].count(">") if marks else 0)
