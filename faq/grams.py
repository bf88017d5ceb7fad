"""Grams: how alike two normalised texts are by the pieces that they share; the rarer the piece, the more it tells."""

from __future__ import annotations

import itertools
import math
from array import array
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from copy import copy
from typing import Final, NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from faq.text import stem

Row: TypeAlias = NDArray[np.float32]
"""One likeness, 0..1, for each line of an index."""
Weights: TypeAlias = Mapping[int, float]
"""What each known piece of a text counts for, by its column."""
Numbers: TypeAlias = NDArray[np.int64]
Pieces: TypeAlias = Callable[[str], Iterator[str]]

SHORTEST: Final = 3
LONGEST: Final = 4
"""Letters of a piece of a word: enough for a stem, short enough to survive a typing error."""
COMMON: Final = 60
"""A piece in more lines than this is a column of its own when all lines are compared."""


def letters(text: str) -> Iterator[str]:
    """Every run of three or four letters within a word; its ends count as letters."""
    for word in text.split():
        padded = f" {word} "
        for length in range(SHORTEST, LONGEST + 1):
            if length >= len(padded):
                yield padded
                break
            yield from (padded[at : at + length] for at in range(len(padded) - length + 1))


def stems(text: str) -> Iterator[str]:
    """Every word without its ending, and every two that follow each other."""
    words = [stem(word) for word in text.split()]
    yield from words
    yield from (f"{one} {two}" for one, two in itertools.pairwise(words))


class _Found(NamedTuple):
    """The pieces of some lines: of each line how many, then of each piece its column and how often it stands there."""

    lengths: Numbers
    columns: Numbers
    counts: Numbers


class Grams:
    """An index over lines of text, built once: cosines of their TF-IDF vectors with those of any other text."""

    def __init__(self, lines: Iterable[str], pieces: Pieces, rarest: int = 1) -> None:
        """`rarest`: in how many lines a piece must stand to count at all."""
        self._pieces = pieces
        self._columns: dict[str, int] = {}
        found = self._found(lines, lambda piece: self._columns.setdefault(piece, len(self._columns)))
        held = np.bincount(found.columns, minlength=len(self._columns))
        rarity = np.log((1 + len(found.lengths)) / (1 + held)) + 1
        self._rarity = np.where(held >= rarest, rarity, 0).astype(np.float32)
        self._keep(found)

    def beside(self, lines: Iterable[str]) -> Grams:
        """An index over other lines, in the measure of this one: by its pieces, as rare as they are in it."""
        other = copy(self)
        other._keep(self._found(lines, self._columns.get))
        return other

    def _found(self, lines: Iterable[str], column: Callable[[str], int | None]) -> _Found:
        lengths, columns, counts = array("i"), array("i"), array("i")
        for line in lines:
            counted = [(column(piece), count) for piece, count in Counter(self._pieces(line)).items()]
            known = [(at, count) for at, count in counted if at is not None]
            lengths.append(len(known))
            columns.extend(at for at, _ in known)
            counts.extend(count for _, count in known)
        return _Found(*(np.asarray(one, np.int64) for one in (lengths, columns, counts)))

    def _keep(self, found: _Found) -> None:
        """Keeps, column after column, the lines that hold a piece and its weight in each."""
        lengths, columns, counts = found
        self._size = len(lengths)
        lines = np.repeat(np.arange(self._size), lengths)
        weights = (1 + np.log(counts)) * self._rarity[columns]
        norms = np.sqrt(np.bincount(lines, weights**2, self._size))
        by_column = np.argsort(columns, kind="stable")
        by_column = by_column[weights[by_column] > 0]
        self._lines = lines[by_column].astype(np.int32)
        self._shares = (weights[by_column] / norms[self._lines]).astype(np.float32)
        self._ends = np.searchsorted(columns[by_column], np.arange(len(self._columns)), side="right")

    def likeness(self, text: str) -> Row:
        """How alike the text is to each line."""
        return self.likeness_of(self.weights(text))

    def likeness_of(self, weights: Weights) -> Row:
        """The same, of a text that was weighed by this index or by one that it stands beside."""
        if not weights:
            return np.zeros(self._size, np.float32)
        found = [self._postings(column) for column in weights]
        lines = np.concatenate([self._lines[posting] for posting in found])
        shares = np.concatenate(
            [self._shares[posting] * weight for posting, weight in zip(found, weights.values(), strict=True)]
        )
        return np.bincount(lines, shares, self._size).astype(np.float32)

    def square(self) -> NDArray[np.float32]:
        """How alike the lines are to each other. Common pieces are multiplied at once, rare ones added one by one."""
        postings = [self._postings(column) for column in range(len(self._columns))]
        common = [one for one in postings if one.stop - one.start > COMMON]
        dense = np.zeros((self._size, len(common)), np.float32)
        for column, one in enumerate(common):
            dense[self._lines[one], column] = self._shares[one]
        square: NDArray[np.float32] = dense @ dense.T
        for one in postings:
            if one.stop - one.start <= COMMON:
                lines, shares = self._lines[one], self._shares[one]
                square[lines[:, None], lines] += shares[:, None] * shares
        return square

    def _postings(self, column: int) -> slice:
        return slice(int(self._ends[column - 1]) if column else 0, int(self._ends[column]))

    def weights(self, text: str) -> Weights:
        """The columns of the known pieces, as a vector of length 1."""
        counted = ((self._columns.get(piece), count) for piece, count in Counter(self._pieces(text)).items())
        weights = {
            column: (1 + math.log(count)) * float(self._rarity[column])
            for column, count in counted
            if column is not None and self._rarity[column]
        }
        norm = math.sqrt(sum(weight * weight for weight in weights.values()))
        return {column: weight / norm for column, weight in weights.items()}
