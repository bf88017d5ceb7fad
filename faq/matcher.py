"""Matcher: a question → an entry, a few to ask back with, a kind of small talk, or the honest nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

import numpy as np
from rapidfuzz import process
from rapidfuzz.distance import Indel

from faq.likeness import Likeness
from faq.meaning import Encode, Vectors
from faq.memory import Memory
from faq.ridge import learn
from faq.subject import Kind, Subject
from faq.text import normalise

Outcome: TypeAlias = Literal["answer", "ask_back", "unknown", "small_talk"]

ANSWER: Final = 0.25
"""From here on the first entry is answered, if it leads clearly."""
LEAD: Final = 0.04
"""By how much the first entry must lead the second; closer ones are asked back."""
LEAD_OVER_OTHERS: Final = 0.15
"""By how much it must lead what no entry is about."""
ASK_BACK: Final = 0.15
"""From here on it is worth asking « Vouliez-vous dire… »."""
WORTH_NAMING: Final = 0.02
"""Candidates below this are noise."""
BEHIND_OTHERS: Final = 0.15
"""By how much it may be behind those and still be asked back."""
SMALL_TALK: Final = 0.4
"""From here on it is small talk, if nothing is likelier."""
A_FEW: Final = 3
"""Words: in fewer than these it is small talk only in those very words, for « à demain » is none in « demain »."""
SLIP: Final = 0.88
"""0..1: what is less like a line of small talk is more than a slip of the finger away."""
LEARNT: Final = 0.99
"""The most that what was learnt may say: 1 is for the very words."""
PRECEDENT: Final = 0.55
"""From here on a question is taken for one that an operator has answered."""
MOST: Final = 3
"""How many candidates a match names."""
CONFIDENT: Final = 0.6
"""From here on it is the entry even when a book's title was expected."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """An entry that may be meant, or a kind of small talk."""

    id: str
    score: float
    """0..1, more is likelier, comparable from one question to another; 1 is the very words of a wording."""


@dataclass(frozen=True, slots=True)
class Match:
    """What a question was found to be about."""

    outcome: Outcome
    candidates: tuple[Candidate, ...]
    """Best first, three at most; none when nothing is near."""


@dataclass(frozen=True, slots=True)
class Precedent:
    """A question that an operator has answered."""

    text: str
    entry: str


@dataclass(frozen=True, slots=True)
class _Taught:
    text: str
    subject: Subject
    vector: Vectors | None


