"""« Vérifier une limite »: what is told later wins, in the middle of the talk and by « modifier »."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from tests.stage import Stage

OVER, WITHIN = "Dépassement possible", "c’est dans la limite"


@pytest.fixture
async def stage(sqlite_url: str) -> AsyncIterator[Stage]:
    async with Stage(sqlite_url) as stage:
        yield stage


@pytest.mark.parametrize(
    ("said", "told"),
    [
        (["un livre", "200 pages", "12-40"], [WITHIN, "limite (30 pages)"]),
        (["un livre", "en fait c’est un manuel", "200 pages", "12-40"], [OVER, "20 pages sur 200"]),
        (["un manuel", "en fait c’est un roman", "200 pages", "12-40"], [WITHIN, "limite (30 pages)"]),
        (["un livre", "200 pages", "un manuel, 300 pages", "12-40"], [OVER, "25 pages sur 300"]),
        (["un livre", "100 pages", "modifier total", "200", "12-40"], [WITHIN, "29 pages sur 200"]),
        (["un cahier", "plutôt un livre", "200 pages", "12-40"], [WITHIN, "29 pages sur 200"]),
        (
            ["un cahier", "non, un livre", "200 pages", "non, 240 pages", "12-40"],
            [WITHIN, "29 pages sur 240"],
        ),
        (["a workbook", "rather a book", "no, 240 pages", "40 pages"], [OVER, "36 pages sur 240"]),
        (["un manuel", "240 pages", "c un roman ca change quoi", "40 pages"], [OVER, "36 pages sur 240"]),
        (["un livre", "240 pages", "combien il m’en reste"], ["Jusqu’à 36 pages sur 240"]),
        (["un livre", "240 pages", "Titre : Le renard bleu", "12-40"], [WITHIN, "restera 7 cette année."]),
    ],
)
async def test_what_is_told_later_counts(stage: Stage, said: list[str], told: list[str]) -> None:
    camille = stage.person("camille")
    await camille.says("vérifier une limite")
    page = [await camille.says(words) for words in said][-1]
    assert [words for words in told if words not in page.replace("\N{NO-BREAK SPACE}", " ")] == []


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("40 pages", [OVER, "40 pages; la limite est de 36 pages sur 240"]),
        ("et si je copie 40 pages", [OVER, "40 pages; la limite est de 36 pages sur 240"]),
        ("pages 12 à 60", [OVER, "49 pages; la limite est de 36 pages sur 240"]),
        ("Pages : 12-60", [OVER, "49 pages; la limite est de 36 pages sur 240"]),
        (
            "plutôt un cahier",
            [OVER, "Genre : Un manuel ou un cahier", "29 pages; la limite est de 24 pages sur 240"],
        ),
        ("et si c’est un cahier?", [OVER, "29 pages; la limite est de 24 pages sur 240"]),
        ("what if it’s a workbook?", [OVER, "29 pages; la limite est de 24 pages sur 240"]),
        ("non, 260 pages", [WITHIN, "29 pages sur 260", "(39 pages)"]),
        ("non, 40 pages", [OVER, "40 pages; la limite est de 36 pages sur 240"]),
        ("Titre : Le renard bleu", [WITHIN, "Titre ou ISBN : Le renard bleu", "restera 7 cette année."]),
        ("combien il m’en reste?", [WITHIN, "29 pages sur 240"]),
        (
            "puis-je copier 30 pages d’un cahier de 200 pages?",
            [OVER, "30 pages; la limite est de 20 pages sur 200"],
        ),
        ("un autre livre", ["Que voulez-vous copier?"]),
        ("pages 12 à 60 du roman", [OVER, "49 pages; la limite est de 36 pages sur 240"]),
        ("ok je le déclare", ["Genre : Un livre", "Pages copiées : 12-40", "Quel est l’ISBN?"]),
    ],
)
async def test_the_answer_may_be_asked_on(stage: Stage, said: str, told: list[str]) -> None:
    camille = stage.person("camille")
    for words in ("vérifier une limite", "un livre", "240 pages", "12-40"):
        await camille.says(words)
    page = (await camille.says(said)).replace("\N{NO-BREAK SPACE}", " ")
    assert [words for words in told if words not in page] == []


async def test_of_a_mere_count_a_declaration_asks_which_pages(stage: Stage) -> None:
    camille = stage.person("camille")
    for words in ("vérifier une limite", "un livre", "240 pages", "20 pages"):
        await camille.says(words)
    await camille.presses("Déclarer ces copies")
    for words in ("passer", "Le renard bleu", "passer", "passer"):
        await camille.says(words)
    assert "il me faut leurs numéros" in await camille.says("passer")


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("jai un cahier d'exercices de 180 pages, combien je peux copier?", "Jusqu’à 18 pages sur 180."),
        ("combien je peux copier dans un roman de 240 pages", "Jusqu’à 36 pages sur 240."),
        ("combien de pages je peux copier si le livre a 240 pages", "Jusqu’à 36 pages sur 240."),
        ("j’aimerais savoir combien je peux copier d’un roman de 240 pages", "Jusqu’à 36 pages sur 240."),
        ("I have a workbook of 180 pages, how much can I copy?", "Up to 18 pages out of 180."),
        ("how many pages can I copy from a novel of 240 pages", "Up to 36 pages out of 240."),
    ],
)
async def test_a_question_with_its_figures_gets_the_limit_at_once(stage: Stage, said: str, told: str) -> None:
    assert told in await stage.person("stranger").says(said)
