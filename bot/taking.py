"""Takes what a message answers, one question or several, and begins what nobody asked for."""

from __future__ import annotations

from dataclasses import replace

from bot import dialogue
from bot.addressed import is_over
from bot.dialogue import Accepted
from bot.form_lines import Lines
from bot.messages import Kind, Reply
from bot.question import Unreadable
from bot.several import lines_in, told_unasked, without_blanks
from bot.talk import Waiting
from bot.turn import Said, Turn, refusal
from faq.text import looks_like_question
from handlers.questions import answering
from storage.talks import KeptTalk


def filled_in(turn: Turn, kept: KeptTalk | None) -> Said | None:
    """Lines of a letter: a "1" above them is one answer among several."""
    if kept is None or turn.heard.envelope is None or turn.heard.kind is not Kind.TEXT:
        return None
    waiting = dialogue.look(turn, kept)
    lines = lines_in(turn, kept, waiting) if isinstance(waiting, Waiting) else Lines()
    return take_all(turn, kept, lines) if lines.answers else None


def begun(turn: Turn, kept: KeptTalk | None) -> Said | None:
    """A letter that fills in a form nobody sent, or a sentence that tells what one asks: its talk begins with that."""
    if kept or turn.heard.kind is not Kind.TEXT or is_over(turn):
        return None
    ability, lines = told_unasked(turn)
    if ability is None:
        return None
    refused = refusal(turn, ability)
    if refused:
        return refused
    said = dialogue.begin(turn, ability, ability.seed(turn, ""), lines.answers)
    return replace(said, replies=(*_in_passing(turn, lines.remark), *said.replies), took_answer=True)


def take(turn: Turn, kept: KeptTalk, outcome: Accepted | Unreadable) -> Said:
    """Goes on with the answer, or says what was not understood and puts the question again."""
    if isinstance(outcome, Unreadable):
        return dialogue.go_on(turn, kept, problem=outcome)
    outcome = without_blanks(turn, outcome)
    return replace(dialogue.go_on_from(turn, outcome.kept, outcome.outcome), took_answer=True)


def take_all(turn: Turn, kept: KeptTalk, several: Lines) -> Said:
    """The same with several answers; a question that stands beside them is answered first."""
    accepted = without_blanks(turn, dialogue.accept_all(turn, kept, several.answers))
    said = dialogue.go_on_from(turn, accepted.kept, accepted.outcome, *_in_passing(turn, several.remark))
    return replace(said, took_answer=True)


def _in_passing(turn: Turn, remark: str) -> tuple[Reply, ...]:
    """The answer to a question that came with what was filled in; any other remark is courtesy."""
    if not looks_like_question(remark):
        return ()
    asked = replace(turn, heard=replace(turn.heard, text=remark))
    return (answering.answer_in_passing(asked) or answering.own_up(asked)).replies
