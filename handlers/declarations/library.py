"""What a library told of the book whose number was given: derived defaults, never answers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from bot.filling import Line
from bot.form import Values
from bot.turn import Turn
from handlers.declarations.kinds import PUBLICATIONS, Kind
from storage import books
from storage.books import Book

DESCRIBED = PUBLICATIONS | {Kind.SCORE}
"""Kinds whose title is that of the book; a play or an article stands in one that is called otherwise."""
PARTS: Mapping[str, str] = {
    "title": "title",
    "author": "author",
    "publisher": "publisher",
    "year": "year",
    "total_pages": "pages",
}
"""What a library tells, by the part of a work that it fills in."""


@dataclass(frozen=True, slots=True)
class Told:
    """What a library told of the book with this number; for `Turn.once`."""

    isbn: str

    def __call__(self, turn: Turn) -> Book | None:
        return books.by_isbn(turn.tx, self.isbn)


def told_of(turn: Turn, values: Values) -> Book | None:
    """The book that the values are about, while the operator wants books looked up."""
    isbn, kind = values.get("isbn"), values.get("kind", Kind.BOOK)
    wanted = turn.house.settings.lookup_url is not None and kind in DESCRIBED
    return turn.once(Told(isbn)) if wanted and isbn else None


def part_of(book: Book | None, part: str) -> Any:
    """What it tells of this part of a work, if anything."""
    return getattr(book, PARTS[part]) if book and part in PARTS else None


def source_of(
    turn: Turn, book: Book | None, lines: Iterable[Line], answered: Iterable[str]
) -> dict[str, Any] | None:
    """Which lines nobody answered, since the library told them, and where it is; None where there are none."""
    url = turn.house.settings.lookup_url
    told = {"title", "author", "publisher", "year", "total"} - set(answered)
    fields = [line.template for line in lines if line.name in told]
    return {"name": url.host, "fields": fields} if book and url and fields else None
