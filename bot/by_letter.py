"""What stands above the question of a form: what the message told and, by letter, every line still to fill in."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from markupsafe import Markup

from bot.filling import Blank, Line
from bot.messages import Reply
from bot.question import Unreadable
from bot.reading.choices import SKIP
from bot.reading.words import fold
from bot.render import EXAMPLE
from bot.talk import Waiting
from bot.turn import Said, Turn
from storage.talks import KeptTalk

FEWEST_NOTED = 2
"""Answers of one message that are said back where the next question comes at once."""
FEWEST_BLANKS = 2
"""Lines to fill in: a single question needs none."""
PLACE = ("step", "steps")
"""What tells where one question stands among those put one by one."""
DECORATION = re.compile(r"(?:image\d+|outlook-\S+)\.(?:png|jpe?g|gif)", re.IGNORECASE)
"""Pictures of a signature: nobody has sent them."""


def above(turn: Turn, kept: KeptTalk, waiting: Waiting) -> tuple[Reply, ...]:
    """What is said before the question is put; nothing where it belongs to no form, or while an answer is edited."""
    if waiting.question.name not in waiting.fields or kept.editing:
        return ()
    by_letter = turn.heard.envelope is not None
    filling = waiting.filling()
    noted = [line for line in filling.lines if _is_told_now(turn, kept, line)]
    blanks = filling.blanks if by_letter and not waiting.question.confirms else ()
    if len(blanks) >= FEWEST_BLANKS:
        return (_lines(turn, kept, noted, blanks, waiting.question.name),)
    worth_it = len(noted) >= (1 if by_letter else FEWEST_NOTED)
    return (Reply("form/noted", {"lines": noted}),) if worth_it else ()


def is_laid_out(lead: Sequence[Reply]) -> bool:
    """Whether the lines to fill in stand there, so that the question is not the only one put."""
    return any(reply.template == "mail/form" for reply in lead)


def unsigned(turn: Turn) -> Turn:
    """The turn without the sender's own name below what they wrote."""
    words, own = turn.heard.text.rstrip(), set(fold(turn.person.name or "").split())
    while own:
        above_it, _, last = words.rpartition("\n")
        if not above_it.strip() or not set(fold(last).split()) <= own:
            break
        words = above_it.rstrip()
    return turn.saying(words) if turn.heard.envelope else turn


def with_attachments(turn: Turn, said: Said) -> Said:
    """Names what came along with a letter: it is not looked at."""
    names = turn.heard.envelope.attachments if turn.heard.envelope else ()
    sent = [name for name in names if name and not DECORATION.fullmatch(name)]
    if not sent or not said.replies:
        return said
    return replace(said, replies=(Reply("mail/attachments-left", {"names": sent}), *said.replies))


def _is_told_now(turn: Turn, kept: KeptTalk, line: Line) -> bool:
    answer = kept.answers.get(line.name)
    return answer is not None and answer["turn"] == turn.heard.name


def _lines(turn: Turn, kept: KeptTalk, noted: Sequence[Line], blanks: Sequence[Blank], asked: str) -> Reply:
    data = {
        "first": not kept.answers,
        "lines": noted,
        "wrong": [_why(turn, kept, blank, asked) for blank in blanks if blank.problem],
        "blanks": [_to_fill_in(turn, blank) for blank in blanks],
    }
    return Reply("mail/form", data)


def _why(turn: Turn, kept: KeptTalk, blank: Blank, asked: str) -> dict[str, object]:
    text = kept.answers[blank.question.name]["text"]
    return why_not(turn, blank, text, shown=blank.question.name == asked)


def why_not(turn: Turn, blank: Blank, text: str, *, shown: bool = False) -> dict[str, object]:
    """A field, what was written for it, and why that does not answer; only a question that is `shown` has buttons."""
    problem = blank.problem
    if problem and problem.reason == "read/choose-one" and not shown:
        problem = Unreadable("read/choose-of", choices=_label(turn, blank, EXAMPLE))
    why = turn.house.wording.text(problem.reason, turn.language, problem.data) if problem else ""
    return {"field": _label(turn, blank, "#"), "text": text, "why": Markup(why)}  # noqa: S704 - a page of ours


def _to_fill_in(turn: Turn, blank: Blank) -> dict[str, object]:
    return {
        "field": _label(turn, blank, "#"),
        "example": _label(turn, blank, EXAMPLE),
        "optional": SKIP in blank.question.reader.choices,
    }


def _label(turn: Turn, blank: Blank, key: str) -> str:
    label = turn.house.wording.label(blank.question.template, key, turn.language)
    return label.text if label else ""
