"""A message read whole: what it asks, whether it asks several things, and in what language."""

from __future__ import annotations

import numpy as np
import pytest

from faq.edition import LONGEST, Edition, Reading
from faq.meaning import SIZE
from faq.precedents import Precedent
from tests.faq.knowledge import edition, edition_without_meaning

MAIL = """
Bonjour,

J'espère que vous allez bien. J'enseigne en 4e année et j'ai deux questions. Comment est-ce que je réinitialise mon
mot de passe pour la collecte? Et jusqu'à quand puis-je déclarer mes photocopies?

Merci beaucoup et bonne journée,
Ginette
"""
ENGLISH_MAIL = """
Good morning,
- My account is locked after too many tries, can you unlock it?
- How do I declare a book that I photocopied?
- How many pages of a textbook may I copy?
Thank you, Dan
"""
FOUR = """
1. Comment signer plusieurs PI en lot?
2. Comment supprimer un PI?
3. Comment dupliquer le PI de l'an dernier?
4. C'est quoi la date limite pour déclarer mes copies?
"""
TWICE = "Comment je réinitialise mon mot de passe? J'ai oublié mon mot de passe, comment en avoir un autre?"


def read(text: str) -> Reading:
    return edition().read(text)


def several(text: str) -> list[str]:
    """The entries that answer the questions of a message, in order."""
    found = read(text).several
    assert all(match.outcome == "answer" for match in found)
    return [match.candidates[0].id for match in found]


@pytest.mark.parametrize(
    ("message", "entries"),
    [
        (MAIL, ["password-forgotten", "declare-deadlines"]),
        (ENGLISH_MAIL, ["account-locked", "declare-how", "copy-limits"]),
        (FOUR, ["pi-sign-batch", "pi-delete", "pi-duplicate"]),
        (
            "Comment signer plusieurs PI en lot? Quel temps fait-il à Québec? Comment supprimer un PI?",
            ["pi-sign-batch", "pi-delete"],
        ),
    ],
    ids=["two in a mail", "three in a list", "three of four", "two of three"],
)
def test_several_questions_are_answered_in_their_order(message: str, entries: list[str]) -> None:
    assert several(message) == entries


@pytest.mark.parametrize(
    ("message", "entry"),
    [
        ("Comment je réinitialise mon mot de passe Copibec?", "password-forgotten"),
        (
            "Bonjour! Comment allez-vous? Comment je réinitialise mon mot de passe Copibec?",
            "password-forgotten",
        ),
        (
            "J'ai un problème. Mon compte est verrouillé. Pouvez-vous m'aider, s'il vous plaît?",
            "account-locked",
        ),
        (TWICE, "password-forgotten"),
        ("Quel temps fait-il? Comment signer plusieurs PI en lot?", "pi-sign-batch"),
    ],
    ids=["alone", "with chatter", "with pleas", "asked twice", "beside another matter"],
)
def test_a_single_question_is_answered_once(message: str, entry: str) -> None:
    assert several(message) == []
    assert entry in [candidate.id for candidate in read(message).match.candidates]


@pytest.mark.parametrize("message", ["", "???", "🙂", " \n ", "Bonjour!\n\nBonjour?\n\nBonjour…"])
def test_what_asks_nothing_is_read_all_the_same(message: str) -> None:
    found = read(message)
    assert found.match.outcome in ("unknown", "small_talk")
    assert found.several == ()


@pytest.mark.parametrize(
    ("message", "language"),
    [
        (MAIL, "fr"),
        (ENGLISH_MAIL, "en"),
        ("mdp oublié svp", "fr"),
        ("locked out, help me", "en"),
        ("PI", None),
    ],
)
def test_the_language_of_the_message_is_told(message: str, language: str | None) -> None:
    assert read(message).language == language


def test_a_message_carries_what_it_means() -> None:
    one, same, another = (
        np.frombuffer(read(text).sense, np.float16).astype(np.float32)
        for text in (
            "J'ai oublié mon mot de passe.",
            "I forgot my password.",
            "Où est le bal des finissants?",
        )
    )
    assert one.shape == (SIZE,)
    assert one @ one == pytest.approx(1, abs=0.01)
    assert one @ same > 0.7 > 0.4 > one @ another


def test_without_the_encoder_all_but_the_meaning_is_told() -> None:
    found = edition_without_meaning().read(MAIL)
    assert found.sense == b""
    assert found.language == "fr"
    assert [match.candidates[0].id for match in found.several] == ["password-forgotten", "declare-deadlines"]


def test_only_the_beginning_of_a_very_long_text_is_looked_at() -> None:
    start = MAIL + "Bla bla bla. " * LONGEST
    assert read(start) == read(start[:LONGEST])
    assert read(start[:LONGEST]) != read(start[: len(MAIL)])


def test_a_message_known_as_it_stands_is_not_taken_apart() -> None:
    known = edition().matcher.taught([Precedent(MAIL, "account-locked")])
    found = Edition(edition().entries, known).read(MAIL)
    assert (found.match.candidates[0].id, found.several) == ("account-locked", ())
