"""What somebody writes to a reminder that asks for lines: the talk that takes them begins with them at once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from bot import dialogue
from bot.addressed import answered
from bot.letter_lines import written_in
from bot.markup import to_plain
from bot.messages import Kind
from bot.question import Answer
from bot.talk import Waiting
from bot.turn import Conversation, Said, Turn, refusal
from handlers.headcounts.confirming import CONFIRM, HEADCOUNT, names_schools, tells_counts
from handlers.headcounts.confirming import LINES as COUNTS
from handlers.reminders.asked_for import is_asked_for
from handlers.roster.contacts import CONTACTS_OF_SCHOOLS, names_directions
from handlers.roster.contacts import LINES as DIRECTIONS
from storage.states import Audience
from storage.talks import KeptTalk

Tells = Callable[[Turn, str], bool]

ASKED_FOR: Final[tuple[tuple[Conversation, str, Audience, Tells], ...]] = (
    (HEADCOUNT, COUNTS.name, Audience.HEADCOUNT, tells_counts),
    (CONTACTS_OF_SCHOOLS, DIRECTIONS.name, Audience.CONTACTS, names_directions),
)
"""What a reminder may ask for: the talk, its question that takes lines, and whether a text surely holds such lines."""


def replied(turn: Turn, kept: KeptTalk | None) -> Said | None:
    """Begins the talk with the lines, or goes on with the one that was asked for them by letter."""
    if turn.heard.kind is not Kind.TEXT or not turn.known:
        return None
    if kept is not None and kept.conversation == HEADCOUNT.name:
        return _told_more(turn, kept)
    if kept is not None and answered(turn) is None:
        return None
    for ability, question, audience, tells in ASKED_FOR:
        asked = refusal(turn, ability) is None and is_asked_for(turn, ability.name, audience)
        if asked and tells(turn, text := _written(turn)):
            return _begun(turn, ability, question, text)
    return None


def _begun(turn: Turn, ability: Conversation, question: str, text: str) -> Said:
    said = dialogue.begin(turn, ability, {}, {question: _answer(turn, text)})
    return replace(said, took_answer=True)


def _told_more(turn: Turn, kept: KeptTalk) -> Said | None:
    """Lines inside the letter that asked for them, or at the summary others that correct it."""
    waiting, text = dialogue.look(turn, kept), _written(turn)
    at = waiting.question.name if isinstance(waiting, Waiting) else ""
    by_letter = at == COUNTS.name and turn.heard.envelope is not None and tells_counts(turn, text)
    corrects = at == CONFIRM.name and names_schools(turn, text)
    if not (by_letter or corrects):
        return None
    before = kept.answers.get(COUNTS.name, {}).get("text") if corrects else None
    told = _answer(turn, "\n".join(filter(None, (before, text))))
    accepted = dialogue.accept_all(turn, kept, {COUNTS.name: told})
    return replace(dialogue.go_on_from(turn, accepted.kept, accepted.outcome), took_answer=True)


def _answer(turn: Turn, text: str) -> Answer:
    return Answer(text, turn.written, turn=turn.heard.name)


def _written(turn: Turn) -> str:
    """What was written; by letter also inside the quoted one."""
    sent = answered(turn)
    if turn.heard.envelope is None or sent is None:
        return turn.heard.text
    buttons = (f"{number}. {button.label}" for number, button in enumerate(sent.page.buttons, 1))
    return written_in(turn.heard.envelope.whole, "\n".join((to_plain(sent.page.html), *buttons)))
