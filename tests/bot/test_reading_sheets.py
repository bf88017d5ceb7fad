"""Sheets as people send them: every coding, separator and kind of cell, and what is no sheet at all."""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from datetime import date, datetime
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from bot.reading.sheets import MOST_COLUMNS, MOST_ROWS, SheetUnreadable, read_sheet

ROWS = (("École", "Courriel"), ("École du Cœur", "d.roy@ecole.invalid"))
WRITTEN = "École;Courriel\nÉcole du Cœur;d.roy@ecole.invalid\n"


def workbook(*sheets: Sequence[Sequence[object]], hidden: Sequence[int] = ()) -> bytes:
    """A workbook of these sheets, as a file."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for at, rows in enumerate(sheets):
        sheet = book.create_sheet(f"Feuille {at + 1}")
        sheet.sheet_state = "hidden" if at in hidden else "visible"
        for row in rows:
            sheet.append(list(row))
    file = BytesIO()
    book.save(file)
    return file.getvalue()


@pytest.mark.parametrize("coding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("ends", ["\n", "\r\n"])
@pytest.mark.parametrize("separator", [";", ",", "\t"])
def test_a_text_file_is_read_in_whatever_way_it_was_saved(coding: str, ends: str, separator: str) -> None:
    written = WRITTEN.replace(";", separator).replace("\n", ends)
    assert read_sheet("personnel.csv", written.encode(coding)) == ROWS


@pytest.mark.parametrize(
    ("written", "rows"),
    [
        ("", ()),
        ("\n\n", ()),
        ("Nom\nRoy\n", (("Nom",), ("Roy",))),
        ('Nom;École\n"Roy, D.";"École ""Les Pins"""\n', (("Nom", "École"), ("Roy, D.", 'École "Les Pins"'))),
        ("Nom,École\nRoy,Les Pins\n", (("Nom", "École"), ("Roy", "Les Pins"))),
        ("Nom;École\nRoy, D.;Pins, les\n", (("Nom", "École"), ("Roy, D.", "Pins, les"))),
        ('Nom;École\n"Les Pins" annexe;Roy\n', (("Nom", "École"), ('"Les Pins" annexe', "Roy"))),
        ('Nom;École\n"Roy;Pins\nLee;Lac\n', (("Nom", "École"), ('"Roy', "Pins"), ("Lee", "Lac"))),
        ("sep=,\nNom,École\n", (("", ""), ("Nom", "École"))),
        ("Nom;École\n\nRoy;Pins;;;\n;;\n", (("Nom", "École"), ("", ""), ("Roy", "Pins"))),
        ("\u00a0Nom ;École\u00a0\n", (("Nom", "École"),)),
        ('Nom;Note\nRoy;"deux\nlignes"\n', (("Nom", "Note"), ("Roy", "deux\nlignes"))),
    ],
)
def test_rows_are_those_that_a_spreadsheet_shows(written: str, rows: tuple[tuple[str, ...], ...]) -> None:
    assert read_sheet("personnel.csv", written.encode()) == rows


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (None, ""),
        ("  Roy\u00a0", "Roy"),
        (40, "40"),
        (40.0, "40"),
        (2.5, "2.5"),
        (5145551234.0, "5145551234"),
        (True, "true"),
        (date(2026, 8, 31), "2026-08-31"),
        (datetime(2026, 8, 31), "2026-08-31"),  # noqa: DTZ001 - a spreadsheet knows no zones
        (datetime(2026, 8, 31, 13, 30), "2026-08-31 13:30"),  # noqa: DTZ001
    ],
)
def test_a_cell_is_read_as_somebody_would_type_it(cell: object, text: str) -> None:
    assert read_sheet("a.xlsx", workbook([["Titre"], [cell], ["fin"]])) == (("Titre",), (text,), ("fin",))


def test_the_first_visible_sheet_with_anything_in_it_is_the_one() -> None:
    sheets: tuple[list[list[object]], ...] = (
        [["cachée"]],
        [],
        [[None, None]],
        [["École", "Nom"], [], ["Pins", None]],
        [["autre"]],
    )
    assert read_sheet("a.xlsx", workbook(*sheets, hidden=[0])) == (("École", "Nom"), ("", ""), ("Pins", ""))


def test_a_workbook_is_known_by_what_it_holds_not_by_its_name() -> None:
    assert read_sheet("liste.csv", workbook(ROWS)) == ROWS


def packed(**parts: str) -> bytes:
    """A zip file of these parts, `__` for a slash and `_` for a point."""
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        for name, text in parts.items():
            package.writestr(name.replace("__", "/").replace("_", "."), text)
    return file.getvalue()


ENTITIES = '<!DOCTYPE lolz [<!ENTITY lol "lol">]><workbook>&lol;</workbook>'


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("photo.jpg", b"\xff\xd8\xff\xe0", "kind"),
        ("lettre.pdf", b"%PDF-1.7", "kind"),
        ("ancien.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "kind"),
        ("lettre.docx", packed(word__document_xml="<document/>"), "kind"),
        ("a.csv", b"\x00\x01\x02\x03", "unreadable"),
        ("a.xlsx", b"PK\x03\x04 and no more", "unreadable"),
        ("a.xlsx", packed(xl__workbook_xml="<workbook>"), "unreadable"),
        ("a.xlsx", packed(xl__workbook_xml=ENTITIES), "unreadable"),
        ("a.xlsx", workbook(ROWS)[:-40], "unreadable"),
        ("a.xlsx", packed(xl__workbook_xml="<workbook/>", xl__bomb_xml="0" * 41_000_000), "size"),
        ("a.csv", b"Nom\n" + b"Roy\n" * MOST_ROWS, "size"),
        ("a.csv", b";".join([b"x"] * (MOST_COLUMNS + 1)), "size"),
        ("a.xlsx", workbook([["x"] * (MOST_COLUMNS + 1)]), "size"),
    ],
)
def test_what_is_no_sheet_is_refused_with_its_reason(name: str, content: bytes, reason: str) -> None:
    with pytest.raises(SheetUnreadable) as refused:
        read_sheet(name, content)
    assert refused.value.reason == reason


def test_blank_rows_below_the_last_one_take_nothing() -> None:
    assert read_sheet("a.csv", b"Nom\nRoy\n" + b"\n" * (MOST_ROWS + 5)) == (("Nom",), ("Roy",))


@given(st.binary(max_size=400))
def test_no_bytes_end_in_anything_but_rows_or_a_reason(content: bytes) -> None:
    for begun in (content, b"PK\x03\x04" + content):
        try:
            rows = read_sheet("a.csv", begun)
        except SheetUnreadable:
            continue
        assert len({len(row) for row in rows}) <= 1
