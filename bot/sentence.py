"""Several answers in one plain sentence: « J’ai copié les pages 12 à 30 pour 28 élèves lundi passé »."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

from bot.naming import answer_for
from bot.question import Answer, Question, Unreadable
from bot.reading import is_doubtful
from bot.reading.sentences import LONGEST
from bot.reading.texts import is_quoted
from bot.reading.words import plain
from bot.statements import LEAD
from bot.turn import Turn
from faq.text import light_words

FEWEST = 2
"""Answers: with fewer, the message is read as the answer to the question that waits."""
SHORTEST = 3
"""Words: fewer are no sentence."""
BESIDE = frozenset(
    [
        "avec",
        "bonjour",
        "classe",
        "dans",
        "merci",
        "monsieur",
        "madame",
        "page",
        "pages",
        "photocopies",
        "photocopie",
        "copies",
        "copie",
        "eleve",
        "eleves",
        "pour",
        "des",
        "les",
        "mes",
        "une",
        "bon",
        "alors",
        "svp",
        "pupils",
        "students",
        "pupil",
        "student",
        "hello",
        "please",
        "thanks",
        "thank",
        "you",
        "class",
        "copies",
        "with",
        "from",
        "today",
        "aujourd",
        "hui",
        "the",
        "and",
        "for",
    ]
)
"""Words that such answers are told with, and courtesies."""
LEAST_WORD = 3
"""Letters."""
TELLS = re.compile(
    r"\b(?:j'ai|j'en ai|je|nous|on a|i|i've|we|we've|(?:photo)?copi(?:e|ee|es|ees|ed)|utilise|used|imprime|printed"
    r"|distribue|projete|declarer?|declare)\b"
)
"""Somebody tells what they did: no title of a book is written so."""


def certain_answers(
    turn: Turn,
    fields: Mapping[str, Question[object]],
    known: Collection[str] = (),
    shortest: int = SHORTEST,
    *,
    asks: bool = False,
) -> dict[str, Answer]:
    """The answers that the message gives beyond doubt, by question name; none to what is `known`.

    A text of fewer than `shortest` words gives none; nor one that doubts, unless it `asks` for what they lead to.
    """
    text = turn.heard.text.strip()
    doubtful = len(text) > LONGEST if asks else is_doubtful(text)
    if len(text.split()) < shortest or is_quoted(text) or doubtful:
        return {}
    asked = (question for name, question in fields.items() if name not in known)
    found = ((question, _certain(turn, question, text)) for question in asked)
    return {question.name: answer for question, answer in found if answer}


def tells(turn: Turn) -> bool:
    """Whether the message is a sentence of somebody's who tells what they did."""
    return bool(TELLS.search(plain(turn.heard.text)))


def tells_more(turn: Turn, fields: Mapping[str, Question[object]], certain: Mapping[str, Answer]) -> bool:
    """Whether the message holds words besides those answers, and besides what such answers are told with."""
    text = plain(turn.heard.text)
    for answer in certain.values():
        text = re.sub(rf"(?<!\w){re.escape(plain(answer.text))}(?!\w)", " ", text, count=1)
    wording = turn.house.wording
    named = {
        word
        for one in fields.values()
        for label in wording.words(one.template, "#")
        for word in _words(label)
    }
    light = light_words("fr") | light_words("en") | LEAD | BESIDE
    rest = _words(TELLS.sub(" ", text)) - named - light
    return any(len(word) >= LEAST_WORD or word.isdecimal() for word in rest)


def _words(text: str) -> set[str]:
    return set(re.findall(r"[^\W_]+", plain(text)))


def _certain(turn: Turn, question: Question[object], text: str) -> Answer | None:
    """The answer that stands in the text, if it also reads."""
    found = question.reader.find(Answer(text, turn.written)) if question.reader.find else None
    answer = answer_for(turn, question, found) if found else None
    try:
        if answer:
            question.reader.read(answer)
    except Unreadable:
        return None
    return answer
