"""`declic export declarations`: every field, a line a range, and read back the same."""

from __future__ import annotations

import csv
import json
import os
import tracemalloc
from dataclasses import replace
from datetime import UTC, date, datetime
from itertools import zip_longest
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from openpyxl import load_workbook
from sqlalchemy import func, insert, select

from bot.cli.export import Count, _fill, _hand_over
from bot.writing import FORMULA, Cell, Layout, table_in
from handlers.declarations.exported import COLUMNS, SHARES
from handlers.declarations.filing import Terms, file
from storage import declarations, exported, roster, versions
from storage.database import Database, Transaction, open_database
from storage.declarations import Use, Work
from storage.exported import Exported, Wanted
from storage.people import Person, Place
from storage.states import DeclarationState, Role, Sector
from storage.tables import declaration, declaration_handover, person, school
from tests.bot.cli.conftest import Organisation

MANY = 1000 * int(os.environ.get("DECLIC_EXPORT_THOUSANDS", "5"))
"""Declarations; each five hundred go the same way."""
FEWER = 2_000
"""To be measured: that takes ten times as long."""
SENT = datetime(2026, 11, 17, 14, 30, tzinfo=UTC)
ZONE = ZoneInfo("America/Toronto")
LAYOUT = Layout("Déclarations", {name: name.upper() for name in COLUMNS}, {}, ZONE, "oui", "non", SHARES)
PEAK = 5_000_000
"""Bytes; so many lines, kept, take twice that."""


def sent(tx: Transaction, title: str = "Le renard bleu", copied: str = "12-30, 45", **more: Any) -> int:
    """A declaration of the first teacher."""
    whose = tx.execute(select(person.c.id).where(person.c.name == "Camille Essai")).scalar_one()
    where = tx.execute(select(func.min(school.c.id))).scalar_one()
    work, use = Work("book", title, total_pages=80), Use(copied, "paper", 28, date(2026, 11, 16), note="=1+1")
    filing = file(Person(whose), work, use, SENT.astimezone(ZONE), Terms(0, "forward"))
    return declarations.send(tx, None, work, use, replace(filing, school_id=where, **more))


@pytest.fixture
async def forwarding(organisation: Organisation) -> Organisation:
    """Who hands declarations over, with three of them."""
    made = Organisation(organisation.folder, {**organisation.settings, "destination": "forward"})

    def three(tx: Transaction) -> None:
        sent(tx)
        sent(tx, "=HYPERLINK(1)", "whole")
        number = sent(tx, "Chant d’été", "xii-xv", period="2025-3")
        found = declarations.by_id(tx, number)
        assert found
        versions.set_state(tx, found, DeclarationState.WITHDRAWN, SENT)

    await made.write(three)
    return made


def in_csv(file: Path) -> list[dict[str, str]]:
    raw = file.read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(raw.decode("utf-8-sig").splitlines(), delimiter=";"))


def in_jsonl(file: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in file.read_text("utf-8").splitlines()]


def in_xlsx(file: Path) -> list[dict[str, object]]:
    headings, *rows = load_workbook(file, read_only=True).worksheets[0].iter_rows(values_only=True)
    # A row ends with its last cell that holds something.
    return [dict(zip_longest(map(str, headings), row)) for row in rows]


async def test_a_declaration_of_two_ranges_is_two_lines_of_one_number(forwarding: Organisation) -> None:
    done = await forwarding("export", "declarations", "tout.csv", "--period", "2026-1")
    assert (done.code, done.err) == (0, "")
    assert done.out.splitlines()[0] == "✓ tout.csv : 2 déclarations, 3 lignes (une par plage de pages)."
    first, second, whole = in_csv(forwarding.folder / "tout.csv")
    assert (first["Numéro"], first["Plage"], first["Première page"], first["Dernière page"]) == (
        "1",
        "1",
        "12",
        "30",
    )
    assert (second["Numéro"], second["Plage"], second["Première page"], second["Pages de la plage"]) == (
        "1",
        "2",
        "45",
        "1",
    )
    assert (whole["Texte complet"], whole["Première page"]) == ("oui", "")
    assert (whole["Titre"], whole["Remarque"]) == ("'=HYPERLINK(1)", "'=1+1")
    told = {"Genre": "Un livre", "Support": "Sur papier", "État": "envoyée", "Part de l’œuvre": "0,25"}
    assert told.items() <= first.items()
    assert (first["Envoyée le"], first["Date d’utilisation"]) == ("2026-11-17 09:30:00", "2026-11-16")
    assert first["Personne"] == "Camille Essai"
    assert first["École"]


