"""Precedents: questions that operators have answered; one that is like them is answered alike."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from faq.deciding import LEARNT
from faq.likeness import Likeness, Weighed
from faq.subject import Kind, Subject
from faq.text import normalise

PRECEDENT: Final = 0.65
"""From here on a question is taken for one that an operator has answered."""


@dataclass(frozen=True, slots=True)
class Precedent:
    """A question that an operator has answered."""

    text: str
    entry: str


class Precedents:
    """Compares a question with all of them at once, in the measure of the index that they stand beside."""

    def __init__(self, texts: Sequence[str], subjects: Sequence[Subject], likeness: Likeness) -> None:
        """Oldest first: each text, the subject that answers it, and likeness to the texts."""
        self._subjects = subjects
        self._likeness = likeness
        self._verbatim: dict[str, list[int]] = {}
        for at, text in enumerate(texts):
            self._verbatim.setdefault(very_words(text), []).append(at)

    def over(
        self, scored: Mapping[Subject, float], question: str, weighed: Weighed
    ) -> Mapping[Subject, float]:
        """The scores once what was answered by hand counts, whatever else the question resembles.

        The nearest counts, of equally near ones the newest; the very words of a wording are only outdone by
        the very words of a question that was answered.
        """
        if not self._subjects:
            return scored
        known = any(score == 1.0 for subject, score in scored.items() if subject.kind is not Kind.ELSEWHERE)
        for subject, near in self._nearest(question, weighed):
            if near >= max(PRECEDENT, scored.get(subject, 0.0), float(known)):
                scored = {other: min(score, 1 - near) for other, score in scored.items()} | {subject: near}
        return scored

    def _nearest(self, question: str, weighed: Weighed) -> Iterator[tuple[Subject, float]]:
        """How near each subject's nearest question is, the nearest of all last; far ones are left out."""
        nearness = np.minimum(LEARNT, self._likeness.row_of(weighed).astype(np.float64))
        nearness[self._verbatim.get(very_words(question), [])] = 1.0
        [near] = np.nonzero(nearness >= PRECEDENT)
        found: dict[Subject, float] = {}
        for at in near[np.argsort(nearness[near], kind="stable")][::-1]:
            found.setdefault(self._subjects[at], float(nearness[at]))
        return reversed(found.items())


def very_words(text: str) -> str:
    """What a text is known by word for word; a sign without a word stands for itself."""
    return normalise(text) or text.strip()
