"""The single questions of a mail that asks several, in order; a single one is no part of anything."""

from __future__ import annotations

import pytest

from faq.parts import MOST, parts_of
from tests import effort

SEVERAL = {
    "two in a row": (
        "Comment est-ce que je déclare mes copies? Et quelle est la date limite?",
        ["Comment est-ce que je déclare mes copies?", "Et quelle est la date limite?"],
    ),
    "a mail": (
        """
        Bonjour à toute l'équipe,
        J'enseigne au primaire et j'ai deux questions. Est-ce que je dois déclarer mes exercices?
        Aussi, jusqu'à quand peut-on le faire?
        Merci d'avance! Bonne journée,
        Solange
        """,
        ["Est-ce que je dois déclarer mes exercices?", "Aussi, jusqu'à quand peut-on le faire?"],
    ),
    "bullets": (
        "Hello, three things:\n- How do I declare a copy?\n* can a parent sign online\n• Who do I write to?\nThanks",
        ["How do I declare a copy?", "can a parent sign online", "Who do I write to?"],
    ),
    "numbers": (
        "1) Comment créer un compte?\n2. c'est quand la date limite\n(3) qui doit déclarer\n4° où est le guide",
        ["Comment créer un compte?", "c'est quand la date limite", "qui doit déclarer", "où est le guide"],
    ),
    "letters in one line": (
        "a) où est le guide? b) qui peut m'aider avec ça?",
        ["où est le guide?", "qui peut m'aider avec ça?"],
    ),
    "without question marks": (
        "comment je déclare un livre\nc'est quand la limite",
        ["comment je déclare un livre", "c'est quand la limite"],
    ),
    "spoken": (
        "J'ai-tu besoin d'un compte? Ça coûte-tu de quoi à l'école!",
        ["J'ai-tu besoin d'un compte?", "Ça coûte-tu de quoi à l'école!"],
    ),
    "one kind in each language": (
        "Comment je signe un PI? How do I delete a plan?",
        ["Comment je signe un PI?", "How do I delete a plan?"],
    ),
    "after three dots": (
        "Comment déclarer un livre… et c'est quand la limite?",
        ["Comment déclarer un livre…", "et c'est quand la limite?"],
    ),
    "Windows line ends": (
        "Où est le guide?\r\n\r\n- Qui peut m'aider?\r\n",
        ["Où est le guide?", "Qui peut m'aider?"],
    ),
}


@pytest.mark.parametrize(("message", "questions"), SEVERAL.values(), ids=SEVERAL)
def test_a_message_falls_into_its_questions(message: str, questions: list[str]) -> None:
    assert [part.text for part in parts_of(message) if part.asks] == questions


@pytest.mark.parametrize(
    "message",
    [
        "Comment déclarer mes copies?",
        "J'ai perdu mon mot de passe. Comment le ravoir?",
        "Mon compte est verrouillé! Qu'est-ce que je fais? Merci bien. À bientôt!",
        "Bonjour! Ça va? Comment est-ce que je déclare mes copies?",
        "Je voudrais signer un PI. Je ne trouve pas le bouton. Pouvez-vous m'aider? Et vite?",
        "I forgot my password and I wonder how to get a new one, and when it will come?",
        "Le plan est prêt. Il est signé. Il est imprimé.",
        "Bonjour,\n\nMerci pour tout.\n\nSolange",
        "- papier\n- crayons\n- livres",
        "Hein? Quoi? Où ça?",
        "",
        "   \n\n  ",
        "???",
    ],
)
def test_a_message_with_one_question_or_none_asks_no_two(message: str) -> None:
    assert sum(part.asks for part in parts_of(message)) < 2


def test_a_text_full_of_questions_is_a_text() -> None:
    assert len(parts_of("Où est le guide? " * MOST)) == MOST
    assert parts_of("Où est le guide? " * (MOST + 1)) == []


@pytest.mark.parametrize("filler", [" ", "\t", "\n", " \n", "?", "? ", "- ", "a'", "comment "])
def test_any_text_is_read_in_no_square_of_the_time(filler: str) -> None:
    assert effort.growth(parts_of, filler, 200_000) < effort.MOST
