"""Texts compared by the pieces that they share."""

from __future__ import annotations

import numpy as np
import pytest

from faq.grams import COMMON, Grams, Pieces, letters, stems
from faq.text import normalise

LINES = (
    "Comment déclarer une copie?",
    "Comment retrouver mon mot de passe?",
    "Mon compte est verrouillé",
    "How do I unlock my account?",
    "Comment signer le plan?",
)


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("Clé", [" cl", "cle", "le ", " cle", "cle "]),
        ("où", [" ou", "ou ", " ou "]),
        ("à", [" a "]),
        ("a b", [" a ", " b "]),
        ("", []),
        ("?!", []),
    ],
)
def test_a_text_falls_into_letters(text: str, pieces: list[str]) -> None:
    assert list(letters(normalise(text))) == pieces


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("Mes déclarations", ["mes", "declar", "mes declar"]),
        ("mon compte bloqué", ["mon", "compt", "bloqu", "mon compt", "compt bloqu"]),
        ("chat", ["chat"]),
        ("", []),
    ],
)
def test_a_text_falls_into_stems(text: str, pieces: list[str]) -> None:
    assert list(stems(normalise(text))) == pieces


@pytest.mark.parametrize("pieces", [letters, stems])
@pytest.mark.parametrize("line", range(len(LINES)))
def test_a_line_is_most_like_itself(pieces: Pieces, line: int) -> None:
    likeness = Grams(LINES, pieces).likeness(LINES[line])
    assert likeness[line] == pytest.approx(1, abs=1e-5)
    assert likeness.argmax() == line
    assert (likeness <= 1 + 1e-5).all()
    assert (likeness >= 0).all()


@pytest.mark.parametrize(
    ("asked", "line"),
    [
        ("commnet decalrer une copi", 0),
        ("mon mot de pase", 1),
        ("compte verouiller", 2),
        ("acount unlok", 3),
        ("signez les plans", 4),
    ],
)
def test_typing_errors_do_not_hide_a_line(asked: str, line: int) -> None:
    assert Grams(LINES, letters).likeness(asked).argmax() == line


@pytest.mark.parametrize("asked", ["", "???", "xyz", "🙂"])
def test_what_shares_nothing_is_like_nothing(asked: str) -> None:
    assert Grams(LINES, letters).likeness(asked).tolist() == [0] * len(LINES)


def test_the_rarer_piece_tells_more() -> None:
    grams = Grams(["le chat", "le chien", "le cheval", "un rat"], stems)
    likeness = grams.likeness("le rat")
    assert likeness[3] > likeness[0] == likeness[1] == likeness[2] > 0


def test_pieces_that_are_too_rare_do_not_count() -> None:
    grams = Grams(["le chat", "le chien"], stems, rarest=2)
    assert grams.likeness("chat").tolist() == [0, 0]
    assert grams.likeness("le").tolist() == pytest.approx([1, 1])


@pytest.mark.parametrize("pieces", [letters, stems])
def test_lines_are_compared_alike_one_by_one_and_all_at_once(pieces: Pieces) -> None:
    lines = [*LINES, *(f"Comment {word} la chose?" for word in "abcdefghij" for _ in range(COMMON // 8))]
    grams = Grams(lines, pieces)
    square = grams.square()
    rows = np.stack([grams.likeness(line) for line in lines])
    few = grams.beside(lines[:8])
    pairs = np.stack([few.likeness(line) for line in lines[:8]])
    assert np.allclose(square, rows, atol=1e-5)
    assert np.allclose(square[:8, :8], pairs, atol=1e-5)


def test_an_index_over_nothing_finds_nothing() -> None:
    grams = Grams([], letters)
    assert grams.likeness("Bonjour").shape == (0,)
    assert grams.square().shape == (0, 0)
    assert grams.beside(["Bonjour"]).likeness("Bonjour").tolist() == [0]


def test_other_lines_are_measured_by_the_pieces_of_the_index_and_leave_it_as_it_was() -> None:
    grams = Grams(["le chat", "le chien", "le cheval", "un rat"], stems)
    before = grams.likeness("le rat").tolist()
    beside = grams.beside(["un rat", "", "le zébu", "xyz"])
    assert beside.likeness("le rat").tolist() == pytest.approx(
        [before[3], 0, beside.likeness("rat le")[2], 0]
    )
    assert beside.likeness("zébu").tolist() == [0] * 4
    assert beside.likeness("le")[2] == pytest.approx(1)
    assert grams.beside([]).likeness("le rat").shape == (0,)
    assert grams.likeness("le rat").tolist() == before
