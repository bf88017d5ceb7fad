"""Participation reports: who sees what, the files that go with them, and what digests tell."""

from __future__ import annotations

import csv
import subprocess
import sys
from collections.abc import AsyncIterator
from datetime import date, datetime, timedelta
from io import BytesIO, StringIO
from typing import Any

import pytest
from openpyxl import load_workbook
from sqlalchemy import insert

from bot.messages import Call, File
from handlers.declarations.periods import Period
from handlers.reports.asking import period_followed
from handlers.reports.chart import drawn
from handlers.reports.digest import digest_for, operators_digest
from handlers.reports.report import Line, Report, Terms
from handlers.reports.sheets import COLUMNS, lines, workbook
from handlers.reports.views import ALL, Reach, View
from storage import declarations, people, roster
from storage.database import Transaction
from storage.figures import Counts
from storage.people import Place
from storage.roster import School
from storage.states import Role, Sector
from storage.tables import headcount
from tests.campaigning import local
from tests.samples_reports import FOR_ALL, FOR_SCHOOL, HIDDEN, HIDDEN_SCHOOL, PERIOD, TERMS
from tests.stage import TUESDAY, Player, Stage, furnished

WORDING = furnished().wording
PNG = b"\x89PNG\r\n\x1a\n"
CENTRE = View(Reach.CENTRE, 1, "Centre de services fictif", 1)


@pytest.fixture
async def stage(sqlite_url: str) -> AsyncIterator[Stage]:
    """Nine more people in the second school, three of whom have nothing to declare, and a third one."""
    async with Stage(sqlite_url) as stage:
        await stage.database.write(_staff)
        yield stage


def _staff(tx: Transaction) -> None:
    for number in range(9):
        place = Place(Role.SPECIALIST if number < 2 else Role.TEACHER, 2)
        person_id = roster.add_person(tx, f"=Personne {number}", "fr", (place,), TUESDAY)
        if number < 3:  # today, five days ago, ten days ago
            declarations.say_nothing(tx, person_id, "2026-1", TUESDAY - timedelta(days=number * 5))
    pines = roster.add_school(tx, School("École des Pins fictifs", Sector.PUBLIC, 1))
    for number in range(6):
        roster.add_person(tx, f"Personne des Pins {number}", "fr", (Place(Role.TEACHER, pines),), TUESDAY)
    row = {"school_id": 1, "year": 2026, "total": 7, "confirmed_at": TUESDAY}
    tx.execute(insert(headcount).values(**row))


def cells(file: File, sheet: str) -> list[tuple[object, ...]]:
    return list(load_workbook(BytesIO(file.content))[sheet].iter_rows(values_only=True))


async def test_a_confirmed_head_count_is_what_is_expected(stage: Stage) -> None:
    page = await stage.person("direction").says("participation")
    assert "Ont participé : 0 sur 7 (0 %)" in page.replace("\N{NO-BREAK SPACE}", " ")
    assert "Attendues, mais pas sur la liste du personnel : 5" in page.replace("\N{NO-BREAK SPACE}", " ")


async def test_a_picture_comes_by_chat_and_all_files_by_mail(stage: Stage) -> None:
    operator, sophie = stage.person("operator"), stage.person("sophie")
    await operator.says("participation Ruisseau")
    assert [file.name for file in operator.page.files] == ["participation-2026-1.png"]
    await operator.presses("Fichiers Excel et CSV")
    names = [file.name for file in operator.page.files]
    assert names == ["participation-2026-1.xlsx", "participation-2026-1.csv"]
    await sophie.writes("participation Ruisseau")
    assert [file.name.rpartition(".")[2] for file in sophie.page.files] == ["png", "xlsx", "csv"]


async def test_a_single_school_is_neither_drawn_nor_listed_as_the_first_to_help(stage: Stage) -> None:
    """Of the three schools the figures of one alone are shown."""
    operator = stage.person("operator")
    said = await operator.says("participation")
    assert "d’abord" not in said
    assert "Chiffres masqués (petits groupes, ou de quoi en deviner un)\N{NO-BREAK SPACE}: 2 écoles" in said
    assert operator.page.files == ()


async def test_those_missing_are_reminded_from_the_report(stage: Stage) -> None:
    direction = stage.person("direction")
    await direction.says("participation")
    assert "École des Tilleuls fictifs" in await direction.presses("Relancer les absents")


