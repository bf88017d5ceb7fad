"""Lines filled in by mail: what was written beside labels, and what stood there before."""

from __future__ import annotations

import pytest

from bot.letter_lines import beside_lines, told_in, written_in

SENT = """Répondez à ce courriel en remplissant ces lignes, toutes ou quelques-unes, dans l’ordre que vous voulez.

J’ai noté\N{NO-BREAK SPACE}:
Auteur\N{NO-BREAK SPACE}: Le grand comité de rédaction des éditions tout à fait fictives du Québec

Titre (p. ex. La cabane du lac)\N{NO-BREAK SPACE}:
Pages copiées (p. ex. 12-30, 45)\N{NO-BREAK SPACE}:
Nombre d’élèves (p. ex. 28)\N{NO-BREAK SPACE}:

Ou répondez seulement à ceci\N{NO-BREAK SPACE}:
"""
CASES = {
    "nothing touched": (
        "Merci!\n\n> Titre (p. ex. La cabane du lac) :\n> Pages copiées (p. ex. 12-30, 45) :",
        [],
    ),
    "on the line": ("> Titre (p. ex. La cabane du lac) : Le renard", [("Titre", "Le renard")]),
    "the example taken away": ("> Titre : Le renard", [("Titre", "Le renard")]),
    "an equals sign": ("> Titre (p. ex. La cabane du lac) = Le renard", [("Titre", "Le renard")]),
    "a colon within": ("> Titre : Le renard : une histoire", [("Titre", "Le renard : une histoire")]),
    "below the label": (
        "> Titre (p. ex. La cabane du lac) :\nLe renard\n> Pages copiées (p. ex. 12-30, 45) :\n12-14",
        [("Titre", "Le renard"), ("Pages copiées", "12-14")],
    ),
    "below it after an empty line": (
        "> Titre (p. ex. La cabane du lac) :\n\nLe renard\n\n> Pages copiées (p. ex. 12-30, 45) :",
        [("Titre", "Le renard")],
    ),
    "a name below the last label": ("> Nombre d'élèves (p. ex. 28) :\n\nCamille", []),
    "above the quote": ("Titre: Le renard\n\n> Titre (p. ex. La cabane du lac) :", [("Titre", "Le renard")]),
    "a list": ("- Titre : Le renard\n* Pages copiées : 3", [("Titre", "Le renard"), ("Pages copiées", "3")]),
    "bold": ("*Titre* : Le renard", [("Titre", "Le renard")]),
    "a line to write on": ("> Titre : ______\n> Pages copiées : …", []),
    "what was noted, folded by quoting": (
        "> Auteur : Le grand comité de rédaction des éditions tout à fait fictives\n> du Québec",
        [],
    ),
    "what was noted, mended": ("> Auteur : Le petit comité", [("Auteur", "Le petit comité")]),
    "no marks of quotation": (
        "De : Déclic\nDate : 17 novembre\nObjet : Déclaration\n\nTitre : Le renard\nNombre d’élèves (p. ex. 28) : 24",
        [("Titre", "Le renard"), ("Nombre d’élèves", "24")],
    ),
    "a signature": (
        "Titre : Le renard\n--\nCamille Essai\nTitre : enseignante\nTél. : 514 555-1234",
        [("Titre", "Le renard")],
    ),
    "prose": ("Bonjour, voici ce que je voulais vous dire de ma classe : elle est bien.", []),
}


@pytest.mark.parametrize(("whole", "told"), CASES.values(), ids=CASES)
def test_what_was_filled_in_is_told_from_what_was_sent(whole: str, told: list[tuple[str, str]]) -> None:
    assert [(one.label, one.text) for one in told_in(whole, SENT)] == told


def test_many_lines_are_read_in_no_time() -> None:
    assert told_in("> a (b (c : " * 5_000 + "\n> Titre :\n" * 20_000) == ()


@pytest.mark.parametrize(
    ("text", "beside"),
    [
        ("C’est quand?\nTitre : Le renard\nPages : 3", "C’est quand?"),
        ("Titre : Le renard", "Titre : Le renard"),
        ("Une question : c’est quand?\nTitre : Le renard", "Une question : c’est quand?"),
        ("> Titre :\nLe renard\n> Pages :\nC’est quand?", "C’est quand?"),
    ],
)
def test_a_question_is_read_without_the_lines_below_it(text: str, beside: str) -> None:
    assert beside_lines(text) == beside


def test_a_sentence_with_a_comma_before_its_colon_is_no_line() -> None:
    said = "Deuxième essai.\nComme expliqué, voir ci-dessous : mon épouse ne peut pas signer."
    assert beside_lines(said) == said


LISTED = "Combien sont-ils?\n\n1. Tilleuls : 2 d’après notre liste\n2. Ruisseau : 1 d’après notre liste"
QUOTED = (
    "Le mar. 17 nov. 2026 à 09 h 30, Déclic <declic@exemple.invalid> a écrit :\n> Combien sont-ils?\n>\n"
    "> 1. Tilleuls : 2 d’après notre liste\n> 2. Ruisseau : 1 d’après notre liste\n>\n"
    "> --\n> Déclic est un assistant. Contact : 514 555-1234"
)


@pytest.mark.parametrize(
    ("whole", "own"),
    [
        (QUOTED, []),
        (f"Tilleuls 14\n\n{QUOTED}", ["Tilleuls 14"]),
        (f"Tilleuls 14\n-- \nZoé Roche\n514 555-1234\n\n{QUOTED}", ["Tilleuls 14"]),
        (QUOTED.replace("a écrit :", "a\nécrit :"), []),
        (QUOTED.replace("Tilleuls : 2 d’après notre liste", "Tilleuls : 14"), ["1. Tilleuls : 14"]),
        (QUOTED.replace("> 2. Ruisseau", "14\n> 2. Ruisseau"), ["1. Tilleuls : 14"]),
        (QUOTED.replace("> 2. Ruisseau", "Merci!\n> 2. Ruisseau"), ["Merci!"]),
        (
            f"Tilleuls 14\n\nDe : Déclic\nEnvoyé : mardi\nÀ : Zoé\nObjet : Effectifs\n\n{LISTED}",
            ["Tilleuls 14"],
        ),
    ],
)
def test_what_somebody_wrote_into_a_letter_of_ours(whole: str, own: list[str]) -> None:
    assert [line for line in written_in(whole, LISTED).splitlines() if line] == own


def test_a_long_letter_is_looked_through_in_no_time() -> None:
    assert written_in("> a\nb :\n" * 7_000, LISTED)
