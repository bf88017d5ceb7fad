"""Misread: an answer that was not understood, and what is said to whoever returns after hours with it."""

from __future__ import annotations

import re
from typing import Final

from bot import dialogue
from bot.messages import Kind, Reply
from bot.question import Unreadable
from bot.reading.words import fold
from bot.turn import Said, Turn
from faq.text import looks_like_question
from handlers.returning import is_away, says_only_that, welcomed
from handlers.way_out import counted, with_way_out
from storage.talks import KeptTalk

COUNTS: Final = frozenset({"read/no-count", "read/no-pages", "read/which-pages", "read/no-year"})
"""Why nothing was read where a number is asked for."""
UNSURE: Final = re.compile(
    r"\b(?:pas|jamais) (?:encore )?(?:regarde|compte|verifie|note|sure?|certaine?)$|\b(?:sais|connais) pas$"
    r"|\b(?:don't|didn't|haven't|not) (?:know|look|looked|count|counted|check|checked|sure)$"
)
"""Ends like somebody who cannot tell; folded text."""


def misread(turn: Turn, kept: KeptTalk, problem: Unreadable, *lead: Reply) -> Said:
    """Says why it is no answer and puts the question again, to whoever returns after hours with a greeting."""
    if turn.heard.kind is not Kind.TEXT:
        return dialogue.go_on(turn, kept, *lead, problem=problem)
    if is_away(turn, kept):
        told = None if says_only_that(turn.heard.text) else problem
        return welcomed(turn, kept, *lead, problem=told)
    tried = counted(kept)
    return with_way_out(turn, tried, dialogue.go_on(turn, tried, *lead, problem=problem))


def is_a_try(text: str, problem: Unreadable) -> bool:
    """Whether the text answers where a number is asked for, if not with one: « tout le livre », « j’ai pas compté »."""
    in_words = problem.reason == "read/which-pages" and not looks_like_question(text)
    return in_words or (problem.reason in COUNTS and bool(UNSURE.search(fold(text))))
