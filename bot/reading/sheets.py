"""Sheets as people send them, CSV of any kind or XLSX: their bytes made into rows of text."""

from __future__ import annotations

import csv
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from io import BytesIO, StringIO
from itertools import islice
from pathlib import PurePath
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

Rows = tuple[tuple[str, ...], ...]
"""Row i is line i + 1 as a spreadsheet shows it; every row holds as many cells as the widest."""

MOST_ROWS = 20_000
MOST_COLUMNS = 40
MOST_BYTES = 40_000_000
"""Of all that an XLSX unpacks to; twenty thousand rows of ten columns take some 15 MB."""
LAST_LINE = 1_048_576
"""The last line that a spreadsheet can have; a file that claims another is none."""

KIND, SIZE, UNREADABLE = "kind", "size", "unreadable"
TEXT_SUFFIXES = {"", ".csv", ".tsv", ".tab", ".txt"}
SEPARATORS = "\t;,"
SEPARATOR_LINE = "sep="
"""How a first line begins that tells Excel the separator."""
BEGINS_ZIP, BEGINS_OLD_OFFICE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
BYTE_ORDER_MARKS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
DOCTYPES = tuple("<!DOCTYPE".encode(coding) for coding in ("utf-8", "utf-16-le", "utf-16-be"))
"""No program writes them into a workbook; what defines its own entities may grow without bounds."""
SAMPLE = 200
"""Lines that the separator is guessed from."""


class SheetUnreadable(Exception):
    """Not a sheet that can be read. `reason`: `kind` (no CSV or XLSX), `size` (too much of it), `unreadable` (damaged).

    Ask for the file once more, saved as CSV or XLSX.
    """

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def read_sheet(name: str, content: bytes, most_rows: int = MOST_ROWS) -> Rows:
    """The rows of a file by that name, or of the first visible sheet of a workbook that holds anything.

    It may take a second, so it belongs on a thread. Raises `SheetUnreadable`, also for more than `most_rows`.
    """
    if content.startswith(BEGINS_ZIP):
        return _of_workbook(content, most_rows)
    if content.startswith(BEGINS_OLD_OFFICE) or PurePath(name).suffix.lower() not in TEXT_SUFFIXES:
        raise SheetUnreadable(KIND)
    return _squared(_of_text(_decoded(content)), most_rows)


def _squared(rows: Iterable[list[str]], most_rows: int) -> Rows:
    """Rows of one width, without the blank ones and blank columns at the end."""
    kept: list[list[str]] = []
    width = filled = 0
    for line, row in enumerate(rows, start=1):
        row_width = max((at for at, cell in enumerate(row, start=1) if cell), default=0)
        if row_width > MOST_COLUMNS or (row_width and line > most_rows) or line > LAST_LINE:
            raise SheetUnreadable(SIZE)
        if line <= most_rows:
            kept.append(row[:row_width])
        width, filled = max(width, row_width), line if row_width else filled
    return tuple((*row, *("",) * (width - len(row))) for row in kept[:filled])


def _decoded(content: bytes) -> str:
    """Spreadsheets save as UTF-8, with a mark or without, as UTF-16, or as Windows' own Western coding."""
    marked = next((coding for mark, coding in BYTE_ORDER_MARKS.items() if content.startswith(mark)), None)
    for coding in (marked or "utf-8", "cp1252"):
        try:
            text = content.decode(coding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise SheetUnreadable(UNREADABLE)


def _of_text(text: str) -> Iterator[list[str]]:
    first, _, rest = text.partition("\n")
    if first.strip().strip('"').lower().startswith(SEPARATOR_LINE):
        separator = first.strip().strip('"')[len(SEPARATOR_LINE) :] or _separator_of(rest)
        yield []
        yield from _split(rest, separator)
    else:
        yield from _split(text, _separator_of(text))


def _split(text: str, separator: str) -> list[list[str]]:
    """By the rules that spreadsheets write by; quotation marks of somebody's own are read as they stand."""
    try:
        rows = list(csv.reader(StringIO(text, newline=""), delimiter=separator, strict=True))
    except (csv.Error, TypeError):
        rows = [line.split(separator) for line in text.splitlines()]
    return [[cell.strip() for cell in row] for row in rows]


def _separator_of(text: str) -> str:
    """The sign that cuts most lines into as many cells as it cuts most others."""
    sample = [line for line in islice(text.splitlines(), SAMPLE) if line.strip()]

    def regularity(separator: str) -> tuple[int, int]:
        cut = (next(csv.reader([line], delimiter=separator), []) for line in sample)
        widths = Counter(len(row) for row in cut if len(row) > 1)
        ((width, count),) = widths.most_common(1) or [(0, 0)]
        return count, width

    return max(SEPARATORS, key=regularity)


def _of_workbook(content: bytes, most_rows: int) -> Rows:
    """Cells as their values; what reads them meets files of anybody's making."""
    from openpyxl import load_workbook  # noqa: PLC0415 - 10 MB that a process without sheets does not need

    _check_package(content)
    try:
        book = load_workbook(BytesIO(content), read_only=True, data_only=True, keep_links=False)
        for sheet in book.worksheets:
            # What a sheet says of its own size is often wrong.
            sheet.reset_dimensions()
        sheets = (
            _squared(_cells(sheet), most_rows) for sheet in book.worksheets if sheet.sheet_state == "visible"
        )
        return next(filter(None, sheets), ())
    except SheetUnreadable:
        raise
    except Exception as error:
        # A damaged workbook breaks its reader in every way there is.
        raise SheetUnreadable(UNREADABLE) from error


def _cells(sheet: Worksheet) -> Iterator[list[str]]:
    for row in sheet.iter_rows(max_col=MOST_COLUMNS + 1, values_only=True):
        yield [_text_of(value) for value in row] if row.count(None) < len(row) else []


def _check_package(content: bytes) -> None:
    """Refuses what is no workbook, what unpacks to too much, and what could grow while it is read."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as package:
            if "xl/workbook.xml" not in package.namelist():
                raise SheetUnreadable(KIND)
            if sum(part.file_size for part in package.infolist()) > MOST_BYTES:
                raise SheetUnreadable(SIZE)
            parts = (part for part in package.infolist() if part.filename.endswith((".xml", ".rels")))
            if any(mark in package.read(part) for part in parts for mark in DOCTYPES):
                raise SheetUnreadable(UNREADABLE)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError) as error:
        raise SheetUnreadable(UNREADABLE) from error


def _text_of(value: object) -> str:
    """A cell as somebody would type it: whole numbers without a point, days as ISO writes them."""
    match value:
        case None:
            return ""
        case float() if value.is_integer():
            return str(int(value))
        case datetime():
            moment = value.isoformat(" ", "minutes")
            return moment.removesuffix(" 00:00")
        case date():
            return value.isoformat()
        case bool():
            return str(value).lower()
    return str(value).strip()
