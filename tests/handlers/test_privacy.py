"""« Mes données », « Effacer », and what is told at first contact: what people see, and what is left of them."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.schedule import Means, Schedule
from storage import addresses, care, people
from storage.database import Transaction
from storage.dossier import somebody
from storage.forgotten import forgotten_among
from storage.holding import Erased, Somebody
from storage.holdings import HOLDINGS
from storage.states import TicketStep
from storage.tables import letter, metadata
from tests.cast import CAST
from tests.editions import given
from tests.holding import found
from tests.stage import Player, Stage
from tests.strangers import code_in, stranger

NOTICE = "Pour en savoir plus, écrivez"
LIVED = (
    "combien de crayons par élève?",
    "humain",
    "Ma clé de casier est perdue, que faire?",
    "déclarer",
    "livre",
    "passer",
    "La cabane du lac perdu",
)
"""What Camille says: questions, a request to the team, half a declaration."""
CAMILLE = ("Camille Essai", "camille@tilleuls.invalid", "crayons", "clé de casier", "cabane du lac")
"""By what she would be known."""
UNMISTAKABLE = "730199401"
"""An address whose digits stand in no digest by chance."""


@pytest.fixture
async def stage(database_url: str) -> AsyncIterator[Stage]:
    async with Stage(database_url) as stage:
        yield stage


async def live(camille: Player) -> Player:
    for words in LIVED:
        await camille.says(words)
    return camille


async def night(stage: Stage, days: int = 1) -> None:
    """The chores of the night, so many days on."""
    stage.tick(timedelta(days=days))
    await Schedule(Means(stage.house, stage.database, given({})), stage.clock).wake()
    await stage.post.drain()


async def test_somebody_new_is_told_once_who_runs_this_and_what_is_kept(stage: Stage) -> None:
    stranger = stage.person("stranger")
    assert (await stranger.says("bonjour")).count(NOTICE) == 1
    assert NOTICE not in await stranger.says("bonjour")
    assert NOTICE in await stage.person("stranger", "mail").says("bonjour")
    assert NOTICE not in await stage.person("camille").says("bonjour")


async def test_ones_data_leave_for_ones_own_mail_address_as_two_files(stage: Stage) -> None:
    camille = await live(stage.person("camille"))
    assert "envoyé à c…@t…" in await camille.says("mes données")
    page = stage.person("camille", "mail").page
    to_read, for_machines = page.files
    text = to_read.content.decode()
    for words in ("Camille Essai", "101", "combien de crayons", "clé de casier", "La cabane du lac perdu"):
        assert words in text, words
    assert "École des Tilleuls fictifs" in text
    held = json.loads(for_machines.content)
    assert held["person"][0]["name"] == "Camille Essai"
    assert held["enquiry"][0]["text"] == LIVED[0]
    titles = [talk["answers"].get("title", {}).get("text") for talk in held["talk"]]
    assert "La cabane du lac perdu" in titles
    assert (to_read.name, for_machines.name) == ("mes-donnees.txt", "mes-donnees.json")


async def test_nobody_else_is_in_it_and_no_secret(stage: Stage) -> None:
    await stage.person("lou").says("où ranger les globes terrestres?")
    camille = await live(stage.person("camille"))
    await camille.says("mes données")
    content = b"".join(file.content for file in stage.person("camille", "mail").page.files).decode()
    tokens = await stage.database.read(_tokens)
    assert "globes" not in content
    assert not [token for token in tokens if token in content]


def _tokens(tx: Transaction) -> list[str]:
    return [token for token in tx.scalars(select(letter.c.token)) if token]


async def test_ones_data_are_given_once_an_hour(stage: Stage) -> None:
    camille = stage.person("camille")
    assert "envoyé" in await camille.says("mes données")
    assert "moins d’une heure" in await camille.says("mes données")
    stage.tick(timedelta(hours=1))
    assert "envoyé" in await camille.says("mes données")
    assert len(stage.mailboxes["mail", CAST["camille"].addresses["mail"]].letters) == 2


async def test_without_a_proven_mail_address_nothing_leaves(stage: Stage) -> None:
    assert "mes adresses" in await stage.person("lou").says("mes données")
    assert not stage.person("lou").page.files


async def test_who_only_claims_to_be_somebody_is_given_nothing(stage: Stage) -> None:
    camille = stage.person("camille", "mail")
    for words in ("mes données", "effacer"):
        await stage.hear(replace(camille.heard(text=words), proven=False))
        assert "m’assurer que c’est bien vous" in camille.reads()
        assert not camille.page.files
    assert await stage.database.read(lambda tx: people.by_address(tx, "mail", camille.address))


async def test_a_parent_who_only_claims_an_address_erases_nothing(stage: Stage) -> None:
    stranger = stage.person("stranger", "mail")
    await stranger.says("combien de crayons par élève?")
    for words in ("effacer", "oui"):
        await stage.hear(replace(stranger.heard(text=words), proven=False))
    assert "m’assurer que c’est bien vous" in stranger.reads()
    assert "enquiry.text" in await stage.database.read(lambda tx: found(tx, ["crayons"]))


async def test_nothing_is_left_of_who_was_erased_but_what_their_school_owes(stage: Stage) -> None:
    camille = await live(stage.person("camille"))
    await camille.says("annuler")
    await camille.says("aucune utilisation cette période")
    await camille.says("oui")
    await camille.says("effacer")
    assert "1 période sans utilisation" in camille.mailbox.letters[-1].page.html
    assert "vos données sont effacées" in await camille.says("oui")
    left = await stage.database.read(lambda tx: found(tx, CAMILLE))
    assert left <= {"forgotten.address"}
    await night(stage, 2)
    addresses = tuple(CAST["camille"].addresses.values())
    held = await stage.database.read(lambda tx: found(tx, (*CAMILLE, "camille")))
    assert held == set(), addresses
    assert await stage.database.read(lambda tx: found(tx, ["2026-1"])) >= {"no_use.period"}


async def test_each_table_says_what_becomes_of_somebodys_rows(stage: Stage) -> None:
    camille = await live(stage.person("camille"))
    who = await stage.database.read(lambda tx: somebody(tx, _id_of(tx, "camille")))
    await camille.says("effacer")
    await camille.says("oui")
    await night(stage, 2)
    left = await stage.database.read(lambda tx: _rows_of(tx, who))
    emptied = {one.table for one in HOLDINGS if one.erased is not Erased.GONE}
    assert left - emptied == set()
    assert {"person", "talk", "ticket"} <= left
    assert {one.table for one in HOLDINGS if one.of and one.erased is Erased.STAYS} == set()


def _id_of(tx: Transaction, name: str) -> int:
    [person] = people.find(tx, CAST[name].name)
    return person.id


def _rows_of(tx: Transaction, who: Somebody) -> set[str]:
    """The tables in which rows are somebody's."""
    asked = ((one.table, select(metadata.tables[one.table]).where(one.of(who))) for one in HOLDINGS if one.of)
    return {table for table, rows in asked if tx.execute(rows).first()}