@pytest.mark.parametrize("command", ["participation", "missing", "staff-room", "report-files"])
@pytest.mark.parametrize("view", ["all", "centre-1", "school-2", "school-99"])
async def test_a_button_shows_nothing_of_what_is_not_ones_own(stage: Stage, command: str, view: str) -> None:
    direction = stage.person("direction")
    said = await direction.presses_old(str(Call(command, f"{view}.2026-1")))
    assert "n’est plus valable" in said
    assert direction.page.files == ()


async def test_only_the_school_itself_is_shown_names(stage: Stage) -> None:
    direction: Player = stage.person("direction")
    assert "Camille Essai" in await direction.says("qui n’a rien fait?")
    operator = stage.person("operator")
    for words in ("qui n’a rien fait?", "qui n’a rien fait Tilleuls", "qui n’a rien fait Ruisseau"):
        said = await operator.says(words)
        assert "Les noms ne sont montrés qu’à la direction" in said
        assert "Camille" not in said
        assert "Personne" not in said
    await operator.says("fichiers de participation")
    for file in operator.page.files:
        assert b"Camille" not in file.content


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (local(27), "au plus tard le lundi 30 novembre 2026"),
        (local(30), "au plus tard aujourd’hui, le lundi 30 novembre 2026"),
        (local(3, month=12), "peuvent encore se déclarer jusqu’au lundi 14 décembre 2026"),
    ],
)
async def test_the_text_for_the_staff_room_says_until_when(stage: Stage, day: datetime, said: str) -> None:
    stage.clock.at = day
    assert said in await stage.person("direction").says("texte pour la salle du personnel")


async def test_who_follows_several_places_is_asked_which(stage: Stage) -> None:
    direction = stage.person("direction")
    heard = direction.heard()

    def also(tx: Transaction) -> None:
        person = people.by_address(tx, heard.channel, heard.sender)
        assert person
        roster.add_role(tx, person.id, Place(Role.CSS_ADMIN, centre_id=1))
        roster.add_role(tx, person.id, Place(Role.SCHOOL_ADMIN, school_id=2))

    await stage.database.write(also)
    said = await direction.says("participation 2025-3")
    assert "[1. Centre de services fictif]\n[2. École des Tilleuls fictifs]\n[3. École du Ruisseau" in said
    page = await direction.presses("École du Ruisseau fictif")
    assert "mardi 30 juin 2026" in page
    assert "Personne 4" in await direction.says("qui n’a rien fait Ruisseau")


@pytest.mark.parametrize(
    ("today", "key"),
    [("2026-11-30", "2026-1"), ("2026-12-01", "2026-1"), ("2026-12-14", "2026-1"), ("2026-12-15", "2026-2")],
)
def test_one_follows_up_a_period_as_long_as_it_is_open(today: str, key: str) -> None:
    assert period_followed(date.fromisoformat(today), 14).key == key


def test_a_workbook_has_typed_columns_frozen_headings_and_filters() -> None:
    file = workbook(FOR_ALL, WORDING, "fr")
    book = load_workbook(BytesIO(file.content))
    assert book.sheetnames == ["Sommaire", "Écoles", "Centres de services"]
    for sheet in book.worksheets:
        assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("A2", sheet.dimensions)
        assert all(10 <= one.width <= 48 for one in sheet.column_dimensions.values())
    rows = cells(file, "Écoles")
    first, hidden = (dict(zip(COLUMNS, row, strict=True)) for row in (rows[1], rows[-1]))
    assert (first["name"], first["took_part"], first["share"]) == ("École 0 fictive", 3, 0.1)
    share = book["Écoles"].cell(2, COLUMNS.index("share") + 1)
    assert share.number_format == "0.0%"
    assert (hidden["expected"], hidden["declared"], hidden["share"]) == (3, "masqué", None)
    assert cells(file, "Centres de services")[-1][2] == "Écoles privées"


def test_a_share_is_told_as_it_is() -> None:
    line = Line(Counts(17, 17, declared=1), "École fictive")
    file = workbook(Report(ALL, PERIOD, TERMS, line), WORDING, "fr")
    assert cells(file, "Sommaire")[1][COLUMNS.index("share")] == pytest.approx(1 / 17)
    assert ";5%;" in lines(Report(ALL, PERIOD, TERMS, line), WORDING, "fr").content.decode()


