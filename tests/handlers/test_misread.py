"""Three answers in a row that are not understood: a way out, shorter from the fourth on, and none sooner."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from tests.stage import Player, Stage

WAY_OUT = "Rien ne presse"
BRIEF = "Les derniers choix permettent d’en sortir."


@pytest.fixture
async def stage(sqlite_url: str) -> AsyncIterator[Stage]:
    async with Stage(sqlite_url) as stage:
        yield stage


async def at_the_number(player: Player) -> None:
    """At the second question, which may be skipped."""
    for text in ("déclarer", "un livre"):
        await player.says(text)


async def missed(player: Player, times: int = 3) -> str:
    """The page after so many answers that are none."""
    pages = [await player.says(text) for text in ("asdf", "qsdf", "wert", "zxcv", "uiop")[:times]]
    return pages[-1]


async def test_the_third_offers_a_way_out_and_further_ones_less(stage: Stage) -> None:
    camille = stage.person("camille")
    await at_the_number(camille)
    assert WAY_OUT not in await missed(camille, 2)
    third = await camille.says("wert")
    assert WAY_OUT in third
    assert "près du code-barres" in third
    assert "Quel est l’ISBN?" in third
    fourth, fifth = [await camille.says(text) for text in ("zxcv", "uiop")]
    assert fourth == fifth
    assert fourth == third[: third.index("💡")] + BRIEF + third[third.index("\n[1.") :]


@pytest.mark.parametrize(
    "aside", ["c'est quoi la date limite?", "c'est quoi un ISBN?", "Titre : Le renard bleu"]
)
async def test_the_row_goes_on_over_what_is_said_beside_it(stage: Stage, aside: str) -> None:
    camille = stage.person("camille")
    await at_the_number(camille)
    await missed(camille, 2)
    assert WAY_OUT not in await camille.says(aside)
    assert WAY_OUT in await camille.says("wert")


async def test_the_choices_of_the_question_keep_their_numbers(stage: Stage) -> None:
    camille = stage.person("camille")
    await camille.says("déclarer")
    await missed(camille)
    assert "Quel est l’ISBN?" in await camille.says("1")


async def test_at_the_first_question_there_is_no_way_back(stage: Stage) -> None:
    camille = stage.person("camille")
    await camille.says("déclarer")
    page = await missed(camille)
    assert "Remettre à plus tard" in page
    assert "Question précédente" not in page


@pytest.mark.parametrize(
    ("button", "words"),
    [
        ("Passer", "Quel est le titre?"),
        ("Question précédente", "Qu’avez-vous copié?"),
        ("Remettre à plus tard", "rien n’est envoyé"),
        ("Écrire à l’équipe", "équipe"),
    ],
)
async def test_every_way_leads_out(stage: Stage, button: str, words: str) -> None:
    camille = stage.person("camille")
    await at_the_number(camille)
    await missed(camille)
    page = await camille.presses(button)
    assert words in page
    assert WAY_OUT not in page


async def test_an_answer_ends_the_row(stage: Stage) -> None:
    camille = stage.person("camille")
    await at_the_number(camille)
    await missed(camille, 2)
    await camille.says("passer")
    await camille.says("retour")
    assert WAY_OUT not in await missed(camille, 2)


async def test_it_is_offered_too_where_it_is_asked_what_a_text_was(stage: Stage) -> None:
    camille = stage.person("camille")
    await at_the_number(camille)
    await camille.says("passer")
    assert "est-ce votre réponse, ou une question?" in await camille.says("c'est-tu un livre quoi?")
    asked = camille.page
    page = await missed(camille)
    assert WAY_OUT in page
    assert "est-ce votre réponse, ou une question?" in page
    assert BRIEF in await camille.says("zxcv")
    answer = next(button for button in asked.buttons if button.label == "C’est ma réponse")
    assert "Qui est l’auteur ou l’autrice?" in await camille.presses_old(answer.press)


async def test_a_button_that_counts_no_more_is_no_answer_misread(stage: Stage) -> None:
    camille = stage.person("camille")
    await camille.says("déclarer")
    book = next(button for button in camille.page.buttons if button.label == "Un livre")
    await camille.says("un livre")
    pages = [await camille.presses_old(book.press) for _ in range(4)]
    assert not any(WAY_OUT in page for page in pages)


async def test_nothing_answered_is_nothing_to_return_to(stage: Stage) -> None:
    camille = stage.person("camille")
    await camille.says("déclarer")
    await missed(camille)
    assert "de côté" not in await camille.says("limites")


async def test_by_letter_too(stage: Stage) -> None:
    camille = stage.person("camille", "mail")
    await camille.writes("déclarer")
    pages = [await camille.writes(text) for text in ("asdf", "qsdf", "wert")]
    assert [WAY_OUT in page for page in pages] == [False, False, True]
