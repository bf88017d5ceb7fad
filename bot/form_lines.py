"""Several answers in one message: lines such as « Titre : … » and « Pages : 12-30 »."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from bot import markup
from bot.addressed import answered
from bot.filling import Lines
from bot.letter_lines import Told, labels_left_blank, remark_in, told_in
from bot.naming import answer_for
from bot.question import Answer, Question
from bot.reading.choices import SKIP
from bot.reading.texts import is_quoted
from bot.reading.words import choose, fold
from bot.spoken import Fields, is_shown, names_of, nearest, reads, shown_as, spoken_in, stated_in
from bot.talk import Waiting
from bot.turn import Turn

SEPARATOR = re.compile(r"[:=]")
LONGEST_LABEL = 40
"""Characters."""
FEWEST = 2
"""Lines: a single one may well be a title with a colon in it."""
FEWEST_UNASKED = 3
"""Lines of a message that answers nothing of ours: with these it begins what they belong to."""


def lines_for(turn: Turn, waiting: Waiting) -> Lines:
    """The answers when the message names at least two fields of the form, or is one line that names one; else none.

    A letter may name one among other lines, if the letter that it answers showed it.
    """
    envelope = turn.heard.envelope
    if envelope is None:
        several = _several(turn, waiting.fields)
        one = Lines(several) if several else _alone(turn, waiting)
        return one if one.answers else spoken_in(turn, waiting)
    sent = answered(turn)
    if sent is None:
        return Lines()
    told = told_in(envelope.whole, markup.to_plain(sent.page.html))
    named = list(_named(turn, waiting.fields, told, slips=True))
    alone = len({name for name, _ in named}) == 1 and waiting.question.reader.reads_anything
    if alone and not is_shown(turn, waiting.fields[named[0][0]], named[0][1].label):
        return Lines()
    return _with_stated(turn, waiting, _read(turn, envelope.whole, waiting.fields, named))


def unasked_lines(turn: Turn, fields: Fields) -> Lines:
    """The answers of a message that fills in at least three fields of a form though nobody asked; else none."""
    envelope = turn.heard.envelope
    if envelope is None:
        several = _several(turn, fields)
        return Lines(several if len(several) >= FEWEST_UNASKED else {})
    sent = answered(turn)
    text = envelope.whole if sent else envelope.written or turn.heard.text
    told = told_in(text, markup.to_plain(sent.page.html) if sent else "")
    named = list(_named(turn, fields, told, slips=False))
    enough = len({name for name, _ in named}) >= FEWEST_UNASKED
    return _read(turn, text, fields, named) if enough else Lines()


def chosen(turn: Turn, question: Question[object]) -> Answer | None:
    """The choice that the whole message names, of those of a question that nobody put just now."""
    answer = answer_for(turn, question, turn.heard.text)
    is_choice = question.reader.choices and not question.reader.reads_anything
    return answer if is_choice and answer.value and not turn.heard.text.strip().isdecimal() else None


def _with_stated(turn: Turn, waiting: Waiting, lines: Lines) -> Lines:
    """The lines, and what the sentences beside them say; one alone may be the answer to a free question instead."""
    stated = stated_in(turn, waiting.fields, lines.remark if lines.answers else turn.heard.text)
    alone = not lines.answers and len(stated.answers) == 1 and waiting.question.reader.reads_anything
    if not stated.answers or (alone and not _is_told_apart(turn, waiting, *stated.answers)):
        return lines
    return Lines({**stated.answers, **lines.answers}, stated.remark, partly=bool(stated.remark))


def _is_told_apart(turn: Turn, waiting: Waiting, name: str) -> bool:
    """Whether the letter that is answered put this question too, or a line for it."""
    return name == waiting.question.name or shows_lines(turn, [waiting.fields[name]])


def shows_lines(turn: Turn, questions: Sequence[Question[object]]) -> bool:
    """Whether the letter that is answered showed a line to fill in for each of these."""
    sent = answered(turn) if turn.heard.envelope else None
    blank = labels_left_blank(markup.to_plain(sent.page.html)) if sent else frozenset()
    words = turn.house.wording.words
    return all(any(fold(word) in blank for word in words(one.template, "#")) for one in questions)


def may_have_lines(turn: Turn) -> bool:
    """Whether it is worth looking which form a message fills in."""
    text = turn.heard.envelope.whole if turn.heard.envelope else turn.heard.text
    return text.count(":") + text.count("=") >= FEWEST_UNASKED


def _several(turn: Turn, fields: Fields) -> Mapping[str, Answer]:
    if "\n" not in turn.heard.text:
        return {}
    names = names_of(turn.house.wording, fields)
    found = {names[fold(label)]: text for label, text in _labelled(turn.heard.text) if fold(label) in names}
    if len(found) < FEWEST:
        return {}
    return {name: answer_for(turn, fields[name], text) for name, text in found.items()}


def _alone(turn: Turn, waiting: Waiting) -> Lines:
    """The one field that a single line names; a title may well have a colon, so there only one that reads."""
    text, put = turn.heard.text, waiting.question
    if "\n" in text or is_quoted(text) or put.name not in waiting.fields:
        return Lines()
    label, said = next(_labelled(text), ("", ""))
    name = names_of(turn.house.wording, waiting.fields).get(fold(label))
    if name is None:
        return Lines()
    answer = answer_for(turn, waiting.fields[name], said)
    own, told = name == put.name, reads(waiting.fields[name], answer)
    return (
        Lines({name: answer}, corrects=not own)
        if told or not (own or _may_answer(turn, put, said))
        else Lines()
    )


def _may_answer(turn: Turn, put: Question[object], said: str) -> bool:
    """Whether what is not read under its label may answer the question put: a title may well have a colon."""
    return (
        SKIP not in put.reader.choices
        if put.reader.reads_anything
        else reads(put, answer_for(turn, put, said))
    )


def _labelled(text: str) -> Iterator[tuple[str, str]]:
    for line in text.split("\n"):
        label, *said = SEPARATOR.split(line, maxsplit=1)
        if len(label.strip()) <= LONGEST_LABEL and said and said[0].strip():
            yield label.strip(), said[0].strip()


def _read(turn: Turn, text: str, fields: Fields, named: Sequence[tuple[str, Told]]) -> Lines:
    """Of two answers to one field, the first counts: people write above what they quote."""
    first: dict[str, Told] = {}
    for name, told in named:
        first.setdefault(name, told)
    answers = {name: answer_for(turn, fields[name], told.text) for name, told in first.items()}
    taken = [told for _, told in named]
    return Lines(answers, remark_in(turn.heard.text, taken, text)) if answers else Lines()


def _named(turn: Turn, fields: Fields, told: Sequence[Told], *, slips: bool) -> Iterator[tuple[str, Told]]:
    """What was told with the field that its label names, a slip of the finger and parts of it forgiven if so."""
    wording = turn.house.wording
    names = names_of(wording, fields)
    shown = [(name, shown_as(wording, question)) for name, question in fields.items()] if slips else []
    for one in told:
        name = names.get(fold(one.label)) or choose(one.label, shown) or nearest(one.label, shown)
        if name:
            yield name, one
