"""Ridge: learns from labelled lines, by kernel ridge regression, which subject a likeness to them speaks for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from faq.grams import Row

Matrix = NDArray[np.float32]

STRICTNESS: Final = 0.3
"""Lambda: the higher, the less it trusts a single line. Cross-validated, see docs/matching.md."""

EXACTNESS: Final = 1e-2
"""How far from the exact solution it may stay, of what is wanted."""
ROUNDS: Final = 500
"""Sixty do; more are for likenesses that no solution fits, which end near one all the same."""
TINY: Final = np.float32(1e-30)


@dataclass(frozen=True, slots=True)
class Ridge:
    """What was learnt; a few hundred kilobytes."""

    weights: Matrix
    """Line × subject."""
    common: Row
    """How often each subject is right, before anything is asked."""

    def scores(self, likeness: Row) -> Row:
        """For each subject, about 0 where nothing speaks for it and 1 where everything does."""
        scores: Row = likeness @ self.weights + self.common
        return scores


def learn(likeness: Matrix, labels: Sequence[int], subjects: int) -> Ridge:
    """Solves (K + λI) W = Y - mean(Y), one column a subject; the same lines always give the same weights."""
    right = np.zeros((len(labels), subjects), np.float32)
    right[np.arange(len(labels)), labels] = 1
    common: Row = right.sum(0) / max(1, len(labels))
    return Ridge(_solved(likeness, right - common), common)


def _solved(likeness: Matrix, wanted: Matrix) -> Matrix:
    """By conjugate gradients: numpy's own solver takes as long and, in double precision, four times the memory."""
    found = np.zeros_like(wanted)
    rest, way = wanted.copy(), wanted.copy()
    squared = _norms(rest)
    enough = squared * EXACTNESS**2
    for _ in range(ROUNDS):
        if (squared <= enough).all():
            break
        ahead = likeness @ way + STRICTNESS * way
        step = squared / np.maximum((way * ahead).sum(0), TINY)
        found += step * way
        rest -= step * ahead
        before, squared = squared, _norms(rest)
        way *= squared / np.maximum(before, TINY)
        way += rest
    return found


def _norms(columns: Matrix) -> Row:
    squares: Row = (columns * columns).sum(0)
    return squares
