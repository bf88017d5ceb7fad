"""Which declaration is meant: while another is edited, in answer to a receipt, and in words of one's own."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from tests.handlers.test_past_limit import declares
from tests.stage import Stage

NUMBER = "n°\N{NO-BREAK SPACE}"


@pytest.fixture
async def stage(sqlite_url: str) -> AsyncIterator[Stage]:
    async with Stage(sqlite_url) as stage:
        yield stage


@pytest.mark.parametrize("words", ["modifier la 2", "non, plutôt la déclaration 2", "edit no. 2"])
async def test_another_declaration_is_not_a_field_of_this_one(stage: Stage, words: str) -> None:
    camille = stage.person("camille")
    await declares(camille)
    await camille.presses_old("!revise:1")
    assert f"Je ne trouve pas de déclaration {NUMBER}2" in await camille.says(words)


@pytest.mark.parametrize("words", ["non laisse faire", "never mind"])
async def test_a_change_is_dropped_in_words(stage: Stage, words: str) -> None:
    camille = stage.person("camille")
    await declares(camille)
    await camille.presses_old("!revise:1")
    await camille.says("élèves : 30")
    assert "la modification n’est pas envoyée" in await camille.says(words)


async def test_a_reply_to_the_receipt_begins_the_change_with_what_is_certain(stage: Stage) -> None:
    camille = stage.person("camille")
    await declares(camille)
    recap = await camille.replies("c’était plutôt 29 élèves et les pages 12 à 31, pouvez-vous corriger?")
    assert "12-31" in recap
    assert "29" in recap
    assert "pas encore envoyée" in recap


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("retirer la déclaration 5", f"Je ne trouve pas de déclaration {NUMBER}5"),
        ("remettre la 7", f"Je ne trouve pas de déclaration {NUMBER}7"),
        ("je me suis trompée dans ma déclaration", "Quelle déclaration voulez-vous modifier"),
        ("supprimer ma dernière déclaration", "Mes déclarations"),
    ],
)
async def test_words_of_their_own_reach_what_was_sent(stage: Stage, words: str, said: str) -> None:
    assert said in await stage.person("camille").says(words)
