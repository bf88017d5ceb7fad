"""Conversations replayed over answers, with no database: what tests of the centre use."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import TypeVar

from bot.question import Answer, Question
from bot.reading import a_count, one_of_values, some_text
from bot.talk import Finished, Progress, Talk, Waiting, run
from tests.bot.answers import WEDNESDAY

T = TypeVar("T")

TITLE = Question("title", "t/title", some_text())
AUTHOR = Question("author", "t/author", some_text())
TOTAL = Question("total", "t/total", a_count())
PAGES = Question("pages", "t/pages", a_count())
SEND = Question("send", "t/recap", one_of_values("send"), confirms=True)


def progress(**answers: str | Answer) -> Progress:
    """These answers, each text in a message of its own."""
    return Progress({name: answer(given) for name, given in answers.items()})


def answer(given: str | Answer, at: datetime = WEDNESDAY) -> Answer:
    """The text as an answer."""
    return given if isinstance(given, Answer) else Answer(given, at)


def waits(conversation: Callable[[Talk], Awaitable[T]], answers: Progress) -> Waiting:
    """Where the conversation waits over these answers."""
    outcome = run(conversation, answers)
    assert isinstance(outcome, Waiting), outcome
    return outcome


def asks(conversation: Callable[[Talk], Awaitable[T]], answers: Progress) -> str:
    """The question that it waits at."""
    return waits(conversation, answers).question.name


def ends(conversation: Callable[[Talk], Awaitable[T]], answers: Progress) -> T:
    """Its result."""
    outcome = run(conversation, answers)
    assert isinstance(outcome, Finished), outcome
    return outcome.result
