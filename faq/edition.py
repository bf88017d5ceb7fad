"""Edition: the knowledge base as it stands at one moment, with the matcher over it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from faq.entry import Entry
from faq.matcher import Match, Matcher


@dataclass(frozen=True, slots=True)
class Reading:
    """What a message was found to say."""

    match: Match
    """What the whole message is about."""
    several: tuple[Match, ...] = ()
    """When it asks two or three things that are each answered: one match a question, in order; else nothing."""
    language: str | None = None
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
        return Reading(self.matcher.match(text))
