"""Deciding: scores → an answer, a few entries to ask back with, a kind of small talk, or the honest nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from faq.subject import Kind, Subject

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
MOST: Final = 3
"""How many candidates a match names."""
CONFIDENT: Final = 0.6
"""From here on it is the entry even when a book's title was expected."""
LEARNT: Final = 0.99
"""The most that a resemblance may say: 1 is for the very words."""


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
