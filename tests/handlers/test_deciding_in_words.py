"""Deciding in words about a declaration past the limit: beyond doubt, in doubt, and of one's own."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from tests.handlers.test_past_limit import declared, declares
from tests.stage import Stage


@pytest.fixture
async def stage(sqlite_url: str) -> AsyncIterator[Stage]:
    async with Stage(sqlite_url) as stage:
        yield stage


@pytest.mark.parametrize(
    ("words", "state", "reason"),
    [
        ("Accepté!", "sent", None),
        ("accepté, merci", "sent", None),
        ("j’accepte", "sent", None),
        ("1", "sent", None),
        ("refuse, trop de pages", "refused", "trop de pages"),
        ("Refusé. On en reparle.", "refused", "On en reparle."),
        ("Refused: too many pages", "refused", "too many pages"),
        ("oui", "sent", None),
        ("ok", "sent", None),
        ("ok pour moi", "sent", None),
        ("c’est correct", "sent", None),
        ("Oui j’accepte celle-là", "sent", None),
        ("Bonjour, j’accepte. Merci et bonne journée!", "sent", None),
        ("accepté, mais pour cette fois", "sent", None),
        ("yes", "sent", None),
        ("fine with me", "sent", None),
        ("ok mais c’est la dernière fois", "sent", None),
        ("ok je comprends. accepté", "sent", None),
        ("finalement oui", "sent", None),
        ("non", "refused", None),
        ("no", "refused", None),
        ("non, refusé : trop de pages", "refused", "trop de pages"),
        ("je refuse parce que trop de pages", "refused", "trop de pages"),
        ("I don’t accept because it’s half the book", "refused", "it’s half the book"),
    ],
)
async def test_a_reply_decides(stage: Stage, words: str, state: str, reason: str | None) -> None:
    await declares(stage.person("camille"))
    direction = stage.person("direction")
    said = await direction.replies(words)
    if "Pourquoi refuser" in said:
        await direction.presses("Sans raison")
    course = (await declared(stage)).course
    assert (course.state, course.reason) == (state, reason)


async def test_a_remark_goes_with_what_is_accepted(stage: Stage) -> None:
    await declares(stage.person("camille"))
    assert "avec votre remarque" in await stage.person("direction").replies(
        "accepté, mais soyez plus économe"
    )
    assert "Remarque\N{NO-BREAK SPACE}: mais soyez plus économe" in stage.person("camille").reads()


@pytest.mark.parametrize(
    "words",
    [
        "Accepté si elle enlève dix pages",
        "Je ne refuse pas, mais pourquoi?",
        "accepté?",
        "non, j’accepte",
        "oui mais combien d’élèves?",
        "ok mais avec moins de pages",
        "oui mais c’est trop",
        "accept unless it was done before",
    ],
)
async def test_in_doubt_the_buttons_come_again_and_nothing_leaves(stage: Stage, words: str) -> None:
    camille = stage.person("camille")
    await declares(camille)
    assert "rien n’est décidé ni envoyé" in await stage.person("direction").replies(words)
    assert camille.reads() == ""
    assert "C’est accepté" in await stage.person("direction").presses("Accepter")


async def test_other_words_go_to_the_teacher_and_decide_nothing(stage: Stage) -> None:
    await declares(stage.person("camille"))
    said = await stage.person("direction").replies("Est-ce pour un seul groupe?")
    assert "Rien n’est décidé" in said
    assert "vous écrit au sujet" in stage.person("camille").reads()
    assert (await declared(stage)).course.state == "to-complete"


@pytest.mark.parametrize("words", ["accepté", "Oui j’accepte celle-là", "ok", "i accept", "ok pour Camille"])
async def test_words_of_their_own_are_asked_about(stage: Stage, words: str) -> None:
    await declares(stage.person("camille"))
    direction = stage.person("direction")
    assert "Est-ce pour la déclaration n°" in await direction.says(words)
    assert (await declared(stage)).course.state == "to-complete"
    assert "C’est accepté" in await direction.presses("Accepter")
    assert "acceptée par Dominique Direction" in await direction.says("refusé, finalement non")


async def test_of_the_only_one_that_waits_it_is_asked_why_it_is_refused(stage: Stage) -> None:
    await declares(stage.person("camille"))
    direction = stage.person("direction")
    assert "Pourquoi refuser la déclaration n°" in await direction.says("refuser")
    assert "C’est refusé" in await direction.says("trop de pages")


async def test_nobody_decides_otherwise_than_somebody_else_did(stage: Stage) -> None:
    await declares(stage.person("camille"))
    direction, operator = stage.person("direction"), stage.person("operator")
    await direction.presses("Demander à l’équipe")
    operator.reads()
    await direction.presses_earlier("Accepter")
    said = await operator.replies("refusé, trop de pages")
    assert "C’est déjà décidé" in said
    assert "Finalement" not in said
    press = f"!decide:otherwise-refuse-{(await declared(stage)).id}-1"
    assert "C’est déjà décidé" in await operator.presses_old(press)
    assert (await declared(stage)).course.state == "sent"


async def test_nothing_waits_for_words_of_their_own(stage: Stage) -> None:
    assert "Aucune déclaration n’attend votre décision" in await stage.person("direction").says("refusé")
    assert "n’attend" not in await stage.person("direction").says("d’accord")
    assert "n’attend" not in await stage.person("camille").says("refusé")


async def test_the_team_answers_whoever_asked_it(stage: Stage) -> None:
    camille, direction = stage.person("camille"), stage.person("direction")
    await declares(camille)
    await direction.presses("Demander à l’équipe")
    said = await stage.person("operator").replies("Demandez-lui si c’est pour deux groupes.")
    assert "parti vers Dominique Direction" in said
    assert "deux groupes" in direction.reads()
    assert camille.reads() == ""
    assert "C’est refusé" in await direction.replies("refusé, trop de pages")


async def test_who_answers_words_writes_to_whoever_wrote_them(stage: Stage) -> None:
    camille, direction, operator = (
        stage.person("camille"),
        stage.person("direction"),
        stage.person("operator"),
    )
    await declares(camille)
    await direction.presses("Demander à l’équipe")
    await operator.replies("Demandez-lui si c’est pour deux groupes.")
    assert "Sacha Équipe, de l’équipe, vous répond" in direction.reads()
    said = await direction.replies("Pouvez-vous m’expliquer?")
    assert "parti vers Sacha Équipe, de l’équipe" in said
    told = operator.reads()
    assert "Dominique Direction vous répond" in told
    assert "m’expliquer" in told
    assert "parti vers Dominique Direction" in await operator.replies("La limite vaut par groupe.")
    assert "par groupe" in direction.reads()
    assert camille.reads() == ""
