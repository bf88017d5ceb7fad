"""Likeness by letters, words and meaning together: one measure, however it is asked for."""

from __future__ import annotations

import numpy as np
import pytest

from faq.likeness import Likeness
from faq.meaning import Vectors
from tests.faq.encoders import Counting

LINES = (
    "Comment déclarer une copie?",
    "Comment déclarer des copies de livres?",
    "Mon compte est verrouillé",
    "Mon compte est bloqué",
    "Un livre est verrouillé",
)
MEANINGS = Counting()(LINES)


def vector(line: int, vectors: Vectors | None) -> Vectors | None:
    return None if vectors is None else vectors[line]


@pytest.mark.parametrize("vectors", [MEANINGS, None], ids=["with meaning", "without"])
def test_lines_of_the_index_lines_beside_it_and_all_at_once_agree(vectors: Vectors | None) -> None:
    likeness = Likeness(LINES, vectors)
    square = likeness.square()
    for at, line in enumerate(LINES):
        assert np.allclose(square[at], likeness.row(line, vector(at, vectors)), atol=1e-5)
        beside = likeness.beside(LINES[::-1], None if vectors is None else vectors[::-1])
        assert np.allclose(square[at, ::-1], beside.row(line, vector(at, vectors)), atol=1e-5)


@pytest.mark.parametrize("vectors", [MEANINGS, None], ids=["with meaning", "without"])
def test_a_line_is_wholly_like_itself(vectors: Vectors | None) -> None:
    square = Likeness(LINES, vectors).square()
    assert square.diagonal() == pytest.approx(1, abs=1e-5)
    assert (square.min(), square.argmax(1).tolist()) == (pytest.approx(0, abs=0.2), list(range(len(LINES))))
    assert square.min() >= 0
    assert square.max() <= 1


def test_a_question_is_like_the_lines_that_say_the_same() -> None:
    row = Likeness(LINES, None).row("copies à déclarer", None)
    assert set(row.argsort()[-2:].tolist()) == {0, 1}


def test_meaning_brings_near_what_shares_no_word() -> None:
    with_meaning, without = Likeness(LINES, MEANINGS), Likeness(LINES, None)
    asked = MEANINGS[2]
    assert with_meaning.row("???", asked).argmax() == 2
    assert without.row("???", None).tolist() == [0] * len(LINES)
    assert with_meaning.beside(LINES[2:3], MEANINGS[2:3]).row("???", asked) > 0.3
    assert without.beside(LINES[2:3], None).row("???", None) == 0


def test_a_question_of_unknown_meaning_is_compared_by_its_words() -> None:
    with_meaning, without = Likeness(LINES, MEANINGS), Likeness(LINES, None)
    assert with_meaning.row(LINES[0], None).tolist() == without.row(LINES[0], None).tolist()
