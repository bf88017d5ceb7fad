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
