"""Matcher: learns the subjects once, and tells of a question how much speaks for each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from copy import copy
from typing import Final

import numpy as np
from rapidfuzz import process
from rapidfuzz.distance import Indel

from faq.deciding import LEARNT, MOST, Candidate, Match, Outcome, confident, decide, heeding
from faq.distress import DISTRESS, may_be_distress
from faq.likeness import Likeness
from faq.meaning import Encode, Vectors
from faq.memory import Memory
from faq.polarity import MAY_BE
from faq.precedents import Precedent, Precedents, very_words
from faq.ridge import learn
from faq.subject import Kind, Subject
from faq.text import normalise

__all__ = ("MOST", "Candidate", "Match", "Matcher", "Outcome", "Precedent", "confident", "decide", "heeding")

A_FEW: Final = 3
"""Words: in fewer than these it is small talk or a wish in those very words only: « à demain » is not « demain »."""
SLIP: Final = 0.88
"""0..1: what is less like a line of these is more than a slip of the finger away."""
BRIEFLY_SAID: Final = frozenset({Kind.SMALL_TALK, Kind.WISH})


class Matcher:
    """Built once over the subjects in use; build another when one of them changes. Pure: no I/O, no clock."""

    def __init__(
        self, subjects: Iterable[Subject], encode: Encode | None = None, memory: Memory | None = None
    ) -> None:
        self._memory = memory = memory or Memory()
        self._subjects = tuple(subjects)
        self._encode = encode
        self._verbatim = _verbatim(self._subjects)
        labelled = list(_labelled(self._subjects))
        lines, labels = [line for line, _ in labelled], [label for _, label in labelled]
        vectors = memory.vectors(lines, encode) if encode and lines else None
        self._likeness = Likeness(lines, vectors)
        self._precedents: Precedents | None = None
        self._said_so = [
            text for text, about in self._verbatim.items() if BRIEFLY_SAID & {one.kind for one in about}
        ]
        self._ridge = memory.ridge(
            lines,
            labels,
            lambda: learn(self._likeness.square(), labels, len(self._subjects)),
            meaning=vectors is not None,
        )

    def match(self, question: str) -> Match:
        """What the question is about."""
        return self.match_all([question])[0]

    def match_all(self, questions: Sequence[str], vectors: Vectors | None = None) -> list[Match]:
        """What each of several questions is about; `vectors` are theirs, if known already."""
        vectors = self.vectors(questions) if vectors is None else vectors
        known = [None] * len(questions) if vectors is None else list(vectors)
        return [self._match(question, vector) for question, vector in zip(questions, known, strict=True)]

    def vectors(self, questions: Sequence[str]) -> Vectors | None:
        """What each question means; None without the encoder."""
        return self._encode(questions) if self._encode and questions else None

    def taught(self, precedents: Sequence[Precedent]) -> Matcher:
        """The same matcher with what operators taught, which counts at once: nothing is learnt anew for it."""
        texts = [precedent.text for precedent in precedents]
        vectors = self._memory.taught(texts, self._encode) if self._encode and texts else None
        own = {subject.id: subject for subject in self._subjects}
        subjects = [own.get(one.entry) or Subject(one.entry, Kind.ENTRY, ()) for one in precedents]
        taught = copy(self)
        taught._precedents = Precedents(texts, subjects, self._likeness.beside(texts, vectors))
        return taught

    def scores(self, question: str, vector: Vectors | None = None) -> Mapping[Subject, float]:
        """How much speaks for each subject, 0..1; a wording word for word is right (1)."""
        weighed = self._likeness.weigh(question, vector)
        learnt = self._ridge.scores(self._likeness.row_of(weighed))
        scored = dict(zip(self._subjects, np.clip(learnt, 0.0, LEARNT).tolist(), strict=True))
        if len(normalise(question).split()) < A_FEW and not self._is_nearly_said_so(question):
            scored = {one: 0.0 if one.kind in BRIEFLY_SAID else score for one, score in scored.items()}
        if not may_be_distress(normalise(question)):
            scored = {one: 0.0 if one.id == DISTRESS else score for one, score in scored.items()}
        unsaid = {wish for wish, may_be in MAY_BE.items() if not may_be(normalise(question))}
        scored = {one: 0.0 if one.id in unsaid else score for one, score in scored.items()}
        scored |= dict.fromkeys(self._verbatim.get(very_words(question), ()), 1.0)
        return self._precedents.over(scored, question, weighed) if self._precedents else scored

    def _is_nearly_said_so(self, question: str) -> bool:
        nearest = process.extractOne(
            normalise(question), self._said_so, scorer=Indel.normalized_similarity, score_cutoff=SLIP
        )
        return nearest is not None

    def _match(self, question: str, vector: Vectors | None) -> Match:
        said = normalise(question) or very_words(question) in self._verbatim
        return decide(self.scores(question, vector)) if said else Match("unknown", ())


def _labelled(subjects: Sequence[Subject]) -> Iterable[tuple[str, int]]:
    """Every line with the number of the subject that it speaks for."""
    for number, subject in enumerate(subjects):
        yield from ((wording.text, number) for wording in subject.wordings)


def _verbatim(subjects: Sequence[Subject]) -> dict[str, list[Subject]]:
    found: dict[str, list[Subject]] = {}
    for subject in subjects:
        for wording in subject.wordings:
            found.setdefault(very_words(wording.text), []).append(subject)
    return found
