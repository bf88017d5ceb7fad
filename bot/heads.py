"""What a letter opens with, above a name and a school; what it says, and what it asks besides. Pure text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from bot.reading.choices import POLITE
from bot.reading.words import plain
from faq.text import looks_like_question

MOST_WORDS: Final = 12
"""Of a title, a name or a publisher; a longer text is prose."""
MOST_SIGNED: Final = 6
"""Lines below what is said: a name, what its bearer does, where, and how they are reached."""
MOST_SIGNED_WORDS: Final = 8
SIGNED: Final = re.compile(r"[A-ZÀ-ÖØ-Ý]|.*(?:\d{3}[ .-]\d{4}|@|www\.)")
SAYS: Final = re.compile(
    r"[?]|\b(?:mais|but|non|no|oui|yes|sauf|except|aussi|also|c'est|c'etait|it's|it|j'ai|je|j'|i|we|nous|on|est|is"
    r"|was|etait|pas|not|modif\w+|chang\w+|corrig\w+|annul\w+|cancel\w*|wait|stop|attend\w*|et|and|plutot|instead"
    r"|eleves?|pupils?|students?|pages?)\b|n't\b"
)
"""A line with one of these says something: nobody is called so."""
SENTENCE: Final = re.compile(r"(?<=[.!?…])\s+|\n+")


def heads_of(text: str) -> Iterator[tuple[str, str]]:
    """The first paragraph and the first line, without « svp » too, each with what stands below; the shortest last."""
    paragraph, _, below = text.strip().partition("\n\n")
    line, _, under = text.strip().partition("\n")
    for head, rest in ((paragraph, below), (line, under)):
        if head != text.strip():
            yield head.strip(), rest.strip()
    bare = POLITE.sub("", plain(line)).strip(" ,.!")
    if bare and bare != plain(line):
        yield bare, under.strip()


def signed_heads_of(text: str) -> Iterator[str]:
    """Those that stand above nothing but a signature."""
    return (head for head, rest in heads_of(text) if is_signature(rest))


def is_signature(rest: str) -> bool:
    """Whether these lines say who writes, and nothing else."""
    lines = [line.strip() for line in rest.splitlines() if line.strip()]
    return len(lines) <= MOST_SIGNED and all(map(_is_signed, lines))


def short_answer(text: str) -> str | None:
    """The text, or its first line above a signature, where it is short enough for a name or a title; None for prose."""
    above = next(signed_heads_of(text), "") if "\n" in text.strip() else ""
    answer = above or text
    lines = answer.strip().splitlines()
    is_short = len(answer.split()) <= MOST_WORDS and len(lines) <= 1 + (not above)
    return answer.strip() if is_short else None


def said_and_asked(text: str) -> tuple[str, str]:
    """The sentences that say something, and those that ask."""
    sentences = [one.strip() for one in SENTENCE.split(text) if one.strip()]
    asked = [one for one in sentences if looks_like_question(one)]
    return "\n".join(one for one in sentences if one not in asked), " ".join(asked)


def _is_signed(line: str) -> bool:
    is_short = len(line.split()) <= MOST_SIGNED_WORDS
    return is_short and bool(SIGNED.match(line)) and not SAYS.search(plain(line))
