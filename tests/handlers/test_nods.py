"""A mere yes or no, where nothing was asked: no question for the knowledge base, and nothing that is sent anywhere."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from tests.stage import Stage


@pytest.fixture
async def stage(sqlite_url: str) -> AsyncIterator[Stage]:
    async with Stage(sqlite_url) as stage:
        yield stage


@pytest.mark.parametrize("text", ["oui", "Ouiii!!", "non", "Yes", "nope"])
async def test_it_answers_nothing(stage: Stage, text: str) -> None:
    assert "Rien n’est en cours." in await stage.person("camille").says(text)


async def test_it_still_answers_what_was_offered(stage: Stage) -> None:
    camille = stage.person("camille")
    assert "Transmettre ma question" in await camille.says("Y a-t-il du yogourt à la cafétéria?")
    assert "C’est transmis à l’équipe" in await camille.says("oui")


COURTESY = "Très bien!"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("c'est correct ça?", "C’est bien cela?"),
        ("ok send it", "C’est noté"),
        ("👍", "C’est noté"),
        ("jpense pas", "C’est abandonné"),
        ("je crois pas", "C’est abandonné"),
        ("non attend", "C’est gardé tel quel"),
        ("bof laisse faire", "C’est abandonné"),
    ],
)
async def test_nothing_sounds_settled_while_a_yes_is_waited_for(stage: Stage, text: str, said: str) -> None:
    camille = stage.person("camille")
    await camille.says("rien à déclarer")
    page = await camille.says(text)
    assert said in page
    assert COURTESY not in page


async def test_beside_any_other_question_the_word_is_short(stage: Stage) -> None:
    camille = stage.person("camille")
    await camille.says("déclarer")
    assert "autre question vous vient" not in await camille.says("ok")
    await camille.says("un livre")
    assert COURTESY not in await camille.says("jpense pas")


@pytest.mark.parametrize(
    ("person", "text", "page"),
    [
        ("operator", "relancer des personnes", "À qui voulez-vous écrire?"),
        ("operator", "Les campagnes de rappels", "Campagnes de rappels"),
        ("direction", "message à transférer au personnel", "se déclarent au plus tard"),
        ("direction", "Message to forward to the staff", "se déclarent au plus tard"),
    ],
)
async def test_what_a_menu_calls_an_ability_names_it_anywhere(
    stage: Stage, person: str, text: str, page: str
) -> None:
    player = stage.person(person)
    await player.says("bonjour")
    await player.says("Y a-t-il du yogourt à la cafétéria?")
    assert page in await player.says(text)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("I don't need it anymore", "Very good!"),
        ("I can't take this form anymore", "I would like to help"),
        ("I can't take it anymore", "What you are writing matters"),
    ],
)
async def test_weariness_of_a_form_is_no_distress(stage: Stage, text: str, words: str) -> None:
    assert words in await stage.person("morgan").says(text)
