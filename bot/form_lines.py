"""Several answers in one message: lines such as « Titre : … » and « Pages : 12-30 »."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from rapidfuzz import fuzz

from bot import markup
from bot.addressed import answered
from bot.letter_lines import Told, labels_left_blank, remark_in, told_in
from bot.question import Answer, Question
from bot.reading.words import choose, fold
from bot.render import LANGUAGES, Wording
from bot.talk import Waiting
from bot.turn import Turn

LINE = re.compile(r"^[^\S\n]*([^:=\n]{2,40}?)[^\S\n]*[:=][^\S\n]*(\S.*?)[^\S\n]*$", re.MULTILINE)
FEWEST = 2
"""Lines: a single one may well be a title with a colon in it."""
FEWEST_UNASKED = 3
"""Lines of a letter that answers none of ours: with these it begins what they belong to."""
NEAR = 85
"""How alike a label is to be to one that was shown (0 to 100, rapidfuzz ratio)."""

Fields = Mapping[str, Question[object]]


@dataclass(frozen=True, slots=True)
class Lines:
    """What was filled in, and what was said besides."""

    answers: Mapping[str, Answer] = field(default_factory=dict)
    """By question name."""
    remark: str = ""


def lines_for(turn: Turn, waiting: Waiting) -> Lines:
    """The answers when the message names at least two fields of the form, or one that its letter showed; else none."""
    envelope = turn.heard.envelope
    if envelope is None:
        return Lines(_several(turn, waiting.fields))
    sent = answered(turn)
    if sent is None:
        return Lines()
    told = told_in(envelope.whole, markup.to_plain(sent.page.html))
    named = list(_named(turn, waiting.fields, told, slips=True))
    alone = len({name for name, _ in named}) == 1 and waiting.question.reader.reads_anything
    if alone and not _is_shown(turn, waiting.fields[named[0][0]], named[0][1].label):
        return Lines()
    return _read(turn, envelope.whole, waiting.fields, named)


def unasked_lines(turn: Turn, fields: Fields) -> Lines:
    """The answers of a letter that fills in at least three fields of a form though nobody asked; else none."""
    envelope = turn.heard.envelope
    if envelope is None:
        return Lines()
    sent = answered(turn)
    text = envelope.whole if sent else envelope.written or turn.heard.text
    told = told_in(text, markup.to_plain(sent.page.html) if sent else "")
    named = list(_named(turn, fields, told, slips=False))
    enough = len({name for name, _ in named}) >= FEWEST_UNASKED
    return _read(turn, text, fields, named) if enough else Lines()


def shows_lines(turn: Turn, questions: Sequence[Question[object]]) -> bool:
    """Whether the letter that is answered showed a line to fill in for each of these."""
    sent = answered(turn) if turn.heard.envelope else None
    blank = labels_left_blank(markup.to_plain(sent.page.html)) if sent else frozenset()
    words = turn.house.wording.words
    return all(any(fold(word) in blank for word in words(one.template, "#")) for one in questions)


def may_have_lines(turn: Turn) -> bool:
    """Whether it is worth looking which form a letter fills in."""
    envelope = turn.heard.envelope
    return envelope is not None and envelope.whole.count(":") + envelope.whole.count("=") >= FEWEST_UNASKED


def _several(turn: Turn, fields: Fields) -> Mapping[str, Answer]:
    if "\n" not in turn.heard.text:
        return {}
    names = _names(turn.house.wording, fields)
    found = {
        names[fold(label)]: text for label, text in LINE.findall(turn.heard.text) if fold(label) in names
    }
    if len(found) < FEWEST:
        return {}
    return {name: _answer(turn, fields[name], text) for name, text in found.items()}


def _read(turn: Turn, text: str, fields: Fields, named: Sequence[tuple[str, Told]]) -> Lines:
    """Of two answers to one field, the first counts: people write above what they quote."""
    first: dict[str, Told] = {}
    for name, told in named:
        first.setdefault(name, told)
    answers = {name: _answer(turn, fields[name], told.text) for name, told in first.items()}
    taken = [told for _, told in named]
    return Lines(answers, remark_in(turn.heard.text, taken, text)) if answers else Lines()


def _named(turn: Turn, fields: Fields, told: Sequence[Told], *, slips: bool) -> Iterator[tuple[str, Told]]:
    """What was told with the field that its label names, a slip of the finger and parts of it forgiven if so."""
    wording = turn.house.wording
    names = _names(wording, fields)
    shown = [(name, _shown(wording, question)) for name, question in fields.items()] if slips else []
    for one in told:
        name = names.get(fold(one.label)) or choose(one.label, shown) or _nearest(one.label, shown)
        if name:
            yield name, one


def _nearest(label: str, shown: Sequence[tuple[str, Sequence[str]]]) -> str | None:
    """The one field that is shown under nearly this label."""
    near = {name for name, words in shown for word in words if fuzz.ratio(fold(label), fold(word)) >= NEAR}
    return near.pop() if len(near) == 1 else None


def _is_shown(turn: Turn, question: Question[object], label: str) -> bool:
    """Whether this is the very label that letters show, and not another word for it."""
    shown = [(question.name, _shown(turn.house.wording, question))]
    return (choose(label, shown) or _nearest(label, shown)) is not None


def _shown(wording: Wording, question: Question[object]) -> tuple[str, ...]:
    labels = (wording.label(question.template, "#", language) for language in LANGUAGES)
    return tuple(label.text for label in labels if label)


def _answer(turn: Turn, question: Question[object], text: str) -> Answer:
    options: dict[str, tuple[str, ...]] = {}
    for language in LANGUAGES:
        for label in turn.house.wording.labels(question.template, language, {"values": {}}):
            if label.key in question.reader.choices:
                options[label.key] = (*options.get(label.key, ()), *label.words)
    value = _numbered(question, options, text) or choose(
        text, list(options.items()), exactly=question.reader.reads_anything
    )
    return Answer(text, turn.written, value, "", turn.heard.name)


def _numbered(question: Question[object], options: Mapping[str, object], text: str) -> str | None:
    """The choice that a bare number stands for."""
    place = int(text) if question.reader.numbered and text.isdecimal() and len(text) <= 2 else 0
    is_choice = question.reader.choices == tuple(options) and not question.reader.reads_anything
    return list(options)[place - 1] if is_choice and 1 <= place <= len(options) else None


def _names(wording: Wording, fields: Fields) -> dict[str, str]:
    """Which question each folded field label names, in either language."""
    return {
        fold(word): name
        for name, question in fields.items()
        for word in wording.words(question.template, "#")
    }
