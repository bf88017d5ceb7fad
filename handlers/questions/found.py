"""Found: a text with what the knowledge base makes of it, as it stands in a turn or was held back from one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, cast

from bot.turn import Turn
from faq.entry import Entry
from faq.matcher import Candidate, Match, Outcome
from handlers.questions.facts import audience_of

OWN_ROLE: Final = 0.15
"""How much likelier an entry is where it is for the very role of who asks; told only when it is asked back."""


@dataclass(frozen=True, slots=True)
class Found:
    """What somebody wrote, and what it may be about."""

    text: str
    outcome: Outcome
    ids: tuple[str, ...] = ()
    """Entries, or the kind of small talk; best first."""
    several: tuple[str, ...] = ()
    """The entries that answer it in order, where it asks more than one thing."""
    partly: bool = False
    """Whether it asks something besides that is not known."""
    sense: bytes = b""
    language: str | None = None
    """The language it is written in, where that can be told."""
    score: float = 0.0
    """How likely the first of them is, 0..1."""


def found_in(turn: Turn) -> Found:
    """What this message is about; unknown where it could not be read."""
    if turn.reading is None:
        return Found(turn.heard.text, "unknown")
    match = turn.reading.match
    ids = tuple(candidate.id for candidate in _ordered(turn, match))
    several = tuple(one.candidates[0].id for one in turn.reading.several)
    return Found(
        turn.heard.text,
        "answer" if several else match.outcome,
        ids,
        several,
        turn.reading.partly,
        turn.reading.sense,
        turn.reading.language,
        max((candidate.score for candidate in match.candidates), default=0.0),
    )


def held(found: Found) -> dict[str, str]:
    """The same, to be kept beside a talk until its meaning is known."""
    return {
        "text": found.text,
        "outcome": found.outcome,
        "entries": " ".join(found.ids),
        "several": " ".join(found.several),
        "sense": found.sense.hex(),
        "language": found.language or "",
        "score": str(found.score),
    }


def recalled(kept: Mapping[str, str]) -> Found:
    """What was held."""
    return Found(
        kept["text"],
        cast(Outcome, kept["outcome"]),
        tuple(kept["entries"].split()),
        tuple(kept["several"].split()),
        False,
        bytes.fromhex(kept["sense"]),
        kept["language"] or None,
        float(kept["score"]),
    )


def _ordered(turn: Turn, match: Match) -> Sequence[Candidate]:
    """Best first; of those that are asked back, what is for the person's own role moves up among its like."""
    if match.outcome != "ask_back" or not turn.known:
        return match.candidates
    own = audience_of(turn.person)

    def weight(candidate: Candidate) -> float:
        entry: Entry | None = turn.entries.get(candidate.id)
        return candidate.score + (OWN_ROLE if entry and own in entry.audience else 0)

    return sorted(match.candidates, key=weight, reverse=True)
