"""Fields told in sentences: « Le titre c’est Caribou », « non, l’auteur est Odile Roy »."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from rapidfuzz import fuzz

from bot.filling import Lines
from bot.heads import MOST_WORDS
from bot.naming import answer_for
from bot.question import Answer, Question, Unreadable
from bot.reading import is_doubtful
from bot.reading.texts import is_quoted
from bot.reading.words import choose, fold
from bot.render import LANGUAGES, Wording
from bot.statements import LEAD, Statement, change_in, statements_in
from bot.talk import Waiting
from bot.turn import Turn
from faq.text import looks_like_question
from storage.talks import KeptTalk

MOST_STATED = 10
"""Words of a value that is no free text."""
NEAR = 85
"""How alike a label is to be to one that was shown (0 to 100, rapidfuzz ratio)."""
IT_WAS: Final = r"(?:(?:c['’]est|c['’][ée]tait|it was|it['’]s) )?"
INSTEAD: Final = re.compile(
    r"(?:(?:non|no|finalement|actually|en fait|oups|oops)[ ,]+)*"
    rf"(?:{IT_WAS}(?:pas|not) (?P<old>.+?)(?:[,;:]|,? mais|,? but|(?= c['’]| it)) {IT_WAS}(?P<new>.+?)"
    rf"|{IT_WAS}(?P<newer>.+?),? (?:(?:et )?(?:non|pas)|(?:and )?not) (?P<older>.+?))[ .!]*",
    re.IGNORECASE,
)
"""« pas 26, 25 », "25, not 26": what was said before, and what takes its place."""

Fields = Mapping[str, Question[object]]


def spoken_in(turn: Turn, waiting: Waiting) -> Lines:
    """What a message tells of fields by their names; where anything is an answer, only if it begins with that."""
    put, text = waiting.question, turn.heard.text
    if put.name not in waiting.fields or put.reader.prose or is_quoted(text) or looks_like_question(text):
        return Lines()
    told = statements_in(text, names_of(turn.house.wording, waiting.fields))
    first = next((one for one in told if one.linked), None)
    if first is None or (put.reader.reads_anything and not _begins_with(text, first)):
        return Lines()
    stated = stated_in(turn, waiting.fields, text, linked=True)
    corrects = bool(stated.answers.keys() - {put.name})
    return replace(stated, corrects=corrects, partly=bool(stated.remark)) if stated.answers else Lines()


def replaced_in(turn: Turn, kept: KeptTalk, fields: Fields) -> Lines:
    """The one answer that a message takes back for another: « pas 12-45, 12-40 »."""
    said = INSTEAD.fullmatch(turn.heard.text.strip())
    old, new = (said["old"] or said["older"], said["new"] or said["newer"]) if said else ("", "")
    found = {
        name: answer
        for name, question in fields.items()
        if old and name in kept.answers and _reads_alike(turn, question, old, kept.answers[name])
        if reads(question, answer := answer_for(turn, question, new))
    }
    return Lines(found, corrects=True) if len(found) == 1 else Lines()


def _reads_alike(turn: Turn, question: Question[object], text: str, kept: Mapping[str, Any]) -> bool:
    """Whether the text says the same as the answer kept."""
    told, before = answer_for(turn, question, text), answer_for(turn, question, kept["text"])
    return reads(question, told) and question.reader.read(told) == question.reader.read(before)


def _begins_with(text: str, first: Statement) -> bool:
    """Whether nothing but « non » and the like stands before the first thing stated."""
    return _is_lead(text.partition(first.said)[0])


def _is_lead(text: str) -> bool:
    return all(word in LEAD for word in map(fold, text.split()) if word)


def stated_in(turn: Turn, fields: Fields, text: str, *, linked: bool = False) -> Lines:
    """What the sentences of a text say of fields that they begin with, where it reads; the rest is the remark.

    `linked`: only where a sign or a verb stands between the name and the value, and free text under the name shown.
    """
    found: dict[str, Answer] = {}
    for one in statements_in(text, names_of(turn.house.wording, fields)):
        question = fields[one.name]
        if linked and not (one.linked and _names_it(turn, question, one)):
            continue
        answer = _stated(turn, question, one)
        if answer:
            found.setdefault(one.name, answer)
            text = text.replace(one.said, "", 1)
    return Lines(found, "" if _is_lead(text) else text.strip(" ,;.\n")) if found else Lines()


def _names_it(turn: Turn, question: Question[object], one: Statement) -> bool:
    return not question.reader.reads_anything or is_shown(turn, question, one.label)


def change_asked(turn: Turn, fields: Fields) -> Lines:
    """The one field that the whole message asks to change, with its new value: « change le titre pour X »."""
    verbs = {fold(word) for word in turn.house.wording.words("edit/command", "words")}
    asked = change_in(turn.heard.text, verbs, names_of(turn.house.wording, fields))
    answer = _stated(turn, fields[asked.name], asked) if asked else None
    return Lines({asked.name: answer}, corrects=True) if asked and answer else Lines()


def _stated(turn: Turn, question: Question[object], one: Statement) -> Answer | None:
    """The answer that a statement gives, if it reads and could hardly be meant otherwise."""
    quoted = is_quoted(one.text)
    if not quoted and is_doubtful(one.text):
        return None
    answer = answer_for(turn, question, one.text)
    if not reads(question, answer):
        return None
    return answer if quoted or answer.value or _is_meant(turn, question, one) else None


def reads(question: Question[object], answer: Answer) -> bool:
    """Whether the answer reads by itself."""
    return problem_with(question, answer) is None


def problem_with(question: Question[object], answer: Answer) -> Unreadable | None:
    """Why the answer does not read, whatever the other answers are."""
    try:
        question.reader.read(answer)
    except Unreadable as problem:
        return problem
    return None


def _is_meant(turn: Turn, question: Question[object], one: Statement) -> bool:
    first = one.text[:1]
    if question.reader.reads_anything and len(one.text.split()) > MOST_WORDS:
        return False
    if question.reader.reads_anything:
        return one.sure or ((first.isupper() or first.isdigit()) and is_shown(turn, question, one.label))
    find = question.reader.find
    found = find(Answer(one.text, turn.written)) if find else None
    begins = found is not None and fold(one.text).startswith(fold(found))
    return len(one.text.split()) <= MOST_STATED and (one.sure or first.isdigit() or begins)


def names_of(wording: Wording, fields: Fields) -> dict[str, str]:
    """Which question each folded field label names, in either language."""
    return {
        fold(word): name
        for name, question in fields.items()
        for word in wording.words(question.template, "#")
    }


def is_shown(turn: Turn, question: Question[object], label: str) -> bool:
    """Whether this is the very label that letters show, and not another word for it."""
    shown = [(question.name, shown_as(turn.house.wording, question))]
    return (choose(label, shown) or nearest(label, shown)) is not None


def nearest(label: str, shown: Sequence[tuple[str, Sequence[str]]]) -> str | None:
    """The one field that is shown under nearly this label."""
    near = {name for name, words in shown for word in words if fuzz.ratio(fold(label), fold(word)) >= NEAR}
    return near.pop() if len(near) == 1 else None


def shown_as(wording: Wording, question: Question[object]) -> tuple[str, ...]:
    labels = (wording.label(question.template, "#", language) for language in LANGUAGES)
    return tuple(label.text for label in labels if label)
