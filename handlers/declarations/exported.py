"""Declarations as lines of a file: every field of each, one line for each range of pages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields
from typing import Final

from bot.reading import Pages, PagesFault, Range
from bot.reading.pages import written
from bot.writing import Cell
from handlers.declarations.agreement import HUNDREDTHS
from storage.declarations import Filing, Use, Work
from storage.exported import Exported

COLUMNS: Final = (
    "number",
    "range",
    "first_page",
    "last_page",
    "pages_in_range",
    "whole",
    "pages",
    "total_pages",
    "share",
    "over",
    "state",
    "late",
    "period",
    "school",
    "centre",
    "person",
    "kind",
    "source",
    "isbn",
    "title",
    "author",
    "publisher",
    "year",
    "medium",
    "pupils",
    "used_on",
    "level",
    "note",
    "sent_at",
    "version",
    "changed_at",
    "decided_by",
    "decided_at",
    "reason",
    "destination",
    "handed_at",
    "handed_version",
)
"""In this order; the lines of one declaration differ in the second to the fifth."""

CHOICES: Final[Mapping[str, str]] = {
    "kind": "declare/ask-kind",
    "source": "declare/ask-source",
    "medium": "declare/ask-medium",
    "state": "cli/export/columns",
    "destination": "cli/export/columns",
}
"""Columns that hold one of a few words, and the template that says it for people."""

SHARES: Final = frozenset({"share"})
"""Columns that hold a part of one."""

NAMES: Final = tuple(
    tuple(field.name for field in fields(part) if field.name in COLUMNS) for part in (Work, Use, Filing)
)
"""The columns that each part of a declaration holds."""

Line = Mapping[str, Cell]


def lines_of(one: Exported) -> Iterator[Line]:
    """A line a range; one alone for the whole of a text."""
    facts = _facts(one)
    for number, pages in enumerate(_ranges(one.declaration.use.copied), 1):
        yield {**facts, "range": number, **pages}


def _facts(one: Exported) -> dict[str, Cell]:
    declared, handed, share = one.declaration, one.handover, one.declaration.filing.share
    parts = (declared.work, declared.use, declared.filing)
    return {
        **{name: getattr(part, name) for part, names in zip(parts, NAMES, strict=True) for name in names},
        "number": declared.id,
        "share": share and round(share / HUNDREDTHS, 3),
        "state": declared.course.state.value,
        "version": declared.course.version,
        "changed_at": declared.course.changed_at,
        "decided_at": declared.course.decided_at,
        "reason": declared.course.reason,
        "decided_by": one.decided_by,
        "person": one.person,
        "school": one.school,
        "centre": one.centre,
        "handed_at": handed.at if handed else None,
        "handed_version": handed.version if handed else None,
    }


def _ranges(copied: str) -> list[dict[str, Cell]]:
    """Roman page numbers stay as they stand on the page."""
    try:
        pages = Pages.parse(copied)
    except PagesFault:
        return [_range(copied, None, None)]
    if pages.whole:
        return [_range(None, None, None, whole=True)]
    return [
        _range(_page(one.first, one), _page(one.last, one), one.last - one.first + 1) for one in pages.ranges
    ]


def _page(number: int, of: Range) -> Cell:
    return written(number, roman=True) if of.roman else number


def _range(first: Cell, last: Cell, count: Cell, *, whole: bool = False) -> dict[str, Cell]:
    return {"first_page": first, "last_page": last, "pages_in_range": count, "whole": whole}
