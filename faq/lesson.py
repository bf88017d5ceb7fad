"""Lesson: a question that an operator has answered, so that it is known from now on."""

from __future__ import annotations

import html
from dataclasses import dataclass
from textwrap import shorten
from typing import Final

from faq.entry import TITLE_LENGTH, Answer, Audience, Entry, Language

PREFIX: Final = "lesson-"


@dataclass(frozen=True, slots=True)
class Lesson:
    """One question with what answers it."""

    id: int
    language: Language
    text: str
    """The question, with nothing that tells who asked it."""
    entry: str | None
    """The entry that answers it; None: `answer` does."""
    answer: str | None = None
    """What the operator wrote, plain text, to be given again."""


def answered_by(lesson: Lesson) -> str:
    """The id of the entry that answers it."""
    return lesson.entry or f"{PREFIX}{lesson.id}"


def entry_of(lesson: Lesson) -> Entry:
    """An entry of its own for what the operator wrote, the same words in every language."""
    said = _literal(lesson.answer or "")
    title = shorten(lesson.text, TITLE_LENGTH, placeholder="…")
    return Entry(
        id=answered_by(lesson),
        audience=(Audience.ALL,),
        source="an operator",
        flow=None,
        human=False,
        labels=(),
        guides=(),
        answers=tuple(Answer(language, title, said, None) for language in Language),
        wordings=(),
        unlike=(),
    )


def _literal(text: str) -> str:
    """Plain text as the source of an answer: neither a tag nor a template's code."""
    return html.escape(text, quote=False).replace("{", "&#123;")
