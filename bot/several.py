"""What one message answers at once: lines filled in, or else a sentence that leaves no doubt."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import replace

from bot import dialogue
from bot.dialogue import Accepted
from bot.filling import Lines
from bot.form_lines import chosen, lines_for, shows_lines
from bot.heads import heads_of, short_answer
from bot.messages import Pick
from bot.naming import button_meant
from bot.question import Answer, Unreadable
from bot.reading.choices import SKIP
from bot.reading.texts import is_quoted
from bot.reading.words import fold
from bot.sentence import FEWEST, certain_answers, tells, tells_more
from bot.spoken import change_asked, replaced_in, stated_in
from bot.talk import Waiting
from bot.turn import Turn
from bot.unasked import begins
from storage.talks import KeptTalk

SHORTEST_CORRECTION = 2
"""Words: « 24 élèves »."""
OPENED = re.compile(
    r"(?:(?:non|no|nan|oui|ok|mais|et|but|and|plutot|rather|instead|finalement|actually|en fait|si|what if|what about"
    r"|c'est|c'etait|cest|c|it's|its|it is|it was|j'ai|jai|i have|pour|for|dans|in|une?|an?)[\s,]+)*"
)
"""What may stand before what is told anew; folded text."""


def several_in(turn: Turn, kept: KeptTalk, waiting: Waiting) -> Lines:
    """What the message answers at once: lines filled in, or else a sentence that leaves no doubt."""
    lines = lines_in(turn, kept, waiting)
    if lines.answers:
        return lines
    if waiting.question.name not in waiting.fields:
        return _corrected(turn, kept, waiting) if waiting.question.confirms else lines
    wrong = _wrong(waiting)
    mended = _mended(turn, waiting, wrong)
    if mended:
        return Lines(mended)
    if waiting.question.reader.reads_anything and not (tells(turn) or _is_prose(turn)):
        return Lines()
    if dialogue.conversation_of(turn, kept).asks:
        return _asked(turn, kept, waiting)
    return _in_sentence(turn, kept, waiting, wrong)


def _in_sentence(turn: Turn, kept: KeptTalk, waiting: Waiting, wrong: Collection[str]) -> Lines:
    """What a sentence tells beyond doubt: several answers, or more in a letter than a mere answer to the question."""
    certain = certain_answers(turn, waiting.fields, kept.answers.keys() - wrong)
    answered = certain.keys() == {waiting.question.name} and any(
        chosen(turn.saying(head), waiting.question) for head, _ in heads_of(turn.heard.text)
    )
    beside = turn.heard.envelope and not answered and not _reads(turn, kept, waiting)
    if len(certain) < FEWEST and not beside:
        return Lines()
    return Lines(certain, partly=bool(certain) and tells_more(turn, waiting.fields, certain))


def _asked(turn: Turn, kept: KeptTalk, waiting: Waiting) -> Lines:
    """What a question tells of what it is about; what is told later counts, and a new question begins over."""
    certain = certain_answers(turn, waiting.fields, asks=True, shortest=1)
    first = next(iter(waiting.fields))
    anew = first in certain and begins(turn, dialogue.conversation_of(turn, kept))
    if first in kept.answers and not anew and not opens_with(turn, certain.get(first)):
        certain.pop(first, None)
    if not certain or (len(certain) < FEWEST and (first not in kept.answers or _reads(turn, kept, waiting))):
        return Lines()
    corrects = not anew and (len(certain) < FEWEST or bool(certain.keys() & kept.answers.keys()))
    return Lines(certain, anew=anew, corrects=corrects)


def opens_with(turn: Turn, answer: Answer | None) -> bool:
    """Whether the message begins with this answer: « un manuel de 300 pages »."""
    said, told = (
        OPENED.sub("", fold(text), count=1) for text in (turn.heard.text, answer.text if answer else "")
    )
    return answer is not None and said.startswith(told)


def changed_in(turn: Turn, waiting: Waiting) -> Lines:
    """The one field that the message asks to change at once."""
    return change_asked(turn, waiting.fields) if waiting.fields else Lines()


def _corrected(turn: Turn, kept: KeptTalk, waiting: Waiting) -> Lines:
    """What the message says otherwise than what was just summed up."""
    summed_up = {name: question for name, question in waiting.fields.items() if name in waiting.known}
    if is_quoted(turn.heard.text):
        return Lines()
    replaced = replaced_in(turn, kept, summed_up)
    if replaced.answers:
        return replaced
    stated = stated_in(turn, summed_up, turn.heard.text)
    beside = turn.saying(stated.remark) if stated.answers else turn
    certain = certain_answers(beside, summed_up, stated.answers, SHORTEST_CORRECTION)
    partly = tells_more(beside, summed_up, certain)
    return Lines({**certain, **stated.answers}, corrects=True, partly=partly)


def _mended(turn: Turn, waiting: Waiting, wrong: Collection[str]) -> dict[str, Answer]:
    """What a letter says instead of answers that do not read, and nothing besides."""
    if not wrong or turn.heard.envelope is None:
        return {}
    fields = {name: question for name, question in waiting.fields.items() if name in wrong}
    certain = certain_answers(turn, fields, shortest=1)
    named = {name: answer for name, question in fields.items() if (answer := chosen(turn, question))}
    if len(named) == 1:
        return named
    alone = len(certain) == 1 and fold(next(iter(certain.values())).text) == fold(turn.heard.text)
    return certain if alone else {}


def _is_prose(turn: Turn) -> bool:
    return turn.heard.envelope is not None and short_answer(turn.heard.text) is None


def lines_in(turn: Turn, kept: KeptTalk, waiting: Waiting) -> Lines:
    """The lines filled in, and what the prose around them tells, or answers of the very question put."""
    lines, question = lines_for(turn, waiting), waiting.question
    lines = (
        _with_prose(turn, waiting, lines, kept.answers.keys() - _wrong(waiting)) if lines.answers else lines
    )
    takes_remark = not question.confirms and not question.reader.reads_anything
    if not lines.remark or question.name in lines.answers or not takes_remark:
        return lines
    answer = _remarked(turn, kept, waiting, lines.remark)
    try:
        question.reader.read(answer)
    except Unreadable:
        return lines
    return Lines({question.name: answer, **lines.answers})


def _wrong(waiting: Waiting) -> set[str]:
    """The questions whose kept answers do not read."""
    return {blank.question.name for blank in waiting.filling().blanks if blank.problem}


def _with_prose(turn: Turn, waiting: Waiting, lines: Lines, known: Collection[str]) -> Lines:
    """The lines, what is told beside them beyond doubt, and whether there is more than that and courtesy."""
    beside = turn.saying(lines.remark)
    certain = certain_answers(beside, waiting.fields, {*known, *lines.answers})
    partly = lines.partly and tells_more(beside, waiting.fields, certain)
    return replace(lines, answers={**certain, **lines.answers}, partly=partly)


def _remarked(turn: Turn, kept: KeptTalk, waiting: Waiting, remark: str) -> Answer:
    button = button_meant(turn.saying(remark), kept)
    if isinstance(button, Pick) and button.question == waiting.question.name:
        return dialogue.pressed(turn, waiting, button)
    return dialogue.typed(turn, kept, waiting, remark)


def without_blanks(turn: Turn, accepted: Accepted) -> Accepted:
    """The same, or further on where a letter left blank all that it might leave blank."""
    skipped = _left_blank(turn, accepted.outcome) if isinstance(accepted.outcome, Waiting) else {}
    return dialogue.accept_all(turn, accepted.kept, skipped) if skipped else accepted


def _left_blank(turn: Turn, waiting: Waiting) -> dict[str, Answer]:
    """The optional fields that a letter left blank among the lines shown, once nothing else is missing."""
    if waiting.question.confirms or waiting.question.name not in waiting.fields:
        return {}
    blanks = waiting.filling().blanks
    optional = all(SKIP in blank.question.reader.choices and not blank.problem for blank in blanks)
    if not optional or not shows_lines(turn, [blank.question for blank in blanks]):
        return {}
    skipped = Answer("", turn.written, SKIP, turn=turn.heard.name)
    return {blank.question.name: skipped for blank in blanks}


def _reads(turn: Turn, kept: KeptTalk, waiting: Waiting) -> bool:
    """Whether the whole text answers the question that waits."""
    outcome = dialogue.accept(turn, kept, waiting, dialogue.typed(turn, kept, waiting, turn.heard.text))
    return isinstance(outcome, Accepted)
