"""Replies to alerts: what is sent, what is held back, and what reaches nobody."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from tests.editions import follow
from tests.handlers.test_teaching import FORWARD, QUESTION, SCRIPT, forwards, presses, shown, tickets_open
from tests.stage import Stage


@pytest.fixture
async def stage(sqlite_url: str) -> AsyncIterator[Stage]:
    async with Stage(sqlite_url) as stage:
        follow(stage, SCRIPT)
        yield stage


@pytest.mark.parametrize("reply", ["9", "12.", " 2026 "])
async def test_a_number_that_names_no_choice_is_not_sent(stage: Stage, reply: str) -> None:
    camille, operator = stage.person("camille"), stage.person("operator")
    await forwards(camille)
    camille.reads()
    page = await operator.replies(reply)
    assert "Aucun choix de la demande n°\u00a01 ne porte ce numéro" in page
    assert "[2. Combien peut-on copier?]" in page
    assert camille.reads() == ""
    assert "vers la personne" in await operator.says("2")


async def test_a_number_goes_to_who_wrote_to_a_human(stage: Stage) -> None:
    camille, operator = stage.person("camille"), stage.person("operator")
    await camille.says("parler à quelqu'un")
    await camille.says("Combien de pages ai-je copiées?")
    assert "vers la personne" in await operator.replies("12")
    assert "12" in camille.reads()


async def test_a_number_typed_alone_is_not_about_an_alert_that_came_meanwhile(stage: Stage) -> None:
    camille, operator = stage.person("camille"), stage.person("operator")
    await forwards(camille)
    assert "[Combien peut-on copier?]" in operator.reads()
    await operator.says("2")
    assert "Vous demandiez" not in camille.reads()
    assert await tickets_open(stage) == [QUESTION]


@pytest.mark.parametrize(
    ("first", "told"),
    [("Dans l'armoire.", "«\u00a0Dans l'armoire.\u00a0»"), ("2", "«\u00a0Combien peut-on copier?\u00a0», de la base")],
)  # fmt: skip
async def test_words_to_a_ticket_that_is_answered_are_sent_only_on_purpose(
    stage: Stage, first: str, told: str
) -> None:
    camille, operator = stage.person("camille"), stage.person("operator")
    await forwards(camille)
    alert = f"m{operator.mailbox.letters[-1].id}"
    await operator.replies(first)
    operator.reads(), camille.reads()
    await stage.hear(operator.heard("Plutôt au local 12.", about=alert))
    page = operator.reads()
    assert told in page
    assert camille.reads() == ""
    send = operator.page.buttons[0].press
    assert "Je ne retrouve plus cela" in await presses(operator, "send-anyway", "1-1")
    assert "vers la personne" in await operator.presses_old(send)
    assert "Plutôt au local 12." in camille.reads()
    assert "Je ne retrouve plus cela" in await operator.presses_old(send)
    assert camille.reads() == ""


@pytest.mark.parametrize("words", ["Dans l'armoire.", "où sont les dates?"])
async def test_a_reply_to_no_alert_is_told_that_nobody_got_it(stage: Stage, words: str) -> None:
    operator = stage.person("operator")
    await stage.hear(operator.heard(words, about="t99"))
    assert "Personne n’a reçu ce message" in operator.reads()


async def test_somebody_else_may_reply_to_any_page(stage: Stage) -> None:
    camille = stage.person("camille")
    await stage.hear(camille.heard("où sont les dates?", about="t99"))
    assert "Personne n’a reçu" not in camille.reads()


async def test_who_is_not_proven_to_be_an_operator_answers_nothing(stage: Stage) -> None:
    camille, operator = stage.person("camille"), stage.person("operator")
    await forwards(camille)
    camille.reads()
    alert = f"m{operator.mailbox.letters[-1].id}"
    for words in ("2", "Dans l'armoire."):
        await stage.hear(replace(operator.heard(words, about=alert), proven=False))
    assert camille.reads() == ""
    assert await tickets_open(stage) == [QUESTION]


async def test_the_alert_names_the_answer_that_did_not_help(stage: Stage) -> None:
    camille, operator = stage.person("camille"), stage.person("operator")
    await camille.says("où sont les dates?")
    while FORWARD not in shown(camille):
        await camille.presses("👎 Pas utile")
    await camille.presses(FORWARD)
    assert "👎 La réponse «\u00a0Dates limites pour déclarer\u00a0» ne l’a pas aidée." in operator.reads()
