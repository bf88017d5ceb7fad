"""Coming back hours later: where it stood, and the question again, the same in every talk."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from tests.stage import Stage

SIGNING = ("un parent ne peut pas signer le PI", "parent")
TITLE = ("déclarer", "un livre", "passer")
TOTAL = (*TITLE, "Le renard bleu", "passer", "passer", "passer")
A_DAY = 86_400.0
BACK = "Vos réponses sont gardées"


@pytest.fixture
async def stage(sqlite_url: str) -> AsyncIterator[Stage]:
    async with Stage(sqlite_url) as stage:
        yield stage


@pytest.mark.parametrize(
    ("so_far", "text", "question"),
    [
        (SIGNING, "bonjour toujours pas capable", "Le plan se signe-t-il?"),
        (SIGNING, "toujours pas capable", "Le plan se signe-t-il?"),
        (SIGNING, "me revoilà", "Le plan se signe-t-il?"),
        (TITLE, "Bonjour, me revoilà", "Quel est le titre?"),
        (TITLE, "allo, je continue ma déclaration", "Quel est le titre?"),
        (TOTAL, "bonjour, je suis de retour", "Combien de pages l’œuvre compte-t-elle au total?"),
    ],
)
async def test_it_is_told_where_it_stood_and_asked_again(
    stage: Stage, so_far: tuple[str, ...], text: str, question: str
) -> None:
    player = stage.person("camille" if so_far is not SIGNING else "stranger")
    for said in so_far:
        await player.says(said)
    await stage.clock.sleep(A_DAY)
    page = await player.says(text)
    assert BACK in page
    assert question in page
    assert "pas compris" not in page


@pytest.mark.parametrize(
    ("so_far", "text", "further"),
    [
        (SIGNING, "bonjour, non", "Avez-vous un compte Mozaïk?"),
        (TITLE, "Le renard bleu", "Qui est l’auteur ou l’autrice?"),
        (TITLE, "« Bonjour la vie »", "Qui est l’auteur ou l’autrice?"),
        (TOTAL, "240", "Quelles pages avez-vous copiées?"),
    ],
)
async def test_a_plain_answer_is_taken_whenever_it_comes(
    stage: Stage, so_far: tuple[str, ...], text: str, further: str
) -> None:
    player = stage.person("camille" if so_far is not SIGNING else "stranger")
    for said in so_far:
        await player.says(said)
    await stage.clock.sleep(A_DAY)
    assert further in await player.says(text)


async def test_a_sentence_said_at_once_is_an_answer(stage: Stage) -> None:
    player = stage.person("stranger")
    for said in SIGNING:
        await player.says(said)
    assert "Avez-vous un compte Mozaïk?" in await player.says("bonjour toujours pas capable")


@pytest.mark.parametrize(
    "text", ["bonjour toujours pas capable", "toujours pas capable", "hello still can't do it", "bonjour"]
)
async def test_few_words_after_a_night_are_no_request_to_the_team(stage: Stage, text: str) -> None:
    camille = stage.person("camille")
    await camille.says("parler à quelqu’un")
    await stage.clock.sleep(A_DAY)
    page = await camille.says(text)
    assert BACK in page
    assert "Que voulez-vous dire à l’équipe?" in page
    assert "C’est transmis" in await camille.says("Mon compte ne s’ouvre pas depuis hier.")


@pytest.mark.parametrize("text", ["bonjour toujours pas capable", "hello still can't do it", "asdf"])
async def test_after_failures_the_day_before_the_way_out_stands_there_at_once(
    stage: Stage, text: str
) -> None:
    camille = stage.person("camille")
    for said in ("déclarer", "un livre", "asdf"):
        await camille.says(said)
    page = await camille.says("qsdf")
    assert "Remettre à plus tard" not in page
    await stage.clock.sleep(A_DAY)
    page = await camille.says(text)
    assert BACK in page
    assert "Remettre à plus tard" in page


async def test_what_is_written_to_the_team_the_day_after_is_sent_as_it_is(stage: Stage) -> None:
    camille = stage.person("camille")
    await camille.says("parler à quelqu’un")
    await stage.clock.sleep(A_DAY)
    assert BACK not in await camille.says("Bonjour, je suis de retour et mon compte est bloqué.")
