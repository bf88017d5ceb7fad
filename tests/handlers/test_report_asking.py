"""What a report is asked about in words: a place, a period, a month; what is neither is told so, or is a question."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from bot.preparing import Unprepared
from bot.turn import Turn
from handlers.reports.missing import missing
from storage import people
from storage.database import Transaction
from tests.stage import Stage

NOT_FOUND, NO_PERIOD = "Parmi ce que vous suivez, je ne trouve pas", "n’est pas une période"
OF_TILLEULS = "École des Tilleuls fictifs\nÉchéance"


@pytest.fixture
async def stage(sqlite_url: str) -> AsyncIterator[Stage]:
    async with Stage(sqlite_url) as stage:
        yield stage


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ("participation de mon école", OF_TILLEULS),
        ("participation tilleuls", OF_TILLEULS),
        ("participation École du Ruisseau fictif", f"{NOT_FOUND} «_École du Ruisseau fictif_»"),
        ("participation du Ruisseau", f"{NOT_FOUND} «_Ruisseau_»"),
        ("participation Érables", f"{NOT_FOUND} «_Érables_»"),
        ("qui n’a rien fait Érables", NOT_FOUND),
        ("participation 2027-9", f"«_2027-9_» {NO_PERIOD}"),
        ("participation 2026-2027", NO_PERIOD),
        ("participation 2025-3", "mardi 30 juin 2026"),
        ("qui n’a rien fait en juin", "mardi 30 juin 2026"),
        ("qui n’a rien fait en novembre", "lundi 30 novembre 2026"),
        ("participation en décembre", "mardi 31 mars 2026"),
        ("participation pour mars 2025", "lundi 31 mars 2025"),
        ("participation Tilleuls au mois d’avril", "mardi 30 juin 2026"),
        ("participation Érables en mars", NOT_FOUND),
        ("participation École des Tilleuls fictifs svp", OF_TILLEULS),
        ("participation école des tilleuls-fictifs", OF_TILLEULS),
        ("participation juin passé", "mardi 30 juin 2026"),
        ("participation de la période avril à juin 2026", "mardi 30 juin 2026"),
        ("participation last june", "mardi 30 juin 2026"),
        ("qui n’a rien fait pour la période précédente", "mardi 30 juin 2026"),
        ("participation 2025-2026", "1er juillet 2025 au 30 novembre 2025"),
        ("participation 2025-2026 période 1", "dimanche 30 novembre 2025"),
    ],
)
async def test_what_is_named_is_shown_or_said_not_to_be_there(stage: Stage, words: str, says: str) -> None:
    page = await stage.person("direction").says(words)
    assert says.replace("_", "\N{NO-BREAK SPACE}") in page


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ("dites-moi donc qui n’a rien fait à l’École des Tilleuls fictifs", "Camille Essai"),
        ("dites-moi donc qui n’a rien fait à l’École du Ruisseau fictif", NOT_FOUND),
        ("dites-moi donc qui n’a rien fait en juin", "mardi 30 juin 2026"),
        ("retardataires", None),
        ("montrez-moi la participation de l’école", None),
    ],
)
async def test_a_whole_message_may_name_a_place_or_a_month(
    stage: Stage, words: str, says: str | None
) -> None:
    """As a wish is handed on, once it is known to be one."""
    heard = replace(stage.person("direction").heard(), text=words)

    def asked(tx: Transaction) -> str | None:
        person = people.by_address(tx, heard.channel, heard.sender)
        assert person
        house = stage.house
        turn = Turn(house, tx, heard, person, stage.clock.now().astimezone(house.settings.zone))
        try:
            said = missing(turn, words)
        except Unprepared as wanted:
            report = wanted.wanted.read(tx)()
            said = missing(replace(turn, ready={wanted.wanted: report}), words)
        return house.wording.page(said.replies, "fr").html if said.replies else None

    page = await stage.database.read(asked)
    assert page == says or (says is not None and says in str(page))


@pytest.mark.parametrize("words", ["participation obligatoire ou non", "participation à quoi ça sert"])
async def test_a_question_names_no_place(stage: Stage, words: str) -> None:
    page = await stage.person("direction").says(words)
    assert NOT_FOUND not in page


async def test_what_is_not_there_is_offered_beside_what_is(stage: Stage) -> None:
    direction = stage.person("direction")
    await direction.says("qui n’a rien fait Érables")
    assert "Camille Essai" in await direction.presses("École des Tilleuls fictifs")
