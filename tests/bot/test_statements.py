"""Sentences that begin with a field's name."""

from __future__ import annotations

import pytest

from bot.heads import short_answer, signed_heads_of
from bot.statements import change_in, statements_in

NAMES = {
    "annee": "year",
    "titre": "title",
    "title": "title",
    "editeur": "publisher",
    "pages": "copied",
    "nombre d'eleves": "pupils",
}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Année 2006", [("year", "2006")]),
        ("pages 12 à 25", [("copied", "12 à 25")]),
        ("Le titre c’est Caribou 4", [("title", "Caribou 4")]),
        ("L’éditeur je pense que c’est les Intouchables", [("publisher", "les Intouchables")]),
        ("Title is The Blue Fox. Année 2019", [("title", "The Blue Fox"), ("year", "2019")]),
        ("Année 2006, pages 12, 14 et 20", [("year", "2006"), ("copied", "12, 14 et 20")]),
        ("Non, le titre : « Qui a peur? »", [("title", "« Qui a peur? »")]),
        ("année 2020 et l’éditeur est Boréal", [("year", "2020"), ("publisher", "Boréal")]),
        ("le titre c’est Le lac et la forêt", [("title", "Le lac et la forêt")]),
        ("le titre c’est Le lac et le titre perdu", [("title", "Le lac et le titre perdu")]),
        ("l’éditeur est Boréal pis c’est 26 élèves", [("publisher", "Boréal")]),
        ("le titre : « Le lac, et l’éditeur est mort »", [("title", "« Le lac, et l’éditeur est mort »")]),
        ("Bonjour, voici mes réponses", []),
        ("Titre", []),
    ],
)
def test_a_sentence_states_what_its_first_words_name(text: str, told: list[tuple[str, str]]) -> None:
    assert [(one.name, one.text) for one in statements_in(text, NAMES)] == told


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ('modifier le titre: c’est "Caribou"', ("title", '"Caribou"')),
        ("Please change the title to The Red Fox", ("title", "The Red Fox")),
        ("change le nombre d’élèves pour 24", ("pupils", "24")),
        ("modifier le titre", None),
        ("le titre c’est Caribou", None),
    ],
)
def test_a_change_is_asked_for_by_its_verb(text: str, asked: tuple[str, str] | None) -> None:
    found = change_in(text, {"modifier", "change"}, NAMES)
    assert (found and (found.name, found.text)) == asked


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("Gabrielle Roy", "Gabrielle Roy"),
        ("Boréal\nSophie Lavoie\nÉcole des Érables", "Boréal"),
        ("Le grand livre illustré\nde la forêt boréale", "Le grand livre illustré\nde la forêt boréale"),
        ("Je ne sais plus trop, c’est ma collègue qui avait le livre et elle est partie en congé", None),
    ],
)
def test_a_short_text_answers_where_prose_does_not(text: str, answer: str | None) -> None:
    assert short_answer(text) == answer


@pytest.mark.parametrize(
    ("text", "heads"),
    [
        ("1\nSophie Lavoie\nÉquipe", ["1"]),
        ("1 please\nMorgan", ["1 please", "1"]),
        ("oui\nAttendez, c’était 26 élèves", []),
        ("oui\n\nmais change le titre", []),
    ],
)
def test_only_a_signature_stands_below_a_head(text: str, heads: list[str]) -> None:
    assert list(signed_heads_of(text)) == heads
