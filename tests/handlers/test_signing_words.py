"""What people say of a step of the guided help, and of themselves, in words of their own."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.question import Answer, Question, Unreadable
from handlers.signing import questions as ask
from handlers.signing.reading import introduced
from handlers.signing.states import Result, Side

NOW = datetime(2026, 11, 17, 9, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("said", "came"),
    [
        ("ça bloque encore", Result.TRIED),
        ("ça marche pas", Result.TRIED),
        ("ca marche toujours pas", Result.TRIED),
        ("bonjour toujours pas capable", Result.TRIED),
        ("still not working", Result.TRIED),
        ("ca bloque tjrs", Result.TRIED),
        ("I dont know", Result.UNSURE),
        ("I don't know", Result.UNSURE),
        ("je sais pas c'est quoi les statuts?", Result.UNSURE),
        ("je comprends rien", Result.UNSURE),
        ("peut-être", Result.UNSURE),
        ("oui, ça marche maintenant", Result.SOLVED),
    ],
)
@pytest.mark.parametrize("question", [ask.STATUS, ask.ADDRESS, ask.CHILD])
def test_a_step_is_answered_in_ones_own_words(question: Question[Result], said: str, came: Result) -> None:
    assert question.reader.read(Answer(said, NOW)) is came


@pytest.mark.parametrize("said", ["comment faire?", "école des Tilleuls", "je ne le vois pas"])
def test_anything_else_is_no_answer_to_a_step(said: str) -> None:
    with pytest.raises(Unreadable, match="signing/choose"):
        ask.LINK.reader.read(Answer(said, NOW))


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("ca dit erreur", "signing/symptom"),
        ("c'est écrit page introuvable", "signing/symptom"),
        ("le bouton est gris", "signing/symptom"),
        ("c'est reglé je pense", "signing/surely"),
        ("it works I think", "signing/surely"),
        ("je veux refuser de signer", "signing/refuses"),
        ("I don't want to sign it", "signing/refuses"),
        ("école des Tilleuls", "signing/choose"),
    ],
)
def test_it_is_told_why_words_are_no_answer_about_the_account(said: str, told: str) -> None:
    with pytest.raises(Unreadable, match=told):
        ask.ACCOUNT.reader.read(Answer(said, NOW))


@pytest.mark.parametrize(
    ("said", "side"),
    [
        ("je suis la mère de Léa", Side.PARENT),
        ("le parent de Léa", Side.PARENT),
        ("sa mère", Side.PARENT),
        ("secrétaire de l'école", Side.SECRETARY),
        ("moi c'est la secrétaire", Side.SECRETARY),
        ("I'm the secretary", Side.SECRETARY),
        ("je suis prof", Side.STAFF),
        ("la directrice", Side.DIRECTION),
        ("je suis la secrétaire, un parent ne peut pas signer", Side.SECRETARY),
    ],
)
def test_people_say_who_they_are_in_their_own_words(said: str, side: Side) -> None:
    assert ask.WHO.reader.read(Answer(said, NOW)) is side


@pytest.mark.parametrize(
    ("said", "side"),
    [
        ("je suis la secrétaire et un parent ne peut pas signer", Side.SECRETARY),
        ("je n'arrive pas à signer le PI de mon fils", Side.PARENT),
        ("un parent ne peut pas signer le PI", None),
    ],
)
def test_the_sentence_that_begins_it_may_tell_who_asks(said: str, side: Side | None) -> None:
    assert introduced(said) is side
