"""Several answers in one message: lines such as « Titre : … » and « Pages : 12-30 »."""

from __future__ import annotations

import re
from collections.abc import Mapping

from bot.messages import Heard
from bot.question import Answer, Question
from bot.reading.words import choose, fold
from bot.render import LANGUAGES, Wording
from bot.talk import Waiting
from bot.turn import Turn

LINE = re.compile(r"^[^\S\n]*([^:=\n]{2,40}?)[^\S\n]*[:=][^\S\n]*(\S.*?)[^\S\n]*$", re.MULTILINE)
FEWEST = 2
"""Lines: a single one may well be a title with a colon in it."""


def answers_in(turn: Turn, waiting: Waiting) -> Mapping[str, Answer]:
    """The answers by question name, when the message names at least two fields of the form; else none."""
    if "\n" not in turn.heard.text:
        return {}
    names = _names(turn.house.wording, waiting.fields)
    found = {
        names[fold(label)]: text for label, text in LINE.findall(turn.heard.text) if fold(label) in names
    }
    if len(found) < FEWEST:
        return {}
    return {name: _answer(turn, waiting.fields[name], text, turn.heard) for name, text in found.items()}


def _answer(turn: Turn, question: Question[object], text: str, heard: Heard) -> Answer:
    options: dict[str, tuple[str, ...]] = {}
    for language in LANGUAGES:
        for label in turn.house.wording.labels(question.template, language, {"values": {}}):
            if label.key in question.reader.choices:
                options[label.key] = (*options.get(label.key, ()), *label.words)
    value = choose(text, list(options.items()), exactly=question.reader.reads_anything)
    return Answer(text, turn.written, value, "", heard.name)


def _names(wording: Wording, fields: Mapping[str, Question[object]]) -> dict[str, str]:
    """Which question each folded field label names, in either language."""
    return {
        fold(word): name
        for name, question in fields.items()
        for word in wording.words(question.template, "#")
    }
