"""Reads facts.tsv: every date, address, label, limit and number that an answer must say, in both languages."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

TABLE = Path(__file__).parent / "facts.tsv"


@dataclass(frozen=True, slots=True)
class Fact:
    """What an entry says for certain, to somebody of whom nothing is known."""

    entry: str
    language: str
    part: str
    """`answer`, or `next`: what is said when the answer did not help."""
    said: str
    """The very words, with plain spaces."""

    def __str__(self) -> str:
        return f"{self.entry} {self.language} {self.said}"


def facts() -> list[Fact]:
    """The table, in its order: line 1 names the columns."""
    with TABLE.open(encoding="utf-8", newline="") as lines:
        _, *rows = csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
    return [Fact(*row) for row in rows]
