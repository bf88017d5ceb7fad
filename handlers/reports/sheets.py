"""A report as files for a spreadsheet: an XLSX workbook with typed columns, and the same lines as CSV."""

from __future__ import annotations

import csv
import textwrap
from collections.abc import Iterable, Iterator, Mapping, Sequence
from io import BytesIO, StringIO
from typing import Any, Final

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from bot.messages import File
from bot.render import Wording
from bot.writing import FORMULA, UNSAID
from handlers.reports.report import Line, Report

TEMPLATE: Final = "participation/columns"
XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
COLUMNS: Final = (
    "group", "centre", "name", "expected", "confirmed", "listed", "registered", "took_part", "share", "declared",
    "nothing", "missing", "drafts", "recent", "unlisted",
)  # fmt: skip
"""Of every table, whatever its lines are."""
ALWAYS: Final = ("expected", "listed", "unlisted")
"""Counts that tell nothing of what anybody did."""
NARROWEST, WIDEST, ARROW = 10, 48, 3
"""Characters of a column, and of the arrow of its filter."""
LINE: Final = 15
"""Points of a line of a heading."""
SLACK: Final = 1e-9
"""So that 29 of 100 are not 28 percent."""

Cell = str | int | float | None
Row = tuple[Cell, ...]
Words = Mapping[str, str]
"""By key, what stands in the template."""


def workbook(report: Report, wording: Wording, language: str) -> File:
    """A sheet for each sort of line; inside a school, one with who took no part yet."""
    words, book = _words(wording, language), Workbook()
    book.remove(book.worksheets[0])
    for title, rows in _sheets(report, words):
        if len(rows) > 1:
            _fill(book.create_sheet(words[title]), rows)
    content = BytesIO()
    book.save(content)
    return File(f"{_file(report, words)}.xlsx", XLSX, content.getvalue())


def lines(report: Report, wording: Wording, language: str) -> File:
    """Every line in one table, as spreadsheets of Quebec open it: UTF-8 with a mark, semicolons."""
    words = _words(wording, language)
    below = [("centre", line) for line in report.centres] + [("school", line) for line in report.schools]
    written = StringIO()
    table = csv.writer(written, delimiter=";", lineterminator="\r\n")
    table.writerows(map(_plain, _headed(words, [*_summary(report), *below])))
    return File(f"{_file(report, words)}.csv", "text/csv", written.getvalue().encode("utf-8-sig"))


def _sheets(report: Report, words: Words) -> Iterator[tuple[str, list[Row]]]:
    yield "summary", _headed(words, _summary(report))
    yield "schools", _headed(words, [("school", line) for line in report.schools])
    yield "centres", _headed(words, [("centre", line) for line in report.centres])
    yield "people", [*_people(report, words)]


def _summary(report: Report) -> list[tuple[str, Line]]:
    return [("total", report.total), *(("role", line) for line in report.roles)]


def _headed(words: Words, grouped: Iterable[tuple[str, Line]]) -> list[Row]:
    return [tuple(words[name] for name in COLUMNS), *(_row(words, group, line) for group, line in grouped)]


def _row(words: Words, group: str, line: Line) -> Row:
    told: dict[str, Cell] = {
        "group": words[group],
        "centre": line.centre,
        "name": words[line.role]
        if line.role
        else line.name or words["private" if group == "centre" else "all"],
        "confirmed": words["yes" if line.confirmed else "no"],
        "share": None if line.share is None else line.counts.took_part / line.out_of,
    }
    return tuple(told[name] if name in told else _count(words, line, name) for name in COLUMNS)


def _count(words: Words, line: Line, name: str) -> Cell:
    hidden = line.hidden and name not in ALWAYS
    return words["hidden"] if hidden else int(getattr(line.counts, name))


def _people(report: Report, words: Words) -> Iterator[Row]:
    yield tuple(words[name] for name in ("person", "role", "draft", "registered"))
    for one in report.missing:
        yield (
            one.name,
            words[one.role],
            *(words["yes" if told else "no"] for told in (one.draft, one.registered)),
        )


def _fill(sheet: Any, rows: Sequence[Row]) -> None:
    for row in rows:
        sheet.append([UNSAID.sub("", cell) if isinstance(cell, str) else cell for cell in row])
    for cell in (cell for cells in sheet.iter_rows(min_row=2) for cell in cells):
        if isinstance(cell.value, str):
            cell.data_type = "s"
        elif isinstance(cell.value, float):
            cell.number_format = "0.0%"
    for cell in sheet[1]:
        cell.font, cell.alignment = Font(bold=True), Alignment(wrap_text=True, vertical="top")
    widths = [_width(column) for column in zip(*rows, strict=True)]
    for number, width in enumerate(widths, 1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    headings = (textwrap.wrap(str(one), width - ARROW) for one, width in zip(rows[0], widths, strict=True))
    sheet.row_dimensions[1].height = LINE * max(map(len, headings))
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = sheet.dimensions


def _width(column: Sequence[Cell]) -> int:
    """Wide enough for every value, and for the longest word of its heading beside the arrow of the filter."""
    values = (len(f"{one:.1%}" if isinstance(one, float) else str(one or "")) for one in column[1:])
    word = max(map(len, str(column[0]).split()))
    return min(WIDEST, max(NARROWEST, word + ARROW, *(value + 2 for value in values)))


def _plain(row: Row) -> Row:
    return tuple(map(_plainly, row))


def _plainly(cell: Cell) -> Cell:
    """A share is read as one whatever the language of the spreadsheet: in whole percent, as the report tells it."""
    if isinstance(cell, float):
        return f"{int(100 * cell + SLACK)}%"
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA) else cell


def _file(report: Report, words: Words) -> str:
    return f"{words['file']}-{report.period.key}"


def _words(wording: Wording, language: str) -> Words:
    return {label.key: label.text for label in wording.labels(TEMPLATE, language)}
