"""Postings: which lines hold which features (words, trigrams), each weighed by how rare it is."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final, TypeAlias

Alternatives: TypeAlias = Sequence[tuple[str, float]]
"""Known features that one of the question may stand for, with their likeness 0..1; none for a strange one."""

LIGHT: Final = 0.5
"""What a light word counts for, of what its rarity says."""


class Postings:
    """Built once over all lines; then asked how much of each line a question holds."""

    def __init__(self, lines: Sequence[frozenset[str]], light: frozenset[str] = frozenset()) -> None:
        self._light = light
        self._lines: dict[str, list[int]] = defaultdict(list)
        for number, line in enumerate(lines):
            for feature in line:
                self._lines[feature].append(number)
        self.count: Mapping[str, int] = {feature: len(holding) for feature, holding in self._lines.items()}
        self._rarity = {feature: _rarity(count, len(lines)) for feature, count in self.count.items()}
        self.norms: Sequence[float] = [self.norm(line) for line in lines]

    def weight(self, feature: str) -> float:
        """0..1: 1 for what no line holds."""
        return self._rarity.get(feature, 1.0) * (LIGHT if feature in self._light else 1.0)

    def norm(self, features: Iterable[str]) -> float:
        """The length of the vector that the features make, by weight; 1 for none."""
        return math.sqrt(sum(self.weight(feature) ** 2 for feature in features)) or 1.0

    def overlaps(self, asked: Iterable[Alternatives]) -> list[float]:
        """For each line, the weight squared of what it shares with the question."""
        shared = [0.0] * len(self.norms)
        for alternatives in asked:
            for value, numbers in self._holding(alternatives):
                for number in numbers:
                    shared[number] += value
        return shared

    def _holding(self, alternatives: Alternatives) -> Iterator[tuple[float, Iterable[int]]]:
        """The lines that hold an alternative, each line once and for the best that it holds."""
        weight = max((self.weight(feature) for feature, _ in alternatives), default=0.0)
        seen: set[int] = set()
        for feature, likeness in sorted(alternatives, key=lambda one: -self.weight(one[0]) * one[1]):
            lines = self._lines.get(feature, ())
            value = weight * self.weight(feature) * likeness
            yield value, [at for at in lines if at not in seen] if seen else lines
            seen.update(lines)


def _rarity(count: int, total: int) -> float:
    return math.log((1 + total) / (count + 0.5)) / math.log((1 + total) / 0.5)
