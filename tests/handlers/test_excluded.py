"""The exclusion list: found by ISBN for certain, by title where the person says so; a warning, never a refusal."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest

from bot.reading import fold
from handlers.declarations.excluded import CLOSE, MOST_WORDS, likeness, with_words
from storage import excluded
from storage.excluded import ExcludedWork
from tests.stage import Player, Stage

NOW = datetime(2026, 9, 1, tzinfo=UTC)
NUMBER, TEN = "9782070612758", "2-07-061275-9"
WARNING = "Sur la liste d’exclusions"
ASKED = "Est-ce bien celui-ci?"


def work(
    title: str, isbn: str | None = None, publisher: str | None = "Les Éditions fictives"
) -> ExcludedWork:
    """A line of a list."""
    return ExcludedWork(title, fold(title), isbn, publisher, "BD")


LIST = with_words(
    [
        work("Le petit voyageur", NUMBER),
        work("Zénith 4 : cahier d’apprentissage"),
        work("Zénith 5 : cahier d’apprentissage"),
        work("Les aventures de Caribou"),
    ]
)
BOOK = ("Odile Exemple", "passer", "2019", "240", "12-20", "papier", "28", "hier", "passer")
"""What follows the title."""


@pytest.fixture
async def stage(sqlite_url: str) -> AsyncIterator[Stage]:
    async with Stage(sqlite_url) as stage:
        await stage.database.write(lambda tx: excluded.replace_list(tx, 2026, LIST, NOW))
        yield stage


async def say(player: Player, *lines: str) -> str:
    """What is read after the last of them."""
    page = ""
    for line in lines:
        page = await player.says(line)
    return page


@pytest.mark.parametrize("number", [NUMBER, TEN, "978-2-07-061275-8"])
async def test_an_isbn_on_the_list_is_told_and_the_declaration_goes_on(stage: Stage, number: str) -> None:
    camille = stage.person("camille")
    recap = await say(camille, "déclarer", "un livre", number, "Un titre à moi", *BOOK)
    assert f"{WARNING} : « Le petit voyageur », Les Éditions fictives" in recap.replace(
        "\N{NO-BREAK SPACE}", " "
    )
    assert ASKED not in recap
    receipt = await camille.says("envoyer")
    assert "Déclaration envoyée" in receipt
    assert WARNING in receipt


async def test_a_title_like_one_on_the_list_is_asked_about_once(stage: Stage) -> None:
    camille = stage.person("camille")
    page = await say(camille, "déclarer", "un livre", "passer", "les aventures du caribou")
    assert ASKED in page
    assert "[1. Les aventures de Caribou, Les Éditions fictives]" in page
    recap = await say(camille, "1", *BOOK)
    assert WARNING in recap
    again = await say(camille, "modifier pages", "30-35")
    assert ASKED not in again
    assert WARNING in again
    assert WARNING in await camille.says("envoyer")


async def test_another_work_of_that_title_is_not_warned_about(stage: Stage) -> None:
    camille = stage.person("camille")
    page = await say(camille, "déclarer", "un livre", "passer", "Les aventures de Caribou")
    assert ASKED in page
    recap = await say(camille, "Non, c’en est une autre", *BOOK)
    assert WARNING not in recap


async def test_another_title_is_asked_about_anew(stage: Stage) -> None:
    camille = stage.person("camille")
    await say(camille, "déclarer", "un livre", "passer", "Les aventures de Caribou", "non", *BOOK)
    page = await camille.says("modifier le titre : c’est « Zénith 4 »")
    assert ASKED in page
    assert "Zénith 4 : cahier d’apprentissage" in page.replace("\N{NO-BREAK SPACE}", " ")
    assert "Zénith 5" not in page


@pytest.mark.parametrize("title", ["Le renard bleu", "Zénith 6", "Aventures", "Le petit prince"])
async def test_nothing_is_asked_of_other_titles(stage: Stage, title: str) -> None:
    page = await say(stage.person("camille"), "déclarer", "un livre", "passer", title)
    assert ASKED not in page


async def test_who_gives_another_number_has_another_edition(stage: Stage) -> None:
    camille = stage.person("camille")
    page = await say(camille, "déclarer", "un livre", "9782760912304", "Le petit voyageur")
    assert ASKED not in page


async def test_the_newest_list_counts(stage: Stage) -> None:
    await stage.database.write(
        lambda tx: excluded.replace_list(tx, 2027, with_words([work("Autre chose")]), NOW)
    )
    page = await say(stage.person("camille"), "déclarer", "un livre", "passer", "Les aventures de Caribou")
    assert ASKED not in page


ASKS = "puis-je copier les pages 12 à 20 d’un roman de 240 pages?"


@pytest.mark.parametrize("who", ["camille", "stranger", "parent"])
async def test_before_copying_it_is_told_to_anybody(stage: Stage, who: str) -> None:
    player = stage.person(who)
    assert "De quelle œuvre s’agit-il?" in await player.says(ASKS)
    answer = await player.says(NUMBER)
    assert answer.index(WARNING) < answer.index("dans la limite")
    assert "Copibec" in answer


async def test_before_copying_a_title_is_asked_about_too(stage: Stage) -> None:
    camille = stage.person("camille")
    await camille.says(ASKS)
    assert ASKED in await camille.says("Zénith 5")
    assert WARNING in await camille.presses("Zénith 5 : cahier d’apprentissage, Les Éditions fictives")
    await camille.says(ASKS)
    assert ASKED in await camille.says("Zénith 5")
    assert WARNING not in await camille.presses("Non, c’en est une autre")


async def test_it_says_what_was_not_found(stage: Stage) -> None:
    camille = stage.person("camille")
    await camille.says(ASKS)
    answer = await camille.says("Le renard bleu")
    assert "Je n’ai pas trouvé « Le renard bleu » sur la liste d’exclusions." in answer.replace(
        "\N{NO-BREAK SPACE}", " "
    )
    await camille.says(ASKS)
    assert "Voyez d’abord si l’œuvre est sur la liste d’exclusions." in await camille.says("passer")


@pytest.mark.parametrize(
    ("typed", "listed", "close"),
    [
        ("le petit voyageur", "le petit voyageur", True),
        ("petit voyageur le", "le petit voyageur", True),
        ("le petit voyajeur", "le petit voyageur", True),
        ("zenith 4", "zenith 4 : cahier d'apprentissage", True),
        ("zenith 4 (cahier)", "zenith 4", True),
        ("zenith 4", "zenith 5", False),
        ("zenith", "zenith 4", False),
        ("le petit", "le petit voyageur", False),
        ("voyageur", "le petit voyageur", False),
    ],
)
def test_how_alike_titles_have_to_be(typed: str, listed: str, close: bool) -> None:
    assert (likeness(typed, listed) >= CLOSE) is close


def test_a_work_is_found_by_its_rarest_words() -> None:
    works = with_words(
        [*(work(f"Cahier de français volume {n}") for n in range(20)), work("Cahier du hibou blanc")]
    )
    assert works[-1].words == {"hibou", "blanc", "du"}
    assert all(len(one.words) == MOST_WORDS for one in works)
