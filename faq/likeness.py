"""Likeness: how alike a question is to each line that the matcher learns from, by letters, words and meaning."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from copy import copy
from dataclasses import dataclass
from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from faq.grams import Grams, Row, Weights, letters, stems
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


@dataclass(frozen=True, slots=True)
class Weighed:
    """A text as it is compared."""

    letters: Weights
    words: Weights
    vector: Vectors | None


class Likeness:
    """An index over lines of text, built once. Meaning counts only where the vectors of the lines are given."""

    def __init__(self, lines: Sequence[str], vectors: Vectors | None) -> None:
        plain = [normalise(line) for line in lines]
        self._letters = Grams(plain, letters, RAREST)
        self._stems = Grams(plain, stems)
        self._vectors = vectors

    def row(self, text: str, vector: Vectors | None) -> Row:
        """How alike the text is to each line: 1 to itself, 0 to what has nothing in common."""
        return self.row_of(self.weigh(text, vector))

    def weigh(self, text: str, vector: Vectors | None) -> Weighed:
        """The text as it is compared, with lines of this index and with those beside it."""
        plain = normalise(text)
        return Weighed(self._letters.weights(plain), self._stems.weights(plain), vector)

    def row_of(self, text: Weighed) -> Row:
        """How alike the text is to each line."""
        summed: Row = WEIGHTS["letters"] * self._letters.likeness_of(text.letters)
        summed += WEIGHTS["words"] * self._stems.likeness_of(text.words)
        if self._vectors is None or text.vector is None:
            return _sharp(summed, WITHOUT_MEANING)
        summed += WEIGHTS["meaning"] * (self._vectors @ text.vector)
        return _sharp(summed, WEIGHTS)

    def beside(self, lines: Sequence[str], vectors: Vectors | None) -> Likeness:
        """An index over other lines, in the measure of this one."""
        plain = [normalise(line) for line in lines]
        other = copy(self)
        other._letters, other._stems = self._letters.beside(plain), self._stems.beside(plain)
        other._vectors = vectors
        return other

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
