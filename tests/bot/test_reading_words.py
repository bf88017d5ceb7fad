"""Typed words: what is the same word, and which choice a text means."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.reading import choose, fold
from bot.reading.words import one_slip, plain

KINDS = [
    ("book", ("Livre", "roman", "album")),
    ("textbook", ("Manuel ou cahier scolaire", "Textbook or workbook")),
    ("article", ("Article de revue ou de journal", "Magazine or newspaper article")),
    ("lyrics", ("Paroles de chanson", "Song lyrics")),
    ("score", ("Partition d’un recueil",)),
    ("play", ("Pièce de théâtre",)),
    ("image", ("🖼 Image d’une publication",)),
    ("other", ("Autre / je ne sais pas", "Other")),
]


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Élève", "eleve"),
        ("  ÉLÈVES  du   2e\u00a0cycle ", "eleves du 2e cycle"),
        ("œuvre Æsop", "oeuvre aesop"),
        ("ŒUVRE", "oeuvre"),
        ("aujourd’hui", "aujourd'hui"),
        ("aujourd`hui", "aujourd'hui"),
        ("12–30", "12-30"),
        ("avant\u2011hier", "avant-hier"),
        ("« Retour »!", "retour"),
        ("📚 Livre", "livre"),
        ("👍🏽", ""),
        ("…", ""),
        ("/retour", "retour"),
        ("e\u0301te\u0301", "ete"),
        ("zero\u200bwidth\u00ad", "zerowidth"),
        ("a\0b\tc\nd", "a b c d"),
        ("2️⃣8️⃣", "28"),
        ("１２", "12"),
        ("4ᵉ", "4e"),
        ("broken \ud83d half", "broken half"),
        ("STRASSE straße", "strasse strasse"),
        ("", ""),
    ],
)
def test_a_typed_word_is_folded(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(st.text())
def test_folding_twice_changes_nothing_more(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    assert plain(plain(text)) == plain(text)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("Livre", "book"),
        ("livre", "book"),
        ("LIVRE!", "book"),
        ("un livre", "book"),
        ("c’est un livre", "book"),
        ("le livre", "book"),
        ("roman", "book"),
        ("a textbook", "textbook"),
        ("manuel", "textbook"),
        ("manu", "textbook"),
        ("cahier scolaire", "textbook"),
        ("cahier", "textbook"),
        ("workbook", "textbook"),
        ("paroles", "lyrics"),
        ("chanson", "lyrics"),
        ("l’image", "image"),
        ("image", "image"),
        ("théatre", "play"),
        ("piece de theatre", "play"),
        ("je ne sais pas", "other"),
        ("autre", "other"),
        ("🖼 image d'une publication", "image"),
        # one slip
        ("livvre", "book"),
        ("lirve", "book"),
        ("manel", "textbook"),
        ("pieces de theatre", "play"),
        ("partiton", "score"),
        # doubtful, or something else
        ("liv", None),
        ("art", None),
        ("revue de chanson", None),
        ("de", None),
        ("manuel ou article", None),
        ("manl", None),
        ("partton dun", None),
        ("pas un livre", None),
        ("livre de chanson", None),
        ("2", None),
        ("", None),
        ("?", None),
    ],
)
def test_a_text_means_at_most_one_choice(text: str, meant: str | None) -> None:
    assert choose(text, KINDS) == meant


def test_a_text_that_may_mean_two_choices_means_none() -> None:
    levels = [("1", ("Premier cycle",)), ("2", ("Deuxième cycle",)), ("also-2", ("deuxième cycle!",))]
    assert [choose(text, levels) for text in ("cycle", "deuxieme cycle", "premier")] == [None, None, "1"]


def test_a_number_is_never_a_slip_of_another() -> None:
    groups = [("a", ("groupe 30101",)), ("b", ("groupe 40202",))]
    assert choose("groupe 30102", groups) is None


def test_an_exact_choice_leaves_other_texts_alone() -> None:
    skip = [("skip", ("Passer cette question",))]
    assert choose("question", skip) == "skip"
    assert choose("question", skip, exactly=True) is None
    assert choose("Passer cette question.", skip, exactly=True) == "skip"


@pytest.mark.parametrize(
    ("word", "other", "same"),
    [
        ("octobre", "octobre", True),
        ("octobbre", "octobre", True),
        ("ocotbre", "octobre", True),
        ("octobe", "octobre", True),
        ("actobre", "octobre", True),
        ("octo", "octobre", False),
        ("mais", "mai", False),
        ("juin", "juil", False),
        ("30101", "30102", False),
    ],
)
def test_one_slip_is_forgiven_in_long_words(word: str, other: str, same: bool) -> None:
    assert one_slip(word, other) is same
