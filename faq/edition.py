"""Edition: the knowledge base as it stands at one moment, with the matcher over it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from faq.deciding import MOST, Match
from faq.distress import DISTRESS
from faq.entry import Entry, Language
from faq.language import language_of
from faq.matcher import Matcher
from faq.parts import Part, parts_of

LONGEST: Final = 5000
"""Characters that are looked at: a text about something says what it asks well before."""
SURE: Final = 0.35
"""From here on one of several questions is taken for an entry: it stands without the sentences around it."""
SURE_UNASKED: Final = 0.6
"""The same for a sentence that is not shaped like a question: most only tell what the question is about."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a message was found to say."""

    match: Match
    """What the whole message is about."""
    several: tuple[Match, ...] = ()
    """When it asks two or three things that are each answered: one match a question, in order; else nothing."""
    partly: bool = False
    """Whether it asks something besides that is not known."""
    language: Language | None = None
    """The language it is written in, where that can be told."""
    sense: bytes = b""
    """What it means, to be compared by `faq.sense.alike` (its `vector`); empty without the encoder."""


@dataclass(frozen=True, slots=True)
class Edition:
    """Built once; when an entry is edited or a wording taught, the library makes the next edition."""

    entries: Mapping[str, Entry]
    matcher: Matcher

    def read(self, text: str) -> Reading:
        """What the text is about, and in what language. Takes milliseconds; touches nothing."""
        text = text[:LONGEST]
        parts = parts_of(text)
        texts = [text, *(part.text for part in parts)]
        vectors = self.matcher.vectors(texts)  # all at once: a sentence alone costs half as much again
        whole, *single = self.matcher.match_all(texts, vectors)
        whole = _wished(whole, single)
        sense = b"" if vectors is None else vectors[0].astype(np.float16).tobytes()
        several = () if _is_known(whole) else _surely(parts, single)
        partly = _asks_more(whole, several, parts, single)
        return Reading(whole, several, partly, language_of(text), sense)


def _wished(whole: Match, single: Sequence[Match]) -> Match:
    """What a sentence of it wants, where the rest is only said besides; whoever suffers wants nothing else."""
    wish = next((match for match in single if match.outcome == "wish"), None)
    if wish is None or whole.outcome in ("answer", "wish") or _suffers(whole):
        return whole
    return replace(wish, besides=whole.besides or whole)


def _suffers(match: Match) -> bool:
    return match.outcome == "small_talk" and match.candidates[0].id == DISTRESS


def _is_known(whole: Match) -> bool:
    """Whether the text is known word for word as it stands."""
    return bool(whole.candidates) and whole.candidates[0].score == 1.0


def _asks_more(
    whole: Match, several: Sequence[Match], parts: Sequence[Part], single: Sequence[Match]
) -> bool:
    """Whether a sentence asks what the answers are not about; one that is near them asks the same in other words."""
    answers = several or ([whole] if whole.outcome == "answer" else [])
    answered = {match.candidates[0].id for match in answers}
    asking = [match for part, match in zip(parts, single, strict=True) if part.asks]
    apart = [one for one in asking if one.outcome == "unknown" or one.candidates[0].id not in answered]
    unanswered = any(one.outcome not in ("small_talk", "wish") for one in apart)
    return bool(answered) and len(asking) > 1 and unanswered


def _surely(parts: Sequence[Part], matches: Sequence[Match]) -> tuple[Match, ...]:
    """Those that are surely about different entries, when there are at least two."""
    sure = [match for part, match in zip(parts, matches, strict=True) if _is_sure(part, match)]
    first = {match.candidates[0].id: match for match in reversed(sure)}
    distinct = [match for match in sure if first[match.candidates[0].id] is match]
    return tuple(distinct[:MOST]) if len(distinct) > 1 else ()


def _is_sure(part: Part, match: Match) -> bool:
    likely = match.candidates[0].score if match.outcome == "answer" else 0.0
    return likely >= (SURE if part.asks else SURE_UNASKED)
