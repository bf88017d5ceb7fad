"""A list sent to the assistant: whose it is, what becomes of it while the roster changes, and what is kept of it."""

from __future__ import annotations

import re
from datetime import timedelta
from io import BytesIO

import pytest
from openpyxl import Workbook
from sqlalchemy import select

from bot.messages import File
from bot.reading.sheets import Rows, read_sheet
from storage import people, roster, staff
from storage.database import Transaction
from storage.people import Place
from storage.states import Role
from storage.tables import roster_file
from tests.bringing import file_named
from tests.stage import Stage

LIST = file_named("personnel.csv")
READ = "Rien n’est encore changé"
GONE = "Cette liste n’attend plus de réponse"


async def staff_of(stage: Stage) -> set[str | None]:
    """Who is in the first school of the cast."""

    def names(tx: Transaction) -> set[str | None]:
        school = next(one for one in staff.schools(tx) if "Tilleuls" in one.name)
        return {one.name for one in staff.stays(tx, school.id or 0) if one.closed_at is None}

    return await stage.database.read(names)


def press_of(stage: Stage, name: str, label: str) -> str:
    return next(button.press for button in stage.person(name).page.buttons if button.label == label)


async def test_nobody_says_yes_to_anothers_list(sqlite_url: str) -> None:
    async with Stage(sqlite_url) as stage:
        before = await staff_of(stage)
        assert READ in await stage.person("direction").says("", LIST)
        press = press_of(stage, "direction", "Appliquer")
        assert GONE in await stage.person("operator").presses_old(press)
        assert "ne fait pas partie de votre rôle" in await stage.person("camille").presses_old(press)
        assert await staff_of(stage) == before


@pytest.mark.parametrize(
    "press", ["!roster-apply:", "!roster-apply:x-y", "!roster-apply:1", "!roster-drop:99"]
)
async def test_a_button_that_names_no_list_changes_nothing(sqlite_url: str, press: str) -> None:
    async with Stage(sqlite_url) as stage:
        assert GONE in await stage.person("operator").presses_old(press)


async def test_when_the_roster_changes_meanwhile_the_list_is_shown_again(sqlite_url: str) -> None:
    async with Stage(sqlite_url) as stage:
        direction = stage.person("direction")
        await direction.says("", LIST)
        await stage.database.write(lambda tx: add_somebody(tx, stage))
        said = await direction.presses("Appliquer")
        assert "a changé entre-temps" in said
        assert "Zoé Neuve" in said
        await direction.presses("Appliquer")
        assert "✅" in await direction.presses("Oui, les retirer")
        assert "Zoé Neuve" not in await staff_of(stage)


def add_somebody(tx: Transaction, stage: Stage) -> None:
    school = next(one for one in staff.schools(tx) if "Tilleuls" in one.name)
    place = (Place(Role.TEACHER, school_id=school.id),)
    roster.add_person(tx, "Zoé Neuve", "fr", place, stage.clock.now())


async def test_the_second_yes_counts_only_once_it_was_asked_for(sqlite_url: str) -> None:
    async with Stage(sqlite_url) as stage:
        direction = stage.person("direction")
        await direction.says("", LIST)
        press = press_of(stage, "direction", "Appliquer")
        assert "C’est beaucoup" in await direction.presses_old(f"{press}-leave")
        assert "Claude Secrétariat" in await staff_of(stage)


async def test_a_new_list_takes_the_place_of_the_one_before_and_nothing_is_kept_of_either(
    sqlite_url: str,
) -> None:
    async with Stage(sqlite_url) as stage:
        operator = stage.person("operator")
        await operator.says("", LIST)
        press = press_of(stage, "operator", "Appliquer")
        await operator.says("", LIST)
        assert GONE in await operator.presses_old(press)
        await operator.presses_earlier("Ne rien changer")
        kept = await stage.database.read(lambda tx: tx.execute(select(roster_file.c.lines)).scalars().all())
        assert kept == [[], []]


async def test_every_refused_line_comes_in_a_file(sqlite_url: str) -> None:
    lines = "\n".join(f"École des Tilleuls fictifs;Ana {n};a{n};enseignante" for n in range(50))
    content = f"École;Nom complet;Courriel;Rôle\n{lines}\n".encode("cp1252")
    async with Stage(sqlite_url) as stage:
        said = await stage.person("operator").says("", File("a.csv", "text/csv", content))
        assert "Lignes refusées\N{NO-BREAK SPACE}: 50" in said
        assert "et 47 de plus" in said
        (file,) = stage.person("operator").page.files
        told = file.content.decode("utf-8-sig")
        assert file.name == "lignes-a-corriger.txt"
        assert [int(n) for n in re.findall(r"ligne (\d+)", told)] == list(range(2, 52))


async def test_a_list_too_long_for_a_message_is_told_where_it_can_go(sqlite_url: str) -> None:
    lines = "\n".join(f"École des Tilleuls fictifs;Ana {n};a{n}@t.invalid;enseignante" for n in range(501))
    content = f"École;Nom complet;Courriel;Rôle\n{lines}\n".encode()
    async with Stage(sqlite_url) as stage:
        said = await stage.person("operator").says("", File("a.csv", "text/csv", content))
        assert "501 lignes" in said.replace("\N{NO-BREAK SPACE}", " ")
        assert "declic roster import" in said
        assert not (await stage.database.read(lambda tx: tx.execute(select(roster_file)).all()))


async def test_a_workbook_is_read_like_any_other_list(sqlite_url: str) -> None:
    rows = read_sheet(LIST.name, LIST.content)
    workbook = File("personnel.xlsx", "application/octet-stream", packed(rows))
    async with Stage(sqlite_url) as stage:
        as_text = await stage.person("operator").says("", LIST)
        assert READ in as_text
        assert await stage.person("operator").says("", workbook) == as_text


def packed(rows: Rows) -> bytes:
    """The rows as a workbook."""
    book, file = Workbook(), BytesIO()
    for row in rows:
        book.worksheets[0].append(list(row))
    book.save(file)
    return file.getvalue()


async def test_whoever_left_may_do_nothing_and_is_still_known(sqlite_url: str) -> None:
    async with Stage(sqlite_url) as stage:
        claude, direction = stage.person("claude"), stage.person("direction")
        await direction.says("", LIST)
        await direction.presses("Appliquer")
        await direction.presses("Oui, les retirer")
        stage.tick(timedelta(minutes=5))
        left = await stage.database.read(lambda tx: people.by_address(tx, "telegram", claude.address))
        assert left
        assert (left.name, left.linked, left.places) == ("Claude Secrétariat", True, ())
        assert "ne fait pas partie de votre rôle" in await claude.says("déclarer")
