"""A limit asked on: what is told otherwise below the answer, « et si c’est un roman? », « non, 260 pages »."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from bot import dialogue
from bot.filling import Line
from bot.form_lines import lines_for
from bot.messages import Call, Kind, Reply, read_press
from bot.naming import answer_for
from bot.question import Answer
from bot.reading.texts import is_quoted
from bot.reading.words import fold
from bot.sentence import certain_answers, tells_more
from bot.several import OPENED, opens_with
from bot.spoken import reads
from bot.talk import Finished, Waiting
from bot.turn import Said, Turn, refusal
from handlers.declarations.beforehand import EXTENT, KIND, LIMITS, TITLE, TOTAL, tell
from handlers.declarations.plans import Plan
from handlers.declarations.told import NONE_YET, count_alone
from storage import talks
from storage.states import TalkState
from storage.talks import KeptTalk

ANOTHER = re.compile(r"\b(?:autres?|another|other)\b")
"""Another work, or pages besides; folded text."""


def asked_on(turn: Turn, kept: KeptTalk | None) -> Said | None:
    """The limit just told, told anew with what this message says otherwise; None for anything else."""
    said_words = turn.heard.kind is Kind.TEXT and not is_quoted(turn.heard.text)
    asked = just_told(turn) if kept is None and said_words else None
    told = _told(turn, asked) if asked else None
    if asked is None or not told:
        return None
    accepted = dialogue.accept_all(turn, dialogue.to_front(turn, asked), told)
    said = dialogue.go_on_from(turn, accepted.kept, accepted.outcome, *_noted(told))
    return replace(said, took_answer=True)


def _noted(told: Mapping[str, Answer]) -> tuple[Reply, ...]:
    """What the answer does not show by itself."""
    lines = [
        Line(one.template, one.name, one.reader.read(told[one.name]))
        for one in (KIND, TITLE)
        if one.name in told and reads(one, told[one.name])
    ]
    return (Reply("form/noted", {"lines": lines}),) if lines else ()


def told_again(turn: Turn) -> Said | None:
    """The limit just told, once more."""
    asked = just_told(turn)
    outcome = dialogue.look(turn, asked) if asked else None
    return tell(turn, asked, outcome.result) if asked and isinstance(outcome, Finished) else None


def just_told(turn: Turn) -> KeptTalk | None:
    """The talk whose answer is the last page that the sender has before them."""
    presses = (read_press(button["press"]) for button in turn.person.offered)
    asked = (one.argument for one in presses if isinstance(one, Call) and one.command == LIMITS.name)
    found = talks.by_id(turn.tx, next(asked, ""))
    own = found is not None and (found.person_id, found.conversation) == (turn.person.id, LIMITS.name)
    ended = found is not None and found.state is TalkState.FINISHED
    return found if own and ended and refusal(turn, LIMITS) is None else None


def _told(turn: Turn, asked: KeptTalk) -> Mapping[str, Answer]:
    """What the message says of the work and of the pages, and nothing else."""
    before, ahead = dialogue.look(turn, asked), dialogue.ahead(turn, LIMITS)
    if not isinstance(before, Finished) or ahead is None:
        return {}
    return (
        _count(turn, before.result) or lines_for(turn, ahead).answers or _sentence(turn, ahead, before.result)
    )


def _count(turn: Turn, plan: Plan) -> Mapping[str, Answer]:
    """A bare count of pages: of the whole work where that alone makes sense, else of the copies."""
    count, corrects = count_alone(turn.heard.text)
    if not count:
        return {}
    total = plan.work.total_pages or 0
    question = TOTAL if count * (2 if corrects else 1) > total else EXTENT
    return {question.name: answer_for(turn, question, f"{count} pages")}


def _sentence(turn: Turn, ahead: Waiting, plan: Plan) -> Mapping[str, Answer]:
    """What a sentence tells that is about the same work; one that tells of another is left to begin over."""
    certain = certain_answers(turn, ahead.fields, asks=True, shortest=1)
    named = {name: one for name, one in certain.items() if (name, one.text) != (TITLE.name, NONE_YET)}
    kind = named.get(KIND.name)
    same = kind is None or kind.value == plan.kind or opens_with(turn, kind)
    another = ANOTHER.search(fold(turn.heard.text)) or not same or (kind and TOTAL.name in named)
    opened = turn.saying(OPENED.sub("", fold(turn.heard.text), count=1))
    return {} if another or tells_more(opened, ahead.fields, named) else named
