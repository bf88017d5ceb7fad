"""What is asked, what was answered, and how an answer is read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, TypeVar

T_co = TypeVar("T_co", covariant=True)


@dataclass(frozen=True, slots=True)
class Answer:
    """What a person answered, kept unread: it is read again on every run."""

    text: str
    """As written, or the label of the choice taken."""
    at: datetime
    """When, in the organisation's zone: "hier" is read against it."""
    value: str | None = None
    """The choice taken, where one was: it keeps its meaning when the list shown changes."""
    asked: str = ""
    """The fingerprint of what the question showed: a confirmation holds for that alone."""
    turn: str = ""
    """The message that brought it: answers of one message are undone together."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One of the answers offered whose label is data, such as a title already declared."""

    value: str
    label: str


class Unreadable(Exception):
    """The text does not answer the question: `reason` names the template that says why."""

    def __init__(self, reason: str, **data: object) -> None:
        super().__init__(reason)
        self.reason = reason
        self.data = data


@dataclass(frozen=True, slots=True)
class Reader(Generic[T_co]):
    """How an answer is read: `read` returns its meaning or raises Unreadable."""

    read: Callable[[Answer], T_co]
    choices: tuple[str, ...] = ()
    """The values that may be chosen; their labels stand in the question's template."""
    reads_anything: bool = False
    """True for free text: then a question asked back by the person must not be taken for an answer."""
    numbered: bool = True
    """False where a typed "2" is the number two, never the second choice."""
    prose: bool = False
    """True for free text that may well be long; else only a short one answers, where people write letters."""
    numeric: bool = False
    """True where a long number is what is asked for: one that was blanked is a slip, and no pupil's."""
    find: Callable[[Answer], str | None] | None = None
    """The part of a sentence that answers beyond doubt, as it would be typed alone; None where there is a doubt."""
    loose: bool = False
    """True where a whole sentence is taken for what it seems to mean."""


@dataclass(frozen=True, slots=True)
class Question(Generic[T_co]):
    """Something to ask: the name its answer is kept by, the template of its wording, how the answer is read."""

    name: str
    template: str
    reader: Reader[T_co]
    confirms: bool = False
    """True where the answer confirms what is shown: it counts only for that very data."""


@dataclass(frozen=True, slots=True)
class Known(Generic[T_co]):
    """What is known without asking; it may well be that there is nothing."""

    value: T_co
