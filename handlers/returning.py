"""Returning: whoever goes on hours later is told where they were, whatever the talk, before anything is taken."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Final

from bot import dialogue
from bot.dialogue import Accepted
from bot.messages import Kind, Reply
from bot.question import Unreadable
from bot.reading.texts import is_quoted
from bot.reading.words import fold
from bot.several import several_in
from bot.talk import Waiting
from bot.turn import Said, Turn
from faq.text import looks_like_question
from handlers.corrections import welcome_back
from handlers.way_out import offering_ways, tries
from storage.talks import KeptTalk

AWAY: Final = timedelta(hours=4)
"""After so long, a sentence may well be about something else than the question that waits."""
GREETS: Final = re.compile(
    r"(?:(?:re)?bonjour|bonsoir|bon matin|allo|salut|coucou|hello|hi|hey|good (?:morning|afternoon|evening))\b[\s,.!]*"
)
"""Folded text, as the next."""
RETURNS: Final = re.compile(
    r"\b(?:me (?:re)?voi(?:la|ci)|de retour|je (?:reviens|reprends|continue)|on (?:reprend|continue)"
    r"|i'?m back|back again)\b"
)
STILL: Final = re.compile(
    r"\b(?:toujours|encore) (?:pas|rien)\b|\bpas capable\b|\bstill (?:not|no|can'?t|doesn'?t)\b"
)
"""It has not worked either."""
A_FEW: Final = 6
"""Words: in more than these the team is told something."""


def returned(turn: Turn, kept: KeptTalk | None) -> Said | None:
    """Puts the question again to somebody who comes back and says what may be no answer to it; None otherwise."""
    if kept is None or not is_away(turn, kept) or looks_like_question(turn.heard.text):
        return None
    waiting = dialogue.look(turn, kept)
    if not isinstance(waiting, Waiting) or not _is_unsure(turn, kept, waiting):
        return None
    return welcomed(turn, kept)


def welcomed(turn: Turn, kept: KeptTalk, *lead: Reply, problem: Unreadable | None = None) -> Said:
    """Where it stood and the question again, with the way out at once where it was not understood before."""
    said = dialogue.go_on(turn, kept, *lead, welcome_back(turn, kept), problem=problem)
    return offering_ways(turn, kept, said) if tries(kept) else said


def is_away(turn: Turn, kept: KeptTalk) -> bool:
    """Whether the talk has lain there for hours; a letter answers the one before it, however old."""
    typed = turn.heard.kind is Kind.TEXT and turn.heard.envelope is None and not turn.heard.about
    return typed and kept.updated_at is not None and turn.now - kept.updated_at >= AWAY


def says_only_that(text: str) -> bool:
    """Whether a text that was not understood is but a greeting, or tells that somebody is back."""
    return bool(GREETS.match(fold(text)) or RETURNS.search(fold(text)))


def _is_unsure(turn: Turn, kept: KeptTalk, waiting: Waiting) -> bool:
    """Whether it would be taken for an answer, and may be none: said in a sentence, or as a greeting to begin with."""
    reader, text = waiting.question.reader, turn.heard.text
    if reader.loose:
        answer = dialogue.typed(turn, kept, waiting, GREETS.sub("", fold(text), count=1))
        return answer.value is None and isinstance(dialogue.accept(turn, kept, waiting, answer), Accepted)
    if reader.prose:
        return len(text.split()) <= A_FEW and bool(says_only_that(text) or STILL.search(fold(text)))
    if reader.reads_anything:
        free = not is_quoted(text)
        return free and says_only_that(text) and not several_in(turn, kept, waiting).answers
    known = turn.match is not None and turn.match.outcome in ("answer", "ask_back")
    return says_only_that(text) and not known and not _answers(turn, kept, waiting)


def _answers(turn: Turn, kept: KeptTalk, waiting: Waiting) -> bool:
    answer = dialogue.typed(turn, kept, waiting, turn.heard.text)
    told = isinstance(dialogue.accept(turn, kept, waiting, answer), Accepted)
    return told or bool(several_in(turn, kept, waiting).answers)
