"""Long tables as files for spreadsheets and programs, written line by line: CSV, XLSX, JSON Lines."""

from __future__ import annotations

import csv
import json
import os
import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from io import TextIOWrapper
from pathlib import Path
from typing import Any, Final

Cell = str | int | float | bool | date | datetime | None
"""What a line holds; moments are aware."""
Write = Callable[[Mapping[str, Cell]], None]
"""Writes a line."""

FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet would reckon with instead of showing it."""
UNSAID: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
"""What no workbook may hold."""
MOST_LINES: Final = 1_048_575
"""Of a worksheet, below its headings."""
LONGEST_CELL: Final = 32_767
SHARE: Final = "0.0%"
"""How a worksheet shows a part of one."""


class TableTooLong(Exception):
    """A worksheet takes no more lines: write CSV or JSON Lines, or less at a time."""


@dataclass(frozen=True, slots=True)
class Layout:
    """The columns of a table, and how people read what is in them."""

    name: str
    """Of its worksheet."""
    headings: Mapping[str, str]
    """By the column's name, in order."""
    said: Mapping[str, Mapping[str, str]]
    """By column, what stands for each of its words."""
    zone: tzinfo
    yes: str
    no: str
    shares: Collection[str] = ()
    """Columns that hold a part of one, such as 0.25: a spreadsheet shows 25 %."""

    def row(self, line: Mapping[str, Cell]) -> list[Cell]:
        """What stands in the columns; words in place of values from a list, moments in local time."""
        return [self._said(name, line.get(name)) for name in self.headings]

    def _said(self, name: str, value: Cell) -> Cell:
        if isinstance(value, datetime):
            return value.astimezone(self.zone).replace(tzinfo=None, microsecond=0)
        return self.said[name].get(value, value) if name in self.said and isinstance(value, str) else value


@contextmanager
def table_in(file: Path, layout: Layout, *, replaces: bool = False) -> Iterator[Write]:
    """Writes a table, in the form that the file's ending names; the file is there only once it is whole.

    Raises FileExistsError unless it may replace one, KeyError for another ending, TableTooLong.
    """
    opened = FORMS[file.suffix.lower()]
    if file.exists() and not replaces:
        raise FileExistsError(file)
    new = file.with_name(f".{file.name}.new")
    os.close(os.open(new, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600))
    try:
        with opened(new, layout) as write:
            yield write
        with new.open("rb") as written:
            os.fsync(written.fileno())
        new.replace(file)
    finally:
        new.unlink(missing_ok=True)


@contextmanager
def _csv(file: Path, layout: Layout) -> Iterator[Write]:
    """As spreadsheets of Quebec open it: UTF-8 with a mark, semicolons, decimal commas."""
    with file.open("w", encoding="utf-8-sig", newline="") as opened:
        table = csv.writer(opened, delimiter=";", lineterminator="\r\n")
        table.writerow(layout.headings.values())
        yield lambda line: table.writerow([_plain(value, layout) for value in layout.row(line)])


def _plain(value: Cell, layout: Layout) -> str:
    if isinstance(value, bool):
        return layout.yes if value else layout.no
    if isinstance(value, float):
        return repr(value).replace(".", ",")
    if isinstance(value, str):
        return f"'{value}" if value.startswith(FORMULA) else value
    if isinstance(value, datetime):
        return value.isoformat(" ")
    return "" if value is None else str(value)


@contextmanager
def _jsonl(file: Path, layout: Layout) -> Iterator[Write]:
    """An object a line, its values as they are kept, moments with their offset."""
    with file.open("w", encoding="utf-8", newline="\n") as opened:
        yield lambda line: _put(
            opened, {name: _exact(line.get(name), layout.zone) for name in layout.headings}
        )


def _put(opened: TextIOWrapper, line: Mapping[str, Any]) -> None:
    opened.write(json.dumps(line, ensure_ascii=False) + "\n")


def _exact(value: Cell, zone: tzinfo) -> Any:
    if isinstance(value, datetime):
        return value.astimezone(zone).isoformat()
    return value.isoformat() if isinstance(value, date) else value


@contextmanager
def _xlsx(file: Path, layout: Layout) -> Iterator[Write]:
    """A workbook with typed columns, whose lines go to a file as they come."""
    # Nine megabytes that nobody needs for the other forms.
    from openpyxl import Workbook  # noqa: PLC0415

    book = Workbook(write_only=True)
    sheet = book.create_sheet(layout.name)
    sheet.freeze_panes = "A2"
    _append(sheet, list(layout.headings.values()))
    shares = [number for number, name in enumerate(layout.headings) if name in layout.shares]
    count = 0

    def write(line: Mapping[str, Cell]) -> None:
        nonlocal count
        count += 1
        if count > MOST_LINES:
            raise TableTooLong
        _append(sheet, layout.row(line), shares)

    try:
        yield write
        sheet.auto_filter.ref = f"A1:{_letters(len(layout.headings))}{count + 1}"
    finally:
        book.save(file)


def _append(sheet: Any, row: Sequence[Cell], shares: Sequence[int] = ()) -> None:
    cells: list[Any] = [_text(sheet, value) if isinstance(value, str) else value for value in row]
    for column in shares:
        if isinstance(value := row[column], float):
            cells[column] = _share(sheet, value)
    sheet.append(cells)


def _share(sheet: Any, value: float) -> Any:
    from openpyxl.cell import WriteOnlyCell  # noqa: PLC0415 - as above

    cell = WriteOnlyCell(sheet, value)
    cell.number_format = SHARE
    return cell


def _text(sheet: Any, value: str) -> Any:
    """A text that the library does not take for a formula, whatever it begins with."""
    said = UNSAID.sub("", value)[:LONGEST_CELL]
    if not said.startswith(FORMULA):
        return said
    from openpyxl.cell import WriteOnlyCell  # noqa: PLC0415 - as above

    cell = WriteOnlyCell(sheet, said)
    cell.data_type = "s"
    return cell


def _letters(column: int) -> str:
    """How a spreadsheet names a column, counted from 1."""
    from openpyxl.utils import get_column_letter  # noqa: PLC0415 - as above

    return get_column_letter(column)


Form = Callable[[Path, Layout], AbstractContextManager[Write]]
FORMS: Final[Mapping[str, Form]] = {".csv": _csv, ".xlsx": _xlsx, ".jsonl": _jsonl}
"""By the ending of the file's name."""