class Matcher:
    """Built once over the subjects in use; build another when one of them changes. Pure: no I/O, no clock."""

    def __init__(
        self, subjects: Iterable[Subject], encode: Encode | None = None, memory: Memory | None = None
    ) -> None:
        memory = memory or Memory()
        self._subjects = tuple(subjects)
        self._encode = encode
        self._verbatim = _verbatim(self._subjects)
        labelled = list(_labelled(self._subjects))
        lines, labels = [line for line, _ in labelled], [label for _, label in labelled]
        vectors = memory.vectors(lines, encode) if encode and lines else None
        self._likeness = Likeness(lines, vectors)
        self._precedents: tuple[_Taught, ...] = ()
        self._small_talk = [
            text for text, about in self._verbatim.items() if Kind.SMALL_TALK in {one.kind for one in about}
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
        taught = copy(self)
        subjects = {subject.id: subject for subject in self._subjects}
        texts = [precedent.text for precedent in precedents]
        vectors = self.vectors(texts)
        known = [None] * len(texts) if vectors is None else list(vectors)
        taught._precedents = tuple(
            _Taught(one.text, subjects.get(one.entry) or Subject(one.entry, Kind.ENTRY, ()), vector)
            for one, vector in zip(precedents, known, strict=True)
        )
        return taught

    def scores(self, question: str, vector: Vectors | None = None) -> dict[Subject, float]:
        """How much speaks for each subject, 0..1; a wording word for word is right (1)."""
        learnt = self._ridge.scores(self._likeness.row(question, vector))
        scored = dict(zip(self._subjects, np.clip(learnt, 0.0, LEARNT).tolist(), strict=True))
        if len(normalise(question).split()) < A_FEW and not self._is_nearly_small_talk(question):
            scored = {one: 0.0 if one.kind is Kind.SMALL_TALK else score for one, score in scored.items()}
        scored |= dict.fromkeys(self._verbatim.get(_bare(question), ()), 1.0)
        return self._with_precedents(scored, question, vector)

    def _is_nearly_small_talk(self, question: str) -> bool:
        nearest = process.extractOne(
            normalise(question), self._small_talk, scorer=Indel.normalized_similarity, score_cutoff=SLIP
        )
        return nearest is not None

    def _with_precedents(
        self, scored: dict[Subject, float], question: str, vector: Vectors | None
    ) -> dict[Subject, float]:
        """A question near one that was answered by hand is answered alike, whatever else it resembles.

        The nearest counts, of equally near ones the newest; the very words of a wording are only outdone by
        the very words of a question that was answered.
        """
        found = ((self._nearness(question, vector, taught), taught.subject) for taught in self._precedents)
        known = any(score == 1.0 for subject, score in scored.items() if subject.kind is not Kind.ELSEWHERE)
        for near, subject in sorted(found, key=lambda one: one[0]):
            if near >= max(PRECEDENT, scored.get(subject, 0.0), float(known)):
                scored = {other: min(score, 1 - near) for other, score in scored.items()}
                scored[subject] = near
        return scored

    def _nearness(self, question: str, vector: Vectors | None, taught: _Taught) -> float:
        if normalise(question) == normalise(taught.text):
            return 1.0
        return min(LEARNT, self._likeness.between(question, vector, taught.text, taught.vector))

    def _match(self, question: str, vector: Vectors | None) -> Match:
        said = normalise(question) or _bare(question) in self._verbatim
        return decide(self.scores(question, vector)) if said else Match("unknown", ())


def decide(scores: Mapping[Subject, float]) -> Match:
    """The match that the scores stand for."""
    entries = _ranked(scores, Kind.ENTRY)
    talk = _ranked(scores, Kind.SMALL_TALK)
    elsewhere = max(
        (score for subject, score in scores.items() if subject.kind is Kind.ELSEWHERE), default=0.0
    )
    first, second, *_ = (*(entry.score for entry in entries), 0.0, 0.0)
    small = talk[0].score if talk else 0.0
    if small >= SMALL_TALK and small > max(first, elsewhere):
        return Match("small_talk", tuple(talk[:1]))
    near = tuple(entry for entry in entries[:MOST] if entry.score >= WORTH_NAMING)
    others = max(small, elsewhere)
    if first == 1.0 > second or (
        first >= ANSWER and first - second >= LEAD and first - others >= LEAD_OVER_OTHERS
    ):
        return Match("answer", near)
    if first >= ASK_BACK and first >= others - BEHIND_OTHERS:
        return Match("ask_back", near)
    return Match("unknown", near)


def confident(match: Match) -> bool:
    """Whether to take it for the question even where free text was expected, such as a book's title."""
    return match.outcome == "answer" and match.candidates[0].score >= CONFIDENT


def _ranked(scores: Mapping[Subject, float], kind: Kind) -> list[Candidate]:
    found = (Candidate(subject.id, score) for subject, score in scores.items() if subject.kind is kind)
    return sorted(found, key=lambda one: (-one.score, one.id))


def _labelled(subjects: Sequence[Subject]) -> Iterable[tuple[str, int]]:
    """Every line with the number of the subject that it speaks for."""
    for number, subject in enumerate(subjects):
        yield from ((wording.text, number) for wording in subject.wordings)


def _bare(text: str) -> str:
    """What the very words are told by; a sign without a word stands for itself."""
    return normalise(text) or text.strip()


def _verbatim(subjects: Sequence[Subject]) -> dict[str, list[Subject]]:
    found: dict[str, list[Subject]] = {}
    for subject in subjects:
        for wording in subject.wordings:
            found.setdefault(_bare(wording.text), []).append(subject)
    return found
