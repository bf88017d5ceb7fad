"""What is left of the work of a declaration, and what « dépassement » means, asked at any question of it."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from tests.stage import Stage

KIND = ("déclarer", "un livre")
TOTAL = (*KIND, "passer", "Le renard bleu", "passer", "passer", "passer", "120")
RECAP = (*TOTAL, "12-20", "papier", "20", "hier", "passer")
OVER = (*TOTAL, "12-40", "papier", "20", "hier", "passer")
LEFT = "Il en reste 9 cette année, ces pages-ci comptées\u00a0: la limite est de 18 pages sur 120."


@pytest.fixture
async def stage(sqlite_url: str) -> AsyncIterator[Stage]:
    async with Stage(sqlite_url) as stage:
        yield stage


@pytest.mark.parametrize(
    ("so_far", "text", "words", "question"),
    [
        (KIND, "combien il m'en reste?", "il me faut le nombre total de pages", "Quel est l’ISBN?"),
        (TOTAL, "combien de pages il me reste?", "Il en reste 18 cette année", "Quelles pages avez-vous"),
        (RECAP, "combien il m'en reste pour ce livre?", LEFT, "Est-ce exact?"),
        (RECAP, "il m’en reste combien", LEFT, "Est-ce exact?"),
        (RECAP, "how many pages do I have left?", LEFT, "Est-ce exact?"),
        (
            OVER,
            "combien m'en reste-t-il?",
            "Il n’en reste aucune\u00a0: 29 pages en tout, 11 de plus",
            "Est-ce exact?",
        ),
        (RECAP, "c'est quoi un dépassement?", "Ce n’est pas un refus.", "Est-ce exact?"),
        (RECAP, "qu'est-ce qu'un dépassement possible?", "Ce n’est pas un refus.", "Est-ce exact?"),
        (RECAP, "what is over the limit?", "Ce n’est pas un refus.", "Est-ce exact?"),
        (KIND, "ça veut dire quoi dépassement?", "Ce n’est pas un refus.", "Quel est l’ISBN?"),
        (RECAP, "what's an overage", "Un dépassement est possible quand", "Est-ce exact?"),
    ],
)
async def test_it_is_answered_and_the_question_put_again(
    stage: Stage, so_far: tuple[str, ...], text: str, words: str, question: str
) -> None:
    camille = stage.person("camille")
    for said in so_far:
        await camille.says(said)
    page = await camille.says(text)
    assert words in page
    assert question in page
    assert "💡" not in page


async def test_earlier_declarations_of_the_work_count(stage: Stage) -> None:
    camille = stage.person("camille")
    for said in (*RECAP, "envoyer", "déclarer", "un livre", "passer"):
        await camille.says(said)
    await camille.presses("Le renard bleu")
    page = await camille.says("combien de pages me reste-t-il de ce livre?")
    assert "Déjà déclaré de cette œuvre cette année\u00a0: 9 pages" in page
    assert "Il en reste 9 cette année" in page


async def test_what_is_left_of_something_else_is_another_question(stage: Stage) -> None:
    camille = stage.person("camille")
    for said in RECAP:
        await camille.says(said)
    assert LEFT not in await camille.says("combien de questions il reste?")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("combien il m'en reste", "Il en reste 9 cette année"),
        ("combien il m'en reste de Le renard bleu?", "« Le renard bleu »"),
        ("combien de pages il me reste dans le renar bleu", "Il en reste 9 cette année"),
        ("how many pages do I have left of Le renard bleu?", "Il en reste 9 cette année"),
        ("how many do I have left?", "Il en reste 9 cette année"),
        ("combien de pages il me reste dans Harry Potter?", "Je ne trouve pas « Harry Potter »"),
        ("combien il me reste de congés", "Je ne sais pas répondre à cela"),
    ],
)
async def test_it_is_answered_once_the_declaration_is_sent(stage: Stage, text: str, words: str) -> None:
    camille = stage.person("camille")
    for said in (*RECAP, "envoyer"):
        await camille.says(said)
    assert words in (await camille.says(text)).replace("\N{NO-BREAK SPACE}", " ")


async def test_of_nothing_declared_all_of_the_limit_is_left(stage: Stage) -> None:
    page = await stage.person("camille").says("combien il m'en reste?")
    assert "Vous n’avez rien déclaré cette année" in page


@pytest.mark.parametrize(
    ("so_far", "text", "words"),
    [
        (TOTAL[:-1], "combien de pages au total jai pas regardé", "Un nombre approximatif suffit."),
        (TOTAL, "toute le livre", "Écrivez la première et la dernière, ou chacune."),
    ],
)
async def test_a_poor_answer_is_told_how_to_answer(
    stage: Stage, so_far: tuple[str, ...], text: str, words: str
) -> None:
    camille = stage.person("camille")
    for said in so_far:
        await camille.says(said)
    page = await camille.says(text)
    assert words in page
    assert "Tout copier?" not in page
