"""Library: makes the editions of the knowledge base from its files and from what the operators taught."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from faq.edition import Edition
from faq.entry import Language
from faq.loader import load_entries
from faq.matcher import Matcher


@dataclass(frozen=True, slots=True)
class Lesson:
    """A question that an operator has answered, so that it is known from now on."""

    id: int
    language: Language
    text: str
    entry: str | None
    """The entry that answers it; None: `answer` does."""
    answer: str | None = None
    """What the operator wrote, plain text, to be given again."""


class Library:
    """Keeps what is dear to build, so that the next edition costs only what has changed."""

    def edition(self, lessons: Sequence[Lesson] = ()) -> Edition:
        """The newest edition; raises EntriesFaulty when an entry file is at fault."""
        entries = {entry.id: entry for entry in load_entries()}
        return Edition(entries, Matcher(tuple(entries.values())))
