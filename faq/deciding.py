"""Deciding: scores → an answer, a wish, a few of both to ask back with, small talk, or the honest nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from faq.distress import DISTRESS
from faq.subject import Kind, Subject

Outcome: TypeAlias = Literal["answer", "wish", "ask_back", "unknown", "small_talk"]

ANSWER: Final = 0.25
"""From here on the first entry is answered, if it leads clearly."""
LEAD: Final = 0.04
"""By how much the first entry must lead the second; closer ones are asked back."""
LEAD_OVER_OTHERS: Final = 0.12
"""By how much it must lead what no entry is about."""
ASK_BACK: Final = 0.15
"""From here on it is worth asking « Vouliez-vous dire… »."""
WORTH_NAMING: Final = 0.02
"""Candidates below this are noise."""
BEHIND_OTHERS: Final = 0.15
"""By how much it may be behind those and still be asked back."""
SMALL_TALK: Final = 0.4
"""From here on it is small talk, if nothing is likelier."""
WISH: Final = 0.25
"""From here on the first wish is heeded, if it leads clearly."""
NEAR_WISH: Final = 0.2
"""From here on it is worth offering."""
LEAD_OF_WISH: Final = 0.06
"""By how much it must lead all else, other wishes too; where it leads by less, it is asked which is meant."""
LEAD_OVER_WISH: Final = 0.06
"""By how much an entry must lead it to be answered nevertheless."""
MOST: Final = 3
"""How many candidates a match names."""
CONFIDENT: Final = 0.6
"""From here on it is the entry even when a book's title was expected."""
LEARNT: Final = 0.99
"""The most that a resemblance may say: 1 is for the very words."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """An entry or a wish that may be meant, or a kind of small talk."""

    id: str
    score: float
    """0..1, more is likelier, comparable from one question to another; 1 is the very words of a wording."""


@dataclass(frozen=True, slots=True)
class Match:
    """What a question was found to be about."""

    outcome: Outcome
    candidates: tuple[Candidate, ...]
    """Best first, three at most; none when nothing is near. What is asked back may be entries and wishes."""
    wishes: tuple[Candidate, ...] = ()
    """What somebody may want done, best first, whatever the outcome."""
    besides: Match | None = None
    """What it is about where none of the wishes is meant; None without wishes."""
    rest: float = 0.0
    """How much speaks for the likeliest of all that is no wish."""


def decide(scores: Mapping[Subject, float]) -> Match:
    """The match that the scores stand for."""
    rest = max((score for subject, score in scores.items() if subject.kind is not Kind.WISH), default=0.0)
    wishes = (one for one in _ranked(scores, Kind.WISH)[:MOST] if one.score >= NEAR_WISH)
    return _weighed(_besides_wishes(scores), tuple(wishes), rest)


def heeding(match: Match, makes_sense: Callable[[str], bool]) -> Match:
    """The match where only these wishes can be meant: any other gives way to the next likely."""
    left = tuple(one for one in match.wishes if makes_sense(one.id))
    return (
        match if match.besides is None or left == match.wishes else _weighed(match.besides, left, match.rest)
    )


def _weighed(besides: Match, wishes: tuple[Candidate, ...], rest: float) -> Match:
    """The wishes against all else that it may be about; who suffers is heard before any wish."""
    best, second, *_ = (*(one.score for one in wishes), 0.0, 0.0)
    suffers = besides.outcome == "small_talk" and besides.candidates[0].id == DISTRESS
    if not wishes or (suffers and best < 1.0):
        return besides
    if best == 1.0 > second or (best >= WISH and best - max(rest, second) >= LEAD_OF_WISH):
        return Match("wish", wishes, wishes, besides, rest)
    kept_to = besides.outcome in ("answer", "small_talk") and rest - best >= LEAD_OVER_WISH
    if kept_to or best < rest - BEHIND_OTHERS:
        return Match(besides.outcome, besides.candidates, wishes, besides, rest)
    near = () if besides.outcome == "small_talk" else besides.candidates
    both = (*wishes, *(one for one in near if one.score >= ASK_BACK))
    return Match("ask_back", tuple(sorted(both, key=_likeliest)[:MOST]), wishes, besides, rest)


def _besides_wishes(scores: Mapping[Subject, float]) -> Match:
    """What is asked, or met with a kind word."""
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
    return sorted(found, key=_likeliest)


def _likeliest(one: Candidate) -> tuple[float, str]:
    return -one.score, one.id
