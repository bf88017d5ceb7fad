"""What somebody writes to a reminder that asks for lines: the talk that takes them begins with them at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
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
from handlers.headcounts.confirming import (
    CONFIRM,
    HEADCOUNT,
    WHICH,
    lines_in,
    names_schools,
    speaks_of_counts,
    tells_counts,
)
from handlers.headcounts.confirming import LINES as COUNTS
from handlers.headcounts.lines import CORRECTED, is_signature
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

UNASKED: Final[Mapping[str, Tells]] = {HEADCOUNT.name: speaks_of_counts}
"""What a text may begin where no reminder asked for it."""


def replied(turn: Turn, kept: KeptTalk | None) -> Said | None:
    """Begins the talk with the lines, or goes on with the one that was asked for them by letter."""
    if turn.heard.kind is not Kind.TEXT or not turn.known:
        return None
    if kept is not None and kept.conversation == HEADCOUNT.name:
        return _told_more(turn, kept)
    if kept is not None and answered(turn) is None:
        return None
    for ability, question, audience, tells in ASKED_FOR:
        if refusal(turn, ability) is not None:
            continue
        tells_it = tells if is_asked_for(turn, ability.name, audience) else UNASKED.get(ability.name)
        if tells_it and tells_it(turn, text := _written(turn)):
            return _begun(turn, ability, question, text)
    return None


def _begun(turn: Turn, ability: Conversation, question: str, text: str) -> Said:
    said = dialogue.begin(turn, ability, {}, {question: _answer(turn, text)})
    return replace(said, took_answer=True)


def _told_more(turn: Turn, kept: KeptTalk) -> Said | None:
    """Lines inside the letter that asked for them, or later on others that correct it; a signature there is none."""
    waiting, text = dialogue.look(turn, kept), _written(turn)
    if not isinstance(waiting, Waiting):
        return None
    at = waiting.question.name
    if at == COUNTS.name:
        by_letter = turn.heard.envelope is not None and tells_counts(turn, text)
        return _with_lines(turn, kept, text) if by_letter else None
    told = _correction(turn, waiting, text) if at.startswith((CONFIRM.name, WHICH)) else None
    if told is not None:
        before = kept.answers.get(COUNTS.name, {}).get("text") or ""
        return _with_lines(turn, kept, CORRECTED.join((before, told)))
    is_nothing = at == CONFIRM.name and is_signature(
        turn.heard.envelope.whole if turn.heard.envelope else text
    )
    return replace(dialogue.go_on_from(turn, kept, waiting), took_answer=True) if is_nothing else None


def _correction(turn: Turn, waiting: Waiting, text: str) -> str | None:
    """The lines that it tells at the summary, « non 8 » of the only school there; None where it tells none."""
    if names_schools(turn, text):
        return text
    found, told = waiting.data.get("rows"), lines_in(turn, text)
    if not isinstance(found, tuple) or len(found) != 1 or len(told) != 1:
        return None
    [row], [line] = found, told
    is_button = text.strip().isdigit() and int(text) <= len(turn.person.offered)
    is_count = line.numbers and not line.at and not line.name and not is_button
    return f"{row.site.number}. {line.written}" if is_count else None


def _with_lines(turn: Turn, kept: KeptTalk, text: str) -> Said:
    accepted = dialogue.accept_all(turn, kept, {COUNTS.name: _answer(turn, text)})
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
