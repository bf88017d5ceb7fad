"""Likeness: how alike a question is to each line that the matcher learns from, by letters, words and meaning."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from faq.grams import Grams, Row, letters, stems
from faq.meaning import Vectors
from faq.text import normalise

Likenesses: TypeAlias = NDArray[np.float32]

WEIGHTS: Final = {"meaning": 1.0, "letters": 0.5, "words": 0.5}
"""What each of the three ways to compare counts for."""
WITHOUT_MEANING: Final = ("letters", "words")
SHARPNESS: Final = 1.25
"""The power that likenesses are raised to: with 1, many faint resemblances outweigh a close one."""
RAREST: Final = 2
"""Pieces of words that stand in one line only are mostly noise."""


class Likeness:
    """An index over lines of text, built once. Meaning counts only where the vectors of the lines are given."""

    def __init__(self, lines: Sequence[str], vectors: Vectors | None) -> None:
        plain = [normalise(line) for line in lines]
        self._letters = Grams(plain, letters, RAREST)
        self._stems = Grams(plain, stems)
        self._vectors = vectors

    def row(self, text: str, vector: Vectors | None) -> Row:
        """How alike the text is to each line: 1 to itself, 0 to what has nothing in common."""
        plain = normalise(text)
        summed: Row = WEIGHTS["letters"] * self._letters.likeness(plain)
        summed += WEIGHTS["words"] * self._stems.likeness(plain)
        if self._vectors is None or vector is None:
            return _sharp(summed, WITHOUT_MEANING)
        summed += WEIGHTS["meaning"] * (self._vectors @ vector)
        return _sharp(summed, WEIGHTS)

    def between(self, text: str, vector: Vectors | None, other: str, others: Vectors | None) -> float:
        """How alike two texts are, in the same measure."""
        plain, others_plain = normalise(text), normalise(other)
        words = WEIGHTS["letters"] * self._letters.between(plain, others_plain)
        words += WEIGHTS["words"] * self._stems.between(plain, others_plain)
        if vector is None or others is None:
            return float(_sharp(np.array([words], np.float32), WITHOUT_MEANING)[0])
        meaning = WEIGHTS["meaning"] * float(vector @ others)
        return float(_sharp(np.array([words + meaning], np.float32), WEIGHTS)[0])

    def square(self) -> Likenesses:
        """How alike the lines are to each other."""
        square = self._letters.square()
        square *= WEIGHTS["letters"]
        words = self._stems.square()
        words *= WEIGHTS["words"]
        square += words
        del words  # each of these is the largest thing in memory
        if self._vectors is not None:
            square += self._vectors @ (self._vectors.T * np.float32(WEIGHTS["meaning"]))
        return _sharp(square, WITHOUT_MEANING if self._vectors is None else WEIGHTS)


def _sharp(summed: Likenesses, views: Iterable[str]) -> Likenesses:
    """The mean of the views in place of their sum; what is near counts for more than what is far."""
    summed /= sum(WEIGHTS[view] for view in views)
    np.clip(summed, 0.0, 1.0, out=summed)
    summed **= SHARPNESS
    return summed
