"""One line with a label, typed at another question of a declaration: it fills the field that it names."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from tests.stage import Stage

KIND = ("déclarer",)
NUMBER = (*KIND, "un livre")
TITLE = (*NUMBER, "passer")
AUTHOR = (*TITLE, "Le renard bleu")


@pytest.fixture
async def stage(sqlite_url: str) -> AsyncIterator[Stage]:
    async with Stage(sqlite_url) as stage:
        yield stage


@pytest.mark.parametrize("channel", ["telegram", "terminal"])
@pytest.mark.parametrize(
    ("so_far", "line", "noted", "question"),
    [
        (KIND, "Titre : Le renard bleu", "Titre\u00a0: Le renard bleu", "Qu’avez-vous copié?"),
        (NUMBER, "Titre : Le renard bleu", "Titre\u00a0: Le renard bleu", "Quel est l’ISBN?"),
        (NUMBER, "Pages : 12-112", "Pages copiées\u00a0: 12-112", "Quel est l’ISBN?"),
        (NUMBER, "title: The blue fox", "Titre\u00a0: The blue fox", "Quel est l’ISBN?"),
        (TITLE, "Pages : 12-112", "Pages copiées\u00a0: 12-112", "Quel est le titre?"),
        (AUTHOR, "Pages : 12-112", "Pages copiées\u00a0: 12-112", "Qui est l’auteur"),
        (
            AUTHOR,
            "Titre : Le renard roux : la suite",
            "Titre\u00a0: Le renard roux : la suite",
            "Qui est l’auteur",
        ),
        (AUTHOR, "Support = papier", "Support\u00a0: Sur papier", "Qui est l’auteur"),
    ],
)
async def test_it_fills_the_field_that_it_names(
    stage: Stage, channel: str, so_far: tuple[str, ...], line: str, noted: str, question: str
) -> None:
    camille = stage.person("camille", channel)
    for said in so_far:
        await camille.says(said)
    page = await camille.says(line)
    assert f"J’ai noté\u00a0:\n{noted}" in page
    assert question in page


@pytest.mark.parametrize(
    ("so_far", "line", "question"),
    [
        (TITLE, "Titre : Le renard bleu", "Qui est l’auteur"),
        (TITLE, "Pages d’histoire : un roman", "Qui est l’auteur"),
        (TITLE, "Pages : un roman", "Qui est l’auteur"),
        (TITLE, "« Pages : 12-112 »", "Qui est l’auteur"),
        (AUTHOR, "Auteur : Camille Test", "maison d’édition"),
    ],
)
async def test_its_own_label_and_titles_with_a_colon_are_answers(
    stage: Stage, so_far: tuple[str, ...], line: str, question: str
) -> None:
    camille = stage.person("camille")
    for said in so_far:
        await camille.says(said)
    page = await camille.says(line)
    assert "J’ai noté" not in page
    assert question in page
