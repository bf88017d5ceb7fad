"""Matcher: a question → an entry, a few to ask back with, or the honest nothing. Pure: no I/O, no clock."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from faq.entry import Entry
from faq.lexical import Lexical

Outcome: TypeAlias = Literal["answer", "ask_back", "unknown", "small_talk"]

ANSWER: Final = 0.5
"""From here on the first candidate is answered, if it leads clearly."""
LEAD: Final = 0.2
"""By how much the first must lead the second; closer ones are asked back."""
ASK_BACK: Final = 0.1
"""From here on it is worth asking « Vouliez-vous dire… »."""
WORTH_NAMING: Final = 0.03
"""Candidates below this are noise."""
MOST: Final = 3
"""How many candidates a match names."""
CONFIDENT: Final = 0.9
"""From here on it is the entry even when a book's title was expected."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """An entry that may be meant."""

    id: str
    score: float
    """0..1, more is likelier, comparable from one question to another; 1 is the very words of a wording."""


@dataclass(frozen=True, slots=True)
class Match:
    """What a question was found to be about."""

    outcome: Outcome
    candidates: tuple[Candidate, ...]
    """Best first, three at most; none when nothing is near."""


class Matcher:
    """Built once over the entries in use; build another when one of them changes."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self._lexical = Lexical(entries)

    def match(self, question: str, language: str | None = None) -> Match:
        """What the question is about. Both languages count; the person's own, if known, wins ties."""
        return decide(self._lexical.scores(question, language))


def decide(scores: Mapping[str, float]) -> Match:
    """The match that the scores (entry id → 0..1) stand for, whoever gave them."""
    ranked = sorted((Candidate(entry, score) for entry, score in scores.items()), key=_likeliest_first)
    near = tuple(candidate for candidate in ranked[:MOST] if candidate.score >= WORTH_NAMING)
    return Match(_outcome(near), near)


def confident(match: Match) -> bool:
    """Whether to take it for the question even where free text was expected, such as a book's title."""
    return match.outcome == "answer" and match.candidates[0].score >= CONFIDENT


def _outcome(near: tuple[Candidate, ...]) -> Outcome:
    first, second, *_ = (*(candidate.score for candidate in near), 0.0, 0.0)
    verbatim = first == 1.0 > second
    if first >= ANSWER and (verbatim or first - second >= LEAD):
        return "answer"
    return "ask_back" if first >= ASK_BACK else "unknown"


def _likeliest_first(candidate: Candidate) -> tuple[float, str]:
    return -candidate.score, candidate.id