def test_a_workbook_names_people_inside_a_school_only() -> None:
    file = workbook(FOR_SCHOOL, WORDING, "en")
    assert cells(file, "Nothing yet") == [
        ("Person", "Role", "Has a draft", "Reachable here"),
        ("Camille Essai", "Teachers", "yes", "yes"),
        (None, "Specialists", "no", "no"),
    ]


def test_no_name_is_reckoned_with() -> None:
    formula = Report(ALL, PERIOD, TERMS, Line(Counts()), schools=(Line(Counts(9, 9), '=HYPERLINK("x")\x07'),))
    sheet = load_workbook(BytesIO(workbook(formula, WORDING, "fr").content))["Écoles"]
    assert (sheet["C2"].data_type, sheet["C2"].value) == ("s", '=HYPERLINK("x")')
    assert "'=HYPERLINK" in lines(formula, WORDING, "fr").content.decode()


def test_a_csv_opens_in_the_spreadsheets_of_quebec() -> None:
    content = lines(FOR_ALL, WORDING, "fr").content
    assert content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(StringIO(content.decode("utf-8-sig")), delimiter=";"))
    assert {len(row) for row in rows} == {len(COLUMNS)}
    assert [row[0] for row in rows[1:]] == [
        "Total", *["Rôle"] * 3, *["Centre de services"] * 2, *["École"] * 6,
    ]  # fmt: skip
    assert rows[-1][COLUMNS.index("nothing")] == "masqué"
    assert rows[1][COLUMNS.index("share")] == "40%"


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_picture_is_drawn_of_what_may_be_shown(language: str) -> None:
    days = tuple(PERIOD.deadline - timedelta(days=n) for n in (40, 20, 20, 14))
    school = Report(FOR_SCHOOL.view, PERIOD, TERMS, FOR_SCHOOL.total, days=days, days_before=days)
    late = Terms(PERIOD.deadline + timedelta(days=30), TERMS.zone, TERMS.grace_days)
    early = Terms(PERIOD.first, TERMS.zone, TERMS.grace_days)
    at_any_time = (Report(school.view, PERIOD, one, school.total, days=days) for one in (late, early))
    for report in (FOR_ALL, school, *at_any_time):
        file = drawn(report, WORDING, language)
        assert file
        assert file.content.startswith(PNG)
    assert drawn(HIDDEN_SCHOOL, WORDING, language) is None
    assert drawn(FOR_SCHOOL, WORDING, language) is None, "nobody took part yet"
    assert drawn(Report(CENTRE, PERIOD, TERMS, HIDDEN, schools=(HIDDEN,)), WORDING, language) is None


async def test_the_digests_tell_what_somebody_follows(stage: Stage) -> None:
    direction = stage.person("direction")
    terms = Terms(TUESDAY.date(), furnished().settings.zone, 14)

    def digests(tx: Transaction) -> tuple[dict[str, Any], dict[str, Any]]:
        person = people.by_address(tx, "telegram", direction.address)
        assert person
        return digest_for(tx, person, Period(2026, 1), terms), operators_digest(
            tx, ALL, Period(2026, 1), terms
        )

    theirs, of_all = await stage.database.read(digests)
    assert (theirs["days_left"], theirs["complete"]) == (13, False)
    own = theirs["reports"][0]
    assert [one.name for one in own.missing] == ["Camille Essai", "Morgan Sample"]
    counts = of_all["report"].total.counts
    assert (counts.missing, counts.recent) == (15, 2)
    assert [one.name for one in of_all["lowest"]] == ["École du Ruisseau fictif"]


def test_a_school_confirmed_at_nobody_is_not_to_be_helped_first() -> None:
    closed = Line(Counts(0, 7), "École fermée", confirmed=True)
    unknown, late = (
        Line(Counts(0, 7), "École inconnue"),
        Line(Counts(7, 7), "École en retard", confirmed=True),
    )
    report = Report(
        ALL,
        Period(2026, 1),
        Terms(TUESDAY.date(), furnished().settings.zone, 14),
        Line(Counts()),
        schools=(closed, unknown, late),
    )
    assert [one.name for one in report.lowest] == ["École inconnue", "École en retard"]


def test_the_picture_s_library_is_loaded_for_pictures_only() -> None:
    code = "import sys, handlers; sys.exit('matplotlib' in sys.modules or 'openpyxl' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
