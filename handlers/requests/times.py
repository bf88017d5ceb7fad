"""Since when, as people remember it: a day, or else their own words, for a human to read."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Final

from bot.question import Answer, Reader, Unreadable
from bot.reading import a_date, fold
from bot.reading.texts import one_line
from faq.text import looks_like_question

LONG_AGO: Final = timedelta(days=366)
"""What began longer ago than this is told in the person's own words."""
LONGEST: Final = 80
"""Characters: a longer text tells more than a time."""
WRONG: Final = frozenset(["read/date-ahead", "read/day-mismatch", "read/no-such-day"])
"""What is wrong with a day is asked about; anything else is a time all the same."""
SPEAKS_OF_TIME: Final = re.compile(
    r"\b(?:avant|apres|depuis|debut|fin|milieu|rentree|vacances|relache|noel|semaines?|mois|annees?|ans?|jours?|hier|recemment"
    r"|longtemps|toujours|ete|automne|hiver|printemps|janvier|fevrier|mars|avril|mai|juin|juillet|aout|septembre|octobre"
    r"|novembre|decembre|before|after|since|early|late|last|ago|weeks?|months?|years?|days?|summer|fall|autumn|winter"
    r"|spring|recently|always|while|start|end|january|february|march|april|may|june|july|august|september|october"
    r"|november|december|christmas|holidays?|(?:19|20)\d\d|\d+)\b"
)
"""Folded text."""


def a_time() -> Reader[date | str]:
    """A day within the year, or words that tell a time roughly."""
    day = a_date(LONG_AGO)

    def read(answer: Answer) -> date | str:
        try:
            return day.read(answer)
        except Unreadable as problem:
            said = one_line(answer.text)
            rough = (
                len(said) <= LONGEST and SPEAKS_OF_TIME.search(fold(said)) and not looks_like_question(said)
            )
            if problem.reason in WRONG or not rough:
                raise
            return said

    return Reader(read, numbered=False, find=day.find)
