"""Somebody who only claims to be the person of an address: answered, and nothing of that person's changes."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from storage import people
from storage.people import Person
from tests.stage import Player, Stage


@pytest.fixture
async def stage(sqlite_url: str) -> AsyncIterator[Stage]:
    async with Stage(sqlite_url) as stage:
        yield stage


async def claims(player: Player, text: str) -> str:
    """Says it with nothing but the address to show."""
    player.reads()
    await player.stage.hear(replace(player.heard(text), proven=False))
    return player.reads()


async def as_kept(player: Player) -> tuple[str | None, bool]:
    """The language and whether reminders are wanted."""
    found = await player.stage.database.read(lambda tx: people.by_address(tx, player.channel, player.address))
    assert isinstance(found, Person)
    return found.language, found.reminders


async def test_a_language_claimed_holds_for_one_message(stage: Stage) -> None:
    camille = stage.person("camille")
    assert "Ask a question" in await claims(camille, "english")
    assert await as_kept(camille) == ("fr", True)
    assert "Posez une question" in await camille.says("aide")
    await camille.says("english")
    assert await as_kept(camille) == ("en", True)


@pytest.mark.parametrize("wanted", [True, False])
@pytest.mark.parametrize("word", ["stop", "reprendre les rappels"])
async def test_reminders_are_changed_by_the_person_alone(stage: Stage, word: str, wanted: bool) -> None:
    camille = stage.person("camille")
    await camille.says("reprendre les rappels" if wanted else "stop")
    assert "Répondez simplement à ce courriel" in await claims(camille, word)
    assert await as_kept(camille) == ("fr", wanted)


@pytest.mark.parametrize(
    "word", ["parler à quelqu’un", "déclarer", "annuler", "modifier", "retour", "reprendre"]
)
async def test_a_draft_stays_as_it_was_whatever_is_claimed(stage: Stage, word: str) -> None:
    camille = stage.person("camille")
    await camille.says("déclarer")
    asked = await camille.says("un livre")
    await claims(camille, word)
    await claims(camille, "9782070612758")
    assert (await camille.says("reprendre")).endswith(asked)


async def test_somebody_at_an_address_of_nobody_chooses_their_language(stage: Stage) -> None:
    stranger = stage.person("stranger")
    assert "English" in await claims(stranger, "english")
    assert await as_kept(stranger) == ("en", True)
