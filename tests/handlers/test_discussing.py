"""Discussions: who says what to whom, what ends them, and what never reaches the person."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from tests.handlers.test_past_limit import declares
from tests.stage import Player, Stage

MATTER = "Mon compte est bloqué depuis hier."


@pytest.fixture
async def stage(sqlite_url: str) -> AsyncIterator[Stage]:
    async with Stage(sqlite_url) as stage:
        yield stage


async def ask(stage: Stage, name: str = "camille", matter: str = MATTER) -> Player:
    asker = stage.person(name)
    await asker.says("parler à quelqu'un")
    await asker.says(matter)
    return asker


async def discussed(stage: Stage, name: str = "camille", number: int = 1) -> tuple[Player, Player]:
    """Somebody who has asked, and the operator who talks with them."""
    asker, operator = await ask(stage, name), stage.person("operator")
    operator.reads()
    await operator.presses_old(f"!discuss:{number}")
    asker.reads()
    return asker, operator


@pytest.mark.parametrize(
    ("typed", "answered", "arrives"),
    [
        ("Bonjour!", "C’est parti", "Bonjour!"),
        ("merci", "C’est parti", "merci"),
        ("12", "C’est parti", "12"),
        ("Fermer la fenêtre, puis la rouvrir.", "C’est parti", "Fermer la fenêtre"),
        ("note : à vérifier", "ne le verra pas", ""),
        ("aide", "Vous parlez avec Camille Essai", ""),
        ("demandes", "Demandes à traiter", ""),
        ("voir la demande 1", "Voici la demande", ""),
        ("Terminer", "La discussion est terminée", "Me revoici"),
        ("fin", "La discussion est terminée", "Me revoici"),
        ("end", "La discussion est terminée", "Me revoici"),
    ],
)
async def test_what_a_human_types_goes_to_the_person(
    stage: Stage, typed: str, answered: str, arrives: str
) -> None:
    camille, operator = await discussed(stage)
    assert answered in await operator.says(typed)
    assert arrives in camille.reads() if arrives else camille.reads() == ""


async def test_with_two_at_once_it_is_not_guessed_who_is_meant(stage: Stage) -> None:
    camille, operator = await discussed(stage)
    lou, _ = await discussed(stage, "lou", 2)
    assert "plusieurs personnes" in await operator.says("C'est fait.")
    assert camille.reads() + lou.reads() == ""


async def test_a_second_request_goes_on_with_the_same_discussion(stage: Stage) -> None:
    camille, operator = await discussed(stage)
    elsewhere = stage.person("camille", "terminal")
    await elsewhere.says("parler à quelqu'un")
    await elsewhere.says("Mon école a changé.")
    assert "demande n°\u00a01" in (await operator.presses_old("!discuss:2")).replace("\u202f", "\u00a0")
    assert "terminée" in await operator.presses("Terminer")
    assert "Me revoici" in camille.reads()


@pytest.mark.parametrize(
    ("press", "told"),
    [("!pass:1-school", "passée à quelqu’un d’autre"), ("!settled:1", "La discussion est terminée")],
)
async def test_the_discussion_does_not_survive_its_ticket(stage: Stage, press: str, told: str) -> None:
    camille, operator = await discussed(stage)
    page = await (camille if "settled" in press else operator).presses_old(press)
    assert told in page + camille.reads()
    assert "C’est parti" not in await operator.says("Vous êtes là?")
    assert "Étape 1" in await camille.says("déclarer")


async def test_who_talks_is_told_when_the_person_calls_it_settled(stage: Stage) -> None:
    camille, operator = await discussed(stage)
    await camille.presses_old("!settled:1")
    assert "dit que c’est réglé" in operator.reads()


@pytest.mark.parametrize("text", ["stop", "mes demandes", "aide"])
async def test_meanwhile_no_question_is_put_again(stage: Stage, text: str) -> None:
    camille = stage.person("camille")
    await camille.says("déclarer")
    await ask(stage)
    await camille.says("reprendre")
    await stage.person("operator").presses_old("!discuss:1")
    assert "Étape" not in await camille.says(text)


async def test_a_declaration_withdrawn_elsewhere_ends_the_discussion_about_it(stage: Stage) -> None:
    camille, direction = stage.person("camille"), stage.person("direction")
    await declares(camille)
    await direction.presses_old("!discuss:1")
    elsewhere = stage.person("camille", "terminal")
    await elsewhere.presses_old("!withdraw:1")
    camille.reads()
    await elsewhere.presses("Oui, retirer")
    assert "me revoici" in camille.reads()
    told = direction.reads()
    assert "n’a plus lieu d’être" in told
    assert "Plus rien à décider" in told
    assert "Étape 1" in await camille.says("déclarer")


async def test_a_declaration_edited_elsewhere_ends_it_with_no_question_put_again(stage: Stage) -> None:
    camille, direction = stage.person("camille"), stage.person("direction")
    await declares(camille)
    await direction.presses_old("!discuss:1")
    elsewhere = stage.person("camille", "terminal")
    await elsewhere.presses_old("!revise:1")
    await elsewhere.says("Pages : 1-10")
    camille.reads()
    assert "modifiée" in await elsewhere.presses("Envoyer la modification")
    assert camille.reads().endswith("me revoici.")
    assert "n’a plus lieu d’être" in direction.reads()
