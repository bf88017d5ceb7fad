"""The language of a message, by its small words; where they do not tell, nobody guesses."""

from __future__ import annotations

import pytest

from faq.entry import Language
from faq.language import language_of


@pytest.mark.parametrize(
    ("language", "messages"),
    [
        (
            "fr",
            [
                "Comment déclarer mes copies?",
                "jai pas de compte",
                "c koi le pi",
                "chu barré dehors",
                "mon compte",
                "compte bloqué svp",
                "Bonjour",
                "Merci",
                "J'ai oublié mon password",
                "Le user est pas capable de signer",
                "Mon login de la plateforme marche pas",
                "À quelle heure ferme le bureau?",
                "JE NE TROUVE PAS LE BOUTON",
                "L’élève n’a pas de plan",
            ],
        ),
        (
            "en",
            [
                "How do I declare my copies?",
                "cant log in",
                "my account is locked",
                "pls help",
                "Hello",
                "thx",
                "I forgot my mot de passe",
                "How do I sign a PI for the parent?",
                "WHERE IS THE BUTTON",
                "The « Signer pour autrui » button is not there",
                "whats the deadline",
            ],
        ),
        (
            None,
            [
                "",
                "???",
                "🙂",
                "PI",
                "Mozaïk",
                "Copibec",
                "ok",
                "9782070612758",
                "signer",
                "deadline",
                "12-30",
            ],
        ),
    ],
)
def test_the_language_of_a_message(language: str | None, messages: list[str]) -> None:
    assert {message: language_of(message) for message in messages} == dict.fromkeys(messages, language)


@pytest.mark.parametrize("message", ["ok then donc", "Bonjour hello", "merci thanks"])
def test_a_message_in_both_is_in_either_or_neither(message: str) -> None:
    assert language_of(message) in (*Language, None)
