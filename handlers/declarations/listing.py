"""An exclusion list as somebody sends it: which column is which, what is taken, and what is refused and why."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum

from bot.question import Answer, Unreadable
from bot.reading import an_isbn, fold, kind_of
from bot.render import Wording
from handlers.declarations.excluded import with_words
from storage.excluded import ExcludedWork

HEADINGS_WITHIN = 20
"""Lines in which the headings are looked for: a title often stands above them."""
LEAST_HEADINGS = 2
EARLIEST, LATEST = 2000, 2100
"""Years that a list may be of."""
LONGEST = {"title": 300, "publisher": 300, "category": 100}
"""Characters."""
NO_MOMENT = datetime(2000, 1, 1, tzinfo=UTC)
"""An ISBN is read the same at any time."""


class Column(StrEnum):
    """What a column may hold."""

    ISBN = "isbn"
    TITLE = "title"
    PUBLISHER = "publisher"
    CATEGORY = "category"
    YEAR = "year"


@dataclass(frozen=True, slots=True)
class Refused:
    """A line that is not taken."""

    line: int
    """As a spreadsheet counts, from 1."""
    reason: str
    """A label of `cli/exclusions/reasons`."""
    value: str = ""


@dataclass(frozen=True, slots=True)
class Listing:
    """What a file holds."""

    lists: Mapping[int, Sequence[ExcludedWork]] = field(default_factory=dict)
    """The works by the year that they are excluded for."""
    refused: tuple[Refused, ...] = ()
    repeated: int = 0
    """Lines that say again what another line says."""
    unread: tuple[Refused, ...] = ()
    """Lines that are taken without what stands where their ISBN should."""
    is_list: bool = True
    """Whether it looks like a list of works at all."""


def headings_of(wording: Wording) -> dict[str, Column]:
    """What each heading means, folded, in either language."""
    return {fold(word): one for one in Column for word in wording.words("cli/exclusions/headings", one.value)}


def listing_of(rows: Sequence[Sequence[str]], headings: Mapping[str, Column], year: int) -> Listing:
    """What the rows say; lines without a year of their own are of the list of `year`."""
    found = [(at, _columns(row, headings)) for at, row in enumerate(rows[:HEADINGS_WITHIN])]
    at, columns = max(found, key=lambda one: len(one[1]), default=(0, {}))
    if len(columns) < LEAST_HEADINGS or Column.TITLE not in columns:
        return Listing(is_list=False)
    taken: dict[tuple[int, str, str | None], ExcludedWork] = {}
    refused, unread, count = [], [], 0
    for line in _lines(rows, at + 1, columns):
        read = _read(line, year)
        if isinstance(read, Refused):
            refused.append(read)
            continue
        listed_for, work = read
        taken.setdefault((listed_for, work.title_key, work.isbn), work)
        count += 1
        if work.isbn is None and line.cell(Column.ISBN):
            unread.append(Refused(line.number, "no-isbn", line.cell(Column.ISBN)))
    years = sorted({listed_for for listed_for, *_ in taken})
    lists = {
        one: with_words([work for (listed_for, *_), work in taken.items() if listed_for == one])
        for one in years
    }
    return Listing(lists, tuple(refused), count - len(taken), tuple(unread))


@dataclass(frozen=True, slots=True)
class _Line:
    number: int
    cells: Mapping[Column, str]

    def cell(self, column: Column) -> str:
        return " ".join(self.cells.get(column, "").split())[: LONGEST.get(column, 100)]


def _columns(row: Sequence[str], headings: Mapping[str, Column]) -> dict[Column, int]:
    """Which column stands where: the first of two with one meaning."""
    columns: dict[Column, int] = {}
    for index, cell in enumerate(row):
        column = headings.get(fold(cell))
        if column:
            columns.setdefault(column, index)
    return columns


def _lines(rows: Sequence[Sequence[str]], first: int, columns: Mapping[Column, int]) -> Iterator[_Line]:
    for number, row in enumerate(rows[first:], first + 1):
        if any(row):
            yield _Line(number, {column: row[index] for column, index in columns.items()})


def _read(line: _Line, year: int) -> tuple[int, ExcludedWork] | Refused:
    """The year of its list and the work, or what is wrong with the line."""
    title, written = line.cell(Column.TITLE), line.cell(Column.YEAR)
    if not any(map(str.isalnum, title)):
        return Refused(line.number, "title")
    listed_for = _year(written, year)
    if listed_for is None:
        return Refused(line.number, "year", written)
    isbn = _isbn(line.cell(Column.ISBN))
    if isbn is None:
        return Refused(line.number, "isbn", line.cell(Column.ISBN))
    publisher, category = line.cell(Column.PUBLISHER), line.cell(Column.CATEGORY)
    return listed_for, ExcludedWork(
        title, fold(title)[:340], isbn or None, publisher or None, category or None
    )


def _year(written: str, year: int) -> int | None:
    """The year of the list: the first of « 2026-2027 »; `year` where none is written."""
    if not written:
        return year
    digits = written[:4]
    return int(digits) if digits.isdecimal() and EARLIEST <= int(digits) <= LATEST else None


def _isbn(written: str) -> str | None:
    """In thirteen digits, empty where there is none; None where the digits are wrong. An ISSN names no one work."""
    if not any(map(str.isdigit, written)):
        return ""
    try:
        number = an_isbn().read(Answer(written, NO_MOMENT))
    except Unreadable:
        return None
    return number if kind_of(number) == "isbn" else ""
