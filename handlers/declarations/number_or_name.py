"""The number of a work, or its name given where the number was asked for."""

from __future__ import annotations

import re
from dataclasses import replace

from bot.question import Answer, Reader, Unreadable
from bot.reading import an_isbn, is_doubtful
from bot.reading.words import plain

NAMED = re.compile(r"[«“\"]?\s*[A-ZÀ-ÖØ-Þ](?=(?:.*[^\W\d_]){2})[^?\n]{1,80}")
TALKING = re.compile(r"\b(?:je|j'\w+|moi|on|nous|i|i'm|i'll|we|merci|thanks|isbn|issn)\b")


def a_number_or(other: str) -> Reader[str]:
    """An ISBN; what reads like a name instead is refused as the answer to the `other` question."""
    number = an_isbn()

    def read(answer: Answer) -> str:
        try:
            return number.read(answer)
        except Unreadable as problem:
            text = answer.text.strip()
            named = NAMED.fullmatch(text) and not TALKING.search(plain(text)) and not is_doubtful(text)
            if problem.reason != "read/no-isbn" or not named:
                raise
            raise Unreadable(problem.reason, instead=other) from problem

    return replace(number, read=read)
