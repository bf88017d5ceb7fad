"""What is learnt from a few lines, against what pencil and paper give."""

from __future__ import annotations

import numpy as np
import pytest

from faq.likeness import Likeness
from faq.ridge import EXACTNESS, STRICTNESS, learn

ONE = 1 + STRICTNESS
NEAR = 2 * EXACTNESS


@pytest.mark.parametrize(
    ("likeness", "labels", "asked", "scores"),
    [
        # Two lines with nothing in common: (1 + λ) w = ±1/2.
        ([[1, 0], [0, 1]], [0, 1], [1, 0], [0.5 + 0.5 / ONE, 0.5 - 0.5 / ONE]),
        ([[1, 0], [0, 1]], [0, 1], [0, 1], [0.5 - 0.5 / ONE, 0.5 + 0.5 / ONE]),
        # Half alike: the inverse of [[a, b], [b, a]] turns (1/2, -1/2) into (1/2, -1/2) / (a - b).
        ([[1, 0.5], [0.5, 1]], [0, 1], [1, 0.5], [0.5 + 0.25 / (ONE - 0.5), 0.5 - 0.25 / (ONE - 0.5)]),
        ([[1, 0.5], [0.5, 1]], [0, 1], [0.8, 0.8], [0.5, 0.5]),
        # Alike to nothing: as often right as there are lines.
        ([[1, 0, 0], [0, 1, 0], [0, 0, 1]], [0, 0, 1], [0, 0, 0], [2 / 3, 1 / 3]),
        ([[1, 0, 0], [0, 1, 0], [0, 0, 1]], [0, 0, 1], [0, 0, 1], [2 / 3 - 2 / 3 / ONE, 1 / 3 + 2 / 3 / ONE]),
    ],
)
def test_a_small_problem_is_solved_as_by_hand(
    likeness: list[list[float]], labels: list[int], asked: list[float], scores: list[float]
) -> None:
    learnt = learn(np.array(likeness, np.float32), labels, 2)
    assert learnt.scores(np.array(asked, np.float32)).tolist() == pytest.approx(scores, abs=NEAR)


def test_a_large_problem_is_solved_and_its_scores_share_one() -> None:
    chance = np.random.default_rng(1)
    words = ["clé", "chat", "perdu", "où", "plan", "signer", "copie", "compte", "école", "mot"]
    lines = [" ".join(chance.choice(words, 4)) for _ in range(300)]
    labels = [number % 3 for number in range(300)]
    square = Likeness(lines, None).square()
    learnt = learn(square.copy(), labels, 3)
    wanted = np.eye(3)[labels] - learnt.common
    left = square @ learnt.weights + STRICTNESS * learnt.weights - wanted
    assert np.linalg.norm(left, axis=0).max() <= NEAR * np.linalg.norm(wanted, axis=0).max()
    for asked in square:
        assert learnt.scores(asked).sum() == pytest.approx(1, abs=0.02)


@pytest.mark.parametrize(
    ("lines", "labels"), [([], []), (["clé"], [0]), (["clé", "clé"], [0, 1]), (["?"], [1])]
)
def test_little_to_learn_from_is_no_obstacle(lines: list[str], labels: list[int]) -> None:
    learnt = learn(Likeness(lines, None).square(), labels, 2)
    assert learnt.weights.shape == (len(lines), 2)
    assert np.isfinite(learnt.weights).all()
    assert np.isfinite(learnt.scores(np.zeros(len(lines), np.float32))).all()


def test_a_subject_without_lines_is_never_right() -> None:
    learnt = learn(np.eye(2, dtype=np.float32), [0, 2], 3)
    assert learnt.scores(np.array([1, 0], np.float32))[1] == 0
