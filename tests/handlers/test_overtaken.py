"""A number or a yes below a later letter than the question: asked again; whatever cannot mean the other is taken."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from tests.stage import Player, Stage

AGAIN = "pourrait répondre à mon dernier message"
NOTED = "C’est noté"


@pytest.fixture
async def lou(sqlite_url: str) -> AsyncIterator[Player]:
    """At a confirmation, below which a reminder has come."""
    async with Stage(sqlite_url) as stage:
        stage.tick(timedelta(days=5))
        lou = stage.person("lou")
        assert "C’est bien cela?" in await lou.says("rien à déclarer")
        stage.tick(timedelta(days=1))
        await stage.do_chores()
        yield lou


@pytest.mark.parametrize("text", ["1", "oui", "ok", "la 1", "1.", "👍"])
async def test_it_is_asked_again_once(lou: Player, text: str) -> None:
    page = await lou.says(text)
    assert AGAIN in page
    assert "C’est bien cela?" in page
    assert NOTED in await lou.says(text)


@pytest.mark.parametrize("text", ["rien à déclarer", "oui, rien à déclarer"])
async def test_the_very_words_of_the_choice_are_taken(lou: Player, text: str) -> None:
    assert AGAIN not in await lou.says(text)


async def test_its_button_still_works_and_a_reply_to_it_too(lou: Player) -> None:
    assert NOTED in await lou.presses_earlier("Oui, rien à déclarer")


async def test_the_button_of_the_reminder_works_as_ever(lou: Player) -> None:
    lou.reads()
    assert "Étape 1" in await lou.presses("Déclarer des copies")
    assert "Étape 2" in await lou.says("1")
