"""What one message answers at once, asked or not: lines filled in, or else a sentence that leaves no doubt."""

from __future__ import annotations

from dataclasses import replace

from bot import dialogue
from bot.dialogue import Accepted
from bot.form_lines import Lines, lines_for, may_have_lines, shows_lines, unasked_lines
from bot.messages import Pick
from bot.naming import button_meant
from bot.question import Answer, Unreadable
from bot.reading.choices import SKIP
from bot.reading.words import fold
from bot.sentence import FEWEST, certain_answers, tells
from bot.talk import Waiting
from bot.turn import Conversation, Turn
from storage.talks import KeptTalk


def several_in(turn: Turn, kept: KeptTalk, waiting: Waiting) -> Lines:
    """What the message answers at once: lines filled in, or else a sentence that leaves no doubt."""
    lines = lines_in(turn, kept, waiting)
    if lines.answers or waiting.question.name not in waiting.fields:
        return lines
    if waiting.question.reader.reads_anything and not tells(turn):
        return Lines()
    certain = certain_answers(turn, waiting.fields, kept.answers)
    enough = len(certain) >= FEWEST or (turn.heard.envelope and not _reads(turn, kept, waiting))
    return Lines(certain) if enough else Lines()


def lines_in(turn: Turn, kept: KeptTalk, waiting: Waiting) -> Lines:
    """The lines filled in, and what stands above them where that answers the very question put."""
    lines, question = lines_for(turn, waiting), waiting.question
    takes_remark = not question.confirms and not question.reader.reads_anything
    if not lines.remark or question.name in lines.answers or not takes_remark:
        return lines
    answer = _remarked(turn, kept, waiting, lines.remark)
    try:
        question.reader.read(answer)
    except Unreadable:
        return lines
    return Lines({question.name: answer, **lines.answers})


def _remarked(turn: Turn, kept: KeptTalk, waiting: Waiting, remark: str) -> Answer:
    button = button_meant(replace(turn, heard=replace(turn.heard, text=remark)), kept)
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


def told_unasked(turn: Turn) -> tuple[Conversation | None, Lines]:
    """The conversation that the message begins by answering most of what it asks; None where it tells nothing."""
    conversations = (one for one in turn.house.abilities.values() if isinstance(one, Conversation))
    told = [(one, lines) for one in conversations if (lines := _told(turn, one)).answers]
    return max(told, key=lambda found: len(found[1].answers), default=(None, Lines()))


def _told(turn: Turn, ability: Conversation) -> Lines:
    """What the message answers of what this conversation would ask."""
    begins = any(map(str.isdigit, turn.heard.text)) and _begins(turn, ability)
    if not begins and not may_have_lines(turn):
        return Lines()
    waiting = dialogue.ahead(turn, ability)
    if waiting is None:
        return Lines()
    lines = unasked_lines(turn, waiting.fields)
    certain = certain_answers(turn, waiting.fields) if begins and not lines.answers else {}
    return Lines(certain) if len(certain) >= FEWEST else lines


def _begins(turn: Turn, ability: Conversation) -> bool:
    """Whether the message opens like somebody who has this to tell."""
    text = fold(turn.heard.text)
    words = turn.house.wording.words(f"{ability.name}/command", "begins")
    return any(text.startswith(f"{fold(word)} ") for word in words)


def _reads(turn: Turn, kept: KeptTalk, waiting: Waiting) -> bool:
    """Whether the whole text answers the question that waits."""
    outcome = dialogue.accept(turn, kept, waiting, dialogue.typed(turn, kept, waiting, turn.heard.text))
    return isinstance(outcome, Accepted)
