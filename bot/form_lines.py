"""Several answers in one message: lines such as « Titre : … » and « Pages : 12-30 »."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from rapidfuzz import fuzz

from bot import markup
from bot.addressed import answered
from bot.heads import MOST_WORDS
from bot.letter_lines import Told, labels_left_blank, remark_in, told_in
from bot.naming import answer_for
from bot.question import Answer, Question, Unreadable
from bot.reading import is_doubtful
from bot.reading.texts import is_quoted
from bot.reading.words import choose, fold
from bot.render import LANGUAGES, Wording
from bot.statements import Statement, change_in, statements_in
from bot.talk import Waiting
from bot.turn import Turn

SEPARATOR = re.compile(r"[:=]")
LONGEST_LABEL = 40
"""Characters."""
FEWEST = 2
"""Lines: a single one may well be a title with a colon in it."""
FEWEST_UNASKED = 3
"""Lines of a letter that answers none of ours: with these it begins what they belong to."""
NEAR = 85
"""How alike a label is to be to one that was shown (0 to 100, rapidfuzz ratio)."""

MOST_STATED = 10
"""Words of a value that is no free text."""

Fields = Mapping[str, Question[object]]


@dataclass(frozen=True, slots=True)
class Lines:
    """What was filled in, and what was said besides."""

    answers: Mapping[str, Answer] = field(default_factory=dict)
    """By question name."""
    remark: str = ""
    corrects: bool = False
    """Whether they change what was just summed up."""
    partly: bool = False
    """Whether more was told than was understood."""
    anew: bool = False
    """Whether they begin over: nothing answered before holds for what is asked now."""


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
    return _with_stated(turn, waiting, _read(turn, envelope.whole, waiting.fields, named))


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


def stated_in(turn: Turn, fields: Fields, text: str) -> Lines:
    """What the sentences of a text say of fields that they begin with, where it reads; the rest is the remark."""
    found: dict[str, Answer] = {}
    for one in statements_in(text, _names(turn.house.wording, fields)):
        answer = _stated(turn, fields[one.name], one)
        if answer:
            found.setdefault(one.name, answer)
            text = text.replace(one.said, "", 1)
    return Lines(found, text.strip(" ,;.\n")) if found else Lines()


def chosen(turn: Turn, question: Question[object]) -> Answer | None:
    """The choice that the whole message names, of those of a question that nobody put just now."""
    answer = answer_for(turn, question, turn.heard.text)
    is_choice = question.reader.choices and not question.reader.reads_anything
    return answer if is_choice and answer.value and not turn.heard.text.strip().isdecimal() else None


def change_asked(turn: Turn, fields: Fields) -> Lines:
    """The one field that the whole message asks to change, with its new value: « change le titre pour X »."""
    verbs = {fold(word) for word in turn.house.wording.words("edit/command", "words")}
    asked = change_in(turn.heard.text, verbs, _names(turn.house.wording, fields))
    answer = _stated(turn, fields[asked.name], asked) if asked else None
    return Lines({asked.name: answer}, corrects=True) if asked and answer else Lines()


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


def _stated(turn: Turn, question: Question[object], one: Statement) -> Answer | None:
    """The answer that a statement gives, if it reads and could hardly be meant otherwise."""
    quoted = is_quoted(one.text)
    if not quoted and is_doubtful(one.text):
        return None
    answer = answer_for(turn, question, one.text)
    try:
        question.reader.read(answer)
    except Unreadable:
        return None
    return answer if quoted or answer.value or _is_meant(turn, question, one) else None


def _is_meant(turn: Turn, question: Question[object], one: Statement) -> bool:
    first = one.text[:1]
    if question.reader.reads_anything and len(one.text.split()) > MOST_WORDS:
        return False
    if question.reader.reads_anything:
        return one.sure or ((first.isupper() or first.isdigit()) and _is_shown(turn, question, one.label))
    find = question.reader.find
    found = find(Answer(one.text, turn.written)) if find else None
    begins = found is not None and fold(one.text).startswith(fold(found))
    return len(one.text.split()) <= MOST_STATED and (one.sure or first.isdigit() or begins)


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
    found = {names[fold(label)]: text for label, text in _labelled(turn.heard.text) if fold(label) in names}
    if len(found) < FEWEST:
        return {}
    return {name: answer_for(turn, fields[name], text) for name, text in found.items()}


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


def _names(wording: Wording, fields: Fields) -> dict[str, str]:
    """Which question each folded field label names, in either language."""
    return {
        fold(word): name
        for name, question in fields.items()
        for word in wording.words(question.template, "#")
    }
