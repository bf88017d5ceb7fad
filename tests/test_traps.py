"""Traps on the way through a conversation, each as somebody falls into it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.channels.doors import Fate
from storage import declarations
from storage.database import Transaction
from storage.declarations import Declaration
from tests.stage import Player, Stage

DUNES = """
Genre : livre
ISBN : 978-2-07-061275-8
Titre : La marche des dunes
Auteur : Ana Fictive
Éditeur : passer
Année : 2019
Total : 240
Pages : 12-15
Support : papier
Élèves : 28
Date : hier
Niveau : 4
"""
GRACE = datetime(2026, 12, 3, 15, 0, tzinfo=UTC)


@pytest.fixture
async def stage(sqlite_url: str) -> AsyncIterator[Stage]:
    async with Stage(sqlite_url) as stage:
        yield stage


@pytest.fixture
def camille(stage: Stage) -> Player:
    return stage.person("camille")


async def sent(stage: Stage) -> list[Declaration]:
    """Everything Camille has sent, oldest first."""

    def read(tx: Transaction) -> list[Declaration]:
        return [found for number in range(1, 9) if (found := declarations.by_id(tx, number))]

    return await stage.database.read(read)


async def says_all(camille: Player, *texts: str) -> str:
    """Says one after the other: the last page."""
    pages = [await camille.says(text) for text in texts]
    return pages[-1]


@pytest.mark.parametrize(
    "title",
    ["« Retour »", "“Aide-mémoire”", "« Où est Charlie? »", "«\u00a0Modifier le titre\u00a0»", '"Stop"'],
)
async def test_what_stands_in_quotation_marks_is_an_answer(camille: Player, title: str) -> None:
    assert "auteur" in await says_all(camille, "déclarer", "livre", "passer", title)


async def test_a_greeting_does_not_hide_the_question_after_it(camille: Player) -> None:
    assert "Mot de passe oublié" in await camille.says("Bonjour, mot de passe oublié")
    assert "Déclic" in await camille.says("Bonjour")
    assert "Déclic" in await camille.says("/start abc")
    assert "auteur" in await says_all(camille, "déclarer", "livre", "passer", "Bonjour tristesse")


@pytest.mark.parametrize("word", ["rien", "nothing", "aucun", "je ne sais pas"])
async def test_a_word_for_nothing_skips_a_question_and_starts_nothing(camille: Player, word: str) -> None:
    assert "Quel est le titre?" in await says_all(camille, "déclarer", "livre", word)


@pytest.mark.parametrize(("word", "asks"), [("correct", "n°"), ("oui", "n°"), ("non", "modifier?")])
async def test_words_for_yes_and_no_at_the_recap(camille: Player, word: str, asks: str) -> None:
    assert asks in await says_all(camille, "déclarer", DUNES, word)


@pytest.mark.parametrize(
    ("word", "says"), [("rien à déclarer", "participation"), ("oui", "participation"), ("non", "abandonné")]
)
async def test_words_for_yes_and_no_when_there_is_nothing(camille: Player, word: str, says: str) -> None:
    assert says in await says_all(camille, "/rien", word)


async def test_an_old_button_of_one_talk_does_nothing_to_another(stage: Stage, camille: Player) -> None:
    await says_all(camille, "déclarer", DUNES)
    recap = {button.label: button.press for button in camille.page.buttons}
    await says_all(camille, "envoyer", "déclarer", "livre")
    for label in ("Envoyer", "Modifier", "Ajouter une note", "Annuler"):
        page = await camille.presses_old(recap[label])
        assert "ISBN" in page, label
        assert stage.outcome
        assert stage.outcome.stale
    assert len(await sent(stage)) == 1


@pytest.mark.parametrize("press", ["!edit:note", "!nowhere:", "!", "x", "a:b", "a:b:c:d:e"])
async def test_a_button_that_means_nothing_any_more_is_answered(camille: Player, press: str) -> None:
    assert "choix" in await camille.presses_old(press)


async def test_back_from_a_question_beside_the_talk_forgets_no_answer(camille: Player) -> None:
    recap = await says_all(camille, "déclarer", DUNES)
    for aside in ("modifier", "stop"):
        await camille.says(aside)
        assert await camille.says("retour") == recap


async def test_only_the_last_reason_is_given(camille: Player) -> None:
    await says_all(camille, "déclarer", DUNES.replace("12-15", "250-260"))
    page = await camille.says("plusieurs")
    assert "250" not in page


async def test_a_line_that_does_not_read_is_asked_again_and_the_others_stay(camille: Player) -> None:
    page = await says_all(camille, "déclarer", DUNES.replace("12-15", "30-12"))
    assert "J’ai lu 30-12" in page
    assert "Brouillon" in await camille.says("12-30")


async def test_an_empty_line_takes_nothing_from_the_next_one(camille: Player) -> None:
    page = await says_all(camille, "déclarer", DUNES.replace("Éditeur : passer", "Éditeur :"))
    assert "édition" in page
    assert "2019" in await camille.says("passer")


async def test_another_title_drops_the_number_that_came_with_the_first(stage: Stage, camille: Player) -> None:
    await says_all(camille, "déclarer", DUNES, "envoyer", "comme la dernière fois", "modifier titre")
    assert "ISBN" in await camille.says("Un tout autre livre")
    await says_all(camille, "passer", "passer", "passer", "passer", "100", "1-3", "hier", "envoyer")
    assert [one.work.isbn for one in await sent(stage)] == ["9782070612758", None]


@pytest.mark.parametrize("title", ["1", "la marche des dune"])
async def test_a_known_work_stays_one_work_however_it_was_named(
    stage: Stage, camille: Player, title: str
) -> None:
    await says_all(camille, "déclarer", DUNES, "envoyer")
    await says_all(camille, "déclarer", "livre", "passer", title)
    if title != "1":
        await camille.presses("La marche des dunes (Ana Fictive)")
    await says_all(camille, "20-22", "papier", "28", "hier", "passer", "envoyer")
    first, second = await sent(stage)
    assert (second.work, second.filing.work_key) == (first.work, first.filing.work_key)


async def test_the_number_of_a_periodical_names_none_of_its_articles(stage: Stage, camille: Player) -> None:
    article = DUNES.replace("livre", "article").replace("978-2-07-061275-8", "0317-8471")
    await says_all(camille, "déclarer", article, "envoyer")
    assert "titre" in await says_all(camille, "déclarer", "article", "0317-8471")
    other = article.replace("La marche des dunes", "Le chant des baleines").replace("Ana", "Zoé")
    await says_all(camille, "annuler", "déclarer", other, "envoyer")
    keys = [one.filing.work_key for one in await sent(stage)]
    assert len(keys) == len(set(keys)) == 2


async def test_the_next_deadline_is_never_one_that_is_past(sqlite_url: str) -> None:
    async with Stage(sqlite_url, at=GRACE) as stage:
        receipt = await says_all(stage.person("camille"), "déclarer", DUNES, "envoyer")
    assert "31 mars 2027" in receipt


async def test_yesterday_is_the_day_before_the_message_was_written(stage: Stage, camille: Player) -> None:
    await says_all(camille, "déclarer", DUNES.replace("Date : hier\n", ""))
    written = camille.heard(text="hier")
    stage.tick(timedelta(days=2))
    await stage.hear(replace(written, at=stage.clock.now() - timedelta(days=2)))
    assert "lundi 16 novembre 2026" in camille.reads()


@pytest.mark.parametrize("text", ["9" * 5000, "²", "٣", "0", "\u200b", "…"])
async def test_no_text_is_poison(stage: Stage, camille: Player, text: str) -> None:
    await says_all(camille, "déclarer", text)
    assert stage.outcome
    assert stage.outcome.fate is Fate.HEARD