async def test_each_form_says_the_same(forwarding: Organisation) -> None:
    for name in ("tout.csv", "tout.xlsx", "tout.jsonl"):
        assert (await forwarding("export", "declarations", name)).code == 0
    exact = in_jsonl(forwarding.folder / "tout.jsonl")
    typed = in_xlsx(forwarding.folder / "tout.xlsx")
    plain = in_csv(forwarding.folder / "tout.csv")
    assert [line["title"] for line in exact] == [line["Titre"] for line in typed]
    assert [str(line["number"]) for line in exact] == [line["Numéro"] for line in plain]
    assert exact[3] | {"state": "withdrawn", "first_page": "xii", "last_page": "xv"} == exact[3]
    assert exact[0]["sent_at"] == "2026-11-17T09:30:00-05:00"
    assert (typed[0]["Première page"], typed[0]["Part de l’œuvre"], typed[2]["Titre"]) == (
        12,
        0.25,
        "=HYPERLINK(1)",
    )
    assert typed[0]["Envoyée le"] == SENT.astimezone(ZONE).replace(tzinfo=None)
    assert typed[3]["État"] == "retirée"
    assert [line["share"] for line in exact] == [0.25, 0.25, None, 0.05]
    sheet = load_workbook(forwarding.folder / "tout.xlsx").worksheets[0]
    share = 1 + list(COLUMNS).index("share")
    assert (sheet.title, sheet.cell(2, share).number_format, sheet.cell(5, share).value) == (
        "Déclarations",
        "0.0%",
        0.05,
    )


async def test_only_what_is_asked_for_and_no_file_is_lost(forwarding: Organisation) -> None:
    for options, count in (
        (("--since", "2026-11-17"), 3),
        (("--since", "2026-11-18"), 0),
        (("--school", "1"), 3),
        (("--period", "2025-3"), 1),
    ):
        assert (await forwarding("export", "declarations", "x.jsonl", "--force", *options)).code == 0
        assert len({line["number"] for line in in_jsonl(forwarding.folder / "x.jsonl")}) == count
    kept = (forwarding.folder / "x.jsonl").read_bytes()
    for words, why in (
        (("x.jsonl",), "existe déjà"),
        (("x.txt",), "doit finir par .csv, .xlsx ou .jsonl"),
        (("y.csv", "--period", "2026"), "Aucune période ne porte ce nom"),
        (("y.csv", "--school", "nulle part"), "nulle part"),
        (("absent/y.csv",), "absent"),
    ):
        done = await forwarding("export", "declarations", *words)
        assert done.code == 1
        assert why in done.err
    assert (forwarding.folder / "x.jsonl").read_bytes() == kept
    assert [file.name for file in forwarding.folder.iterdir() if file.name.startswith(("y", ".x"))] == []


async def test_what_was_handed_over_is_noted_and_told(forwarding: Organisation) -> None:
    refused = await forwarding.having(destination="collector")(
        "export", "declarations", "a.csv", "--hand-over", "--yes"
    )
    assert "Rien n’est à transmettre" in refused.err
    unasked = await forwarding("export", "declarations", "a.csv", "--hand-over")
    assert (unasked.code, "ajoutez --yes" in unasked.err) == (1, True)
    screen = await forwarding.chat("mes déclarations", "1", who="Camille Essai")
    assert "Pas encore transmise au responsable de la collecte." in screen
    done = await forwarding("export", "declarations", "a.csv", "--hand-over", "--yes")
    assert "Notées comme transmises : 2" in done.out
    screen = await forwarding.chat("mes déclarations", "1", who="Camille Essai")
    assert "Transmise au responsable de la collecte le " in screen
    await forwarding("export", "declarations", "b.jsonl")
    lines = in_jsonl(forwarding.folder / "b.jsonl")
    assert [bool(line["handed_at"]) for line in lines] == [True, True, True, False]


