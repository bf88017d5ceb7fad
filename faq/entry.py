"""Entry: one answer of the knowledge base, with the wordings that lead to it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Language(StrEnum):
    """The languages that every entry is written in, French first."""

    FR = "fr"
    EN = "en"


class Audience(StrEnum):
    """Whom an entry is for. It orders answers and adapts wording; it never hides an answer."""

    STAFF = "staff"
    SCHOOL_ADMIN = "school-admin"
    SECRETARY = "secretary"
    CSS_ADMIN = "css-admin"
    PARENT = "parent"
    ALL = "all"


TITLE_LENGTH: Final = 40
"""Characters that fit on a button."""

UNKNOWN: Final[Mapping[str, None]] = {
    "next_deadline": None,
    "days_left": None,
    "school": None,
    "declared": None,
    "role": None,
    "sector": None,
}
"""What an answer may use of the person, all optional: lay what is known over this, so no name is missing.

- `next_deadline`: text in the answer's language, ready to be read (« le lundi 30 novembre 2026 »).
- `days_left`: whole days until then; 0 is the day itself.
- `school`: its name as people write it.
- `declared`: whether the person has already taken part in the period that ends then.
- `role`: one of the audiences above (`staff`, `school-admin`…), the one with the widest charge.
- `sector`: whether the school is `public` or `private`.

Besides these an answer calls `guide`, a `faq.guides.Guides`. Its lines are laid out for an environment with
`trim_blocks` and `lstrip_blocks`.
"""


@dataclass(frozen=True, slots=True)
class Wording:
    """One way people put the question."""

    language: Language
    text: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What is said, as Jinja source in mini-HTML: only <b>, <i>, <a href>, <code>; a newline is a newline."""

    language: Language
    title: str
    """Names the entry on a button: 40 characters at most, plain text."""
    text: str
    next: str | None
    """What to say when the person has done all of `text` and it still does not work."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One file of `faq/entries/`."""

    id: str
    audience: tuple[Audience, ...]
    source: str
    """Where its facts come from, for whoever reviews it; never shown."""
    flow: str | None
    """The ability that the answer offers to start."""
    human: bool
    """Whether only a person can take it further: offer one beside the answer."""
    labels: tuple[str, ...]
    """Official labels, quoted exactly, free of our own typography."""
    guides: tuple[str, ...]
    """Titles of the guides that the answers name; addresses are the operator's (see `faq.guides`)."""
    answers: tuple[Answer, ...]
    """One a language, French first."""
    wordings: tuple[Wording, ...]
    unlike: tuple[Wording, ...]
    """Near misses: questions in like words that this entry does not answer."""

    def answer(self, language: str) -> Answer:
        """The answer in that language, or else in French."""
        return next((answer for answer in self.answers if answer.language == language), self.answers[0])