async def test_what_was_said_as_a_stranger_is_ones_own_once_the_address_is(stage: Stage) -> None:
    camille = stage.person("camille")
    await camille.says("déclarer")
    nobody = stranger(stage, UNMISTAKABLE)
    for words in LIVED[:3]:
        await nobody.says(words)
    await nobody.says("/lier")
    await nobody.says(CAST["camille"].addresses["mail"])
    assert "C’est fait" in await nobody.says(code_in(stage, CAST["camille"].addresses["mail"]))
    await nobody.says("mes données")
    held = json.loads(stage.person("camille", "mail").page.files[1].content)
    assert [one["text"] for one in held["ticket"]] == [LIVED[2]]
    assert held["enquiry"][0]["text"] == LIVED[0]
    await nobody.says("effacer")
    assert "effacées" in await nobody.says("oui")
    await night(stage, 2)
    assert await stage.database.read(lambda tx: found(tx, (*CAMILLE, UNMISTAKABLE))) == set()


async def test_an_address_taken_away_leaves_nothing_behind(stage: Stage) -> None:
    camille = stranger(stage, UNMISTAKABLE)

    def at_another(tx: Transaction) -> None:
        people.link(tx, _id_of(tx, "camille"), "telegram", UNMISTAKABLE, stage.clock.now(), own=True)

    await stage.database.write(at_another)
    await live(camille)
    gone = ("telegram", UNMISTAKABLE, stage.clock.now())
    await stage.database.write(lambda tx: addresses.take_away(tx, *gone))
    assert not await stage.database.read(lambda tx: forgotten_among(tx, [gone[:2]]))
    mail = stage.person("camille", "mail")
    await mail.says("effacer")
    assert "effacées" in await mail.says("oui")
    await night(stage, 2)
    assert await stage.database.read(lambda tx: found(tx, (*CAMILLE, UNMISTAKABLE))) == set()