async def test_a_version_keeps_the_date_that_it_was_handed_over_at(forwarding: Organisation) -> None:
    later = datetime(2026, 12, 1, tzinfo=UTC)

    def twice(tx: Transaction) -> list[object]:
        exported.hand_over(tx, {1: 1}, SENT)
        exported.hand_over(tx, {1: 1}, later)
        before = exported.handover_of(tx, 1)
        exported.hand_over(tx, {1: 2, 999: 1}, later)  # nothing has the number 999 any more
        return [before, exported.handover_of(tx, 1), exported.handover_of(tx, 2)]

    assert await forwarding.write(twice) == [exported.Handover(1, SENT), exported.Handover(2, later), None]


async def test_a_hand_over_is_noted_some_at_a_time(database_url: str, tmp_path: Path) -> None:
    database = open_database(database_url)
    await database.write(lambda tx: fill(tx, FEWER))
    count = await written(database, tmp_path / "tout.csv")
    parts = [len(part) for part in count.handed()]
    assert (sum(parts), max(parts), count.declarations) == (FEWER + 1, exported.AT_ONCE, FEWER + 1)
    await _hand_over(database, count, SENT)
    assert await database.read(noted) == FEWER + 1
    await database.close()


def noted(tx: Transaction) -> int:
    return tx.execute(select(func.count()).select_from(declaration_handover)).scalar_one()


def fill(tx: Transaction, many: int) -> None:
    """Declarations of two ranges each."""
    where = roster.add_school(tx, roster.School("École fictive", Sector.PRIVATE))
    roster.add_person(tx, "Camille Essai", "fr", (Place(Role.TEACHER, where),), SENT)
    first = sent(tx)
    row = dict(tx.execute(select(declaration).where(declaration.c.id == first)).one()._mapping)
    for begin in range(0, many, 1000):
        tx.execute(
            insert(declaration),
            [
                {**row, "id": first + 1 + begin + number, "title": f"Titre {begin + number}"}
                for number in range(1000)
            ],
        )


@pytest.mark.parametrize("ending", ["csv", "xlsx", "jsonl"])
async def test_memory_stays_flat_however_many_there_are(sqlite_url: str, tmp_path: Path, ending: str) -> None:
    database = open_database(sqlite_url)
    await database.write(lambda tx: fill(tx, FEWER))
    tracemalloc.start()
    count = await written(database, tmp_path / f"tout.{ending}")
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    await database.close()
    assert (count.declarations, count.lines) == (FEWER + 1, 2 * FEWER + 2)
    assert peak < PEAK, peak


async def test_however_many_lines_there_are_all_read_back_the_same(database_url: str, tmp_path: Path) -> None:
    database = open_database(database_url)
    await database.write(lambda tx: fill(tx, MANY))
    file = tmp_path / "tout.jsonl"
    await written(database, file)
    kept = await database.read(
        lambda tx: [(one.declaration.id, one.declaration.work.title) for one in every(tx)]
    )
    await database.close()
    read = [(line["number"], line["title"]) for line in in_jsonl(file)]
    assert read == [one for one in kept for _ in range(2)]


async def written(database: Database, file: Path) -> Count:
    with table_in(file, LAYOUT) as put:
        return await database.read(lambda tx: _fill(tx, Wanted("2026-1"), put))


def every(tx: Transaction) -> list[Exported]:
    return list(exported.each(tx, Wanted()))


@pytest.mark.parametrize("begins", FORMULA)
def test_no_form_lets_a_title_be_reckoned_with(tmp_path: Path, begins: str) -> None:
    line: dict[str, Cell] = {"title": f"{begins}1+1", "number": 1}
    layout = Layout("t", {"number": "n", "title": "t"}, {}, ZONE, "oui", "non")
    for ending in ("csv", "xlsx", "jsonl"):
        with table_in(tmp_path / f"a.{ending}", layout) as put:
            put(line)
    with (tmp_path / "a.csv").open(encoding="utf-8-sig", newline="") as opened:
        assert [row[1] for row in csv.reader(opened, delimiter=";")] == ["t", f"'{begins}1+1"]
    [row] = load_workbook(tmp_path / "a.xlsx").worksheets[0].iter_rows(min_row=2)
    assert row[1].data_type in ("s", "inlineStr")
    assert json.loads((tmp_path / "a.jsonl").read_text())["title"] == line["title"]


def test_what_fails_half_way_leaves_no_file(tmp_path: Path) -> None:
    file = tmp_path / "a.xlsx"
    with pytest.raises(ZeroDivisionError), table_in(file, LAYOUT) as put:
        put({"number": 1 // 0})
    assert list(tmp_path.iterdir()) == []
