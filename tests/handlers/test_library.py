"""A declaration that looks its book up: what is found stands in the recap as found, and is the person's to change."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta

import pytest
from pydantic import HttpUrl

from bot.assistant import Assistant
from bot.errands import Errands
from bot.lookup import OpenLibrary
from storage import books
from tests.bringing import file_named
from tests.fakes.library import ISBN, FakeLibrary, is_slow, running_library
from tests.stage import Player, Stage, furnished, knowledge

PATIENCE = timedelta(seconds=30)
SHORT = timedelta(seconds=1)
FOUND = (
    "Trouvé sur 127.0.0.1 d’après l’ISBN, à vérifier : titre, auteur, éditeur, année, nombre total de pages."
)


@pytest.fixture
async def library() -> AsyncIterator[FakeLibrary]:
    async with running_library() as library:
        yield library


@pytest.fixture
async def stage(sqlite_url: str, library: FakeLibrary) -> AsyncIterator[Stage]:
    house = furnished()
    settings = house.settings.model_copy(update={"lookup_url": HttpUrl(library.url)})
    async with Stage(sqlite_url, house=replace(house, settings=settings)) as stage:
        open_with(stage, library)
        yield stage


def open_with(stage: Stage, library: FakeLibrary, within: timedelta = PATIENCE) -> None:
    """The stage's assistant, with a library to ask."""
    known = knowledge(stage.database, stage.clock)
    errands = Errands(stage.database, OpenLibrary(library.url, within), stage.clock)
    stage.assistant = Assistant(stage.database, stage.house, stage.clock, known, stage.post, errands)


@pytest.fixture
def camille(stage: Stage) -> Player:
    return stage.person("camille")


async def say(player: Player, *texts: str) -> str:
    """One after the other: the last answer."""
    return plain([await player.says(text) for text in texts][-1])


def plain(page: str) -> str:
    """With ordinary spaces."""
    return page.replace("\N{NO-BREAK SPACE}", " ")


REST = ("12-30", "papier", "28", "hier", "passer")


async def test_what_is_found_is_not_asked_and_is_shown_as_found(
    camille: Player, library: FakeLibrary
) -> None:
    asked = await say(camille, "déclarer", "un livre", ISBN)
    assert "« Le petit prince », 96 pages" in asked
    assert "Quelles pages avez-vous copiées?" in asked
    recap = await say(camille, *REST)
    assert "Titre : Le petit prince" in recap
    assert "Auteur : Antoine de Saint-Exupéry" in recap
    assert "Nombre total de pages : 96" in recap
    assert FOUND in recap
    receipt = await say(camille, "envoyer")
    assert "« Le petit prince »" in receipt
    assert "Trouvé sur" not in receipt
    assert library.paths.count(f"/isbn/{ISBN}.json") == 1


async def test_what_is_changed_is_the_persons_own(camille: Player) -> None:
    await say(camille, "déclarer", "un livre", ISBN, *REST)
    await say(camille, "modifier le total")
    recap = await say(camille, "104")
    assert "Nombre total de pages : 104" in recap
    assert "à vérifier : titre, auteur, éditeur, année." in recap
    await say(camille, "modifier le titre")
    recap = await say(camille, "Le petit prince, édition scolaire")
    assert "Titre : Le petit prince, édition scolaire" in recap
    assert "Auteur : Antoine de Saint-Exupéry" in recap
    await say(camille, "modifier isbn")
    assert "auteur" in (await say(camille, "978-2-7644-2951-8")).lower()


async def test_a_picture_looks_it_up_too_and_so_does_the_button_below_it(
    camille: Player, library: FakeLibrary
) -> None:
    offered = await camille.says("", file_named("code-barres.jpg"))
    assert "Déclarer une copie de ce livre" in offered
    await camille.presses("Déclarer une copie de ce livre")
    assert "« Le petit prince », 96 pages" in await say(camille, "un livre")
    assert library.paths.count(f"/isbn/{ISBN}.json") == 1


async def test_the_limits_of_a_book_need_no_number_of_pages(camille: Player) -> None:
    await camille.says("", file_named("code-barres.jpg"))
    await camille.presses("Combien puis-je en copier?")
    assert "Quelles pages" in await say(camille, "un livre")
    assert "14 pages" in await say(camille, "12-14")


async def test_what_was_found_stands_after_a_restart_without_any_library(
    stage: Stage, camille: Player, library: FakeLibrary
) -> None:
    await say(camille, "déclarer", "un livre", ISBN)
    await stage.restart()
    assert FOUND in await say(camille, *REST)
    assert library.paths.count(f"/isbn/{ISBN}.json") == 1


async def test_a_slow_library_is_given_up_and_the_person_is_asked(
    stage: Stage, camille: Player, library: FakeLibrary
) -> None:
    open_with(stage, library, SHORT)
    library.answers["/isbn"] = is_slow
    assert "Quel est le titre?" in await say(camille, "déclarer", "un livre", ISBN)
    await say(camille, "retour")
    await say(camille, ISBN)
    assert len(library.asked) == 1
    open_with(stage, library)
    library.answers.clear()
    stage.tick(books.KEPT_UNFOUND)
    await say(camille, "retour")
    assert "« Le petit prince »" in await say(camille, ISBN)


async def test_a_book_that_one_has_declared_is_known_better(camille: Player, library: FakeLibrary) -> None:
    await say(
        camille, "déclarer", "un livre", "passer", "Mon petit prince", "passer", "passer", "passer", "90"
    )
    await say(camille, *REST, "modifier isbn", ISBN, "envoyer")
    library.asked.clear()
    asked = await say(camille, "déclarer", "un livre", ISBN)
    assert "« Mon petit prince », 90 pages" in asked
    assert library.asked == []


@pytest.mark.parametrize("name", ["stranger", "parent"])
async def test_nothing_is_looked_up_for_whoever_is_not_of_the_roster(
    stage: Stage, library: FakeLibrary, name: str
) -> None:
    player = stage.person(name)
    await say(player, "déclarer", ISBN, f"J’ai copié le livre {ISBN}")
    known = name == "parent"
    assert bool(library.asked) is known


async def test_of_a_play_only_its_own_title_counts(camille: Player) -> None:
    asked = await say(camille, "déclarer", "une pièce de théâtre", "publiée", ISBN)
    assert "Quel est le titre de la pièce?" in asked


async def test_without_the_setting_nothing_is_shown_even_if_it_was_found_before(
    stage: Stage, camille: Player
) -> None:
    await say(camille, "déclarer", "un livre", ISBN)
    stage.house = furnished()
    await stage.restart()
    assert "Quel est le titre?" in await say(camille, "bonjour")