async def test_what_was_written_to_somebody_is_not_for_who_has_their_address_next(stage: Stage) -> None:
    camille = await live(stage.person("camille"))

    def goes(tx: Transaction) -> None:
        people.link(tx, _id_of(tx, "morgan"), "telegram", camille.address, stage.clock.now(), own=True)

    await stage.database.write(goes)
    await stage.person("morgan").says("my data")
    content = b"".join(file.content for file in stage.person("morgan", "mail").page.files).decode()
    assert not [words for words in CAMILLE if words in content]


async def test_nobody_reads_in_ones_data_what_others_wrote(stage: Stage) -> None:
    camille, sophie = await live(stage.person("camille")), stage.person("sophie")
    assert "clé de casier" in sophie.reads()
    note = (1, TicketStep.NOTE, stage.clock.now(), None, "La mandoline est violette.")
    await stage.database.write(lambda tx: care.happened(tx, *note))
    await sophie.says("mes données")
    theirs = b"".join(file.content for file in sophie.page.files).decode()
    await camille.says("mes données")
    own = b"".join(file.content for file in stage.person("camille", "mail").page.files).decode()
    assert "clé de casier" not in theirs
    assert "clé de casier" in own
    assert "mandoline" not in own


async def test_the_team_learns_of_it_by_number_alone(stage: Stage) -> None:
    camille = await live(stage.person("camille"))
    operator = stage.person("operator")
    operator.reads()
    await camille.says("effacer")
    await camille.says("oui")
    told = operator.reads()
    assert "a fait effacer ses données" in told
    assert "Camille" not in told


async def test_an_address_that_was_erased_is_known_for_forgotten_until_it_is_proved_again(
    stage: Stage,
) -> None:
    camille = stage.person("camille")
    await camille.says("effacer")
    await camille.says("oui")
    mail = CAST["camille"].addresses["mail"]

    def comes_back(tx: Transaction) -> tuple[bool, bool]:
        before = bool(forgotten_among(tx, [("mail", mail.upper())]))
        people.link(tx, people.add(tx, stage.clock.now(), "Camille Essai"), "mail", mail, stage.clock.now())
        return before, bool(forgotten_among(tx, [("mail", mail)]))

    assert await stage.database.write(comes_back) == (True, False)
    never = [("mail", "lou@ailleurs.invalid")]
    assert not await stage.database.read(lambda tx: forgotten_among(tx, never))


async def test_who_writes_again_after_it_is_somebody_new_and_keeps_what_they_say_from_then_on(
    stage: Stage,
) -> None:
    camille = stage.person("camille")
    await camille.says("effacer")
    await camille.says("oui")
    stage.tick(timedelta(minutes=5))
    assert NOTICE in await camille.says("où ranger les globes terrestres?")
    await night(stage, 2)
    assert "enquiry.text" in await stage.database.read(lambda tx: found(tx, ["globes"]))
    assert "letter.html" in await stage.database.read(lambda tx: found(tx, [NOTICE[:20]]))


async def test_a_yes_to_something_else_erases_nothing(stage: Stage) -> None:
    camille = stage.person("camille")
    await camille.says("effacer")
    yes = next(button.press for button in camille.page.buttons if "yes" in button.press)
    await camille.says("annuler")
    await camille.says("aucune utilisation cette période")
    await camille.says("oui")
    await camille.says("effacer")
    await camille.presses_old(yes)
    assert await stage.database.read(lambda tx: people.find(tx, "Camille Essai"))


async def test_the_last_operator_stays(stage: Stage) -> None:
    sophie, operator = stage.person("sophie"), stage.person("operator")
    await sophie.says("effacer")
    assert "effacées" in await sophie.says("oui")
    assert "seule personne de l’équipe" in await operator.says("effacer")
    assert await stage.database.read(lambda tx: people.find(tx, "Sacha Équipe"))
