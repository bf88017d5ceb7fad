"""Taking up what a page offers, in words instead of by its buttons."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from tests.editions import follow, found
from tests.stage import Stage

SCRIPT = {
    "how?": found("answer", "declare-how"),
    "near": found("ask_back", "calendar-css", "calendar-staff", "calendar-school"),
}


@pytest.fixture
async def stage(sqlite_url: str) -> AsyncIterator[Stage]:
    async with Stage(sqlite_url) as stage:
        follow(stage, SCRIPT)
        yield stage


@pytest.mark.parametrize("yes", ["oui", "ok go", "D’accord!", "yes please"])
async def test_a_yes_takes_the_one_thing_offered(stage: Stage, yes: str) -> None:
    camille = stage.person("camille")
    await camille.says("how?")
    assert [button.label for button in camille.page.buttons] == [
        "Déclarer des copies",
        "👍 Utile",
        "👎 Pas utile",
    ]
    assert "Qu’avez-vous copié?" in await camille.says(yes)
    await camille.says("annuler")
    await camille.says("nobody knows")
    assert "C’est transmis" in await camille.says(yes)


@pytest.mark.parametrize(
    ("words", "place"),
    [
        ("la 2", 1),
        ("le premier", 0),
        ("the second one", 1),
        ("#2", 1),
        ("2e", 1),
        ("La troisième", 2),
        ("2 svp", 1),
        ("la 2 s’il vous plaît", 1),
        ("2, please!", 1),
        ("le premier SVP, merci", 0),
    ],
)
async def test_a_place_in_words_names_a_button(stage: Stage, words: str, place: int) -> None:
    camille = stage.person("camille")
    await camille.says("near")
    wanted = camille.page.buttons[place].label
    assert await camille.says(words) == await camille.presses_earlier(wanted)
