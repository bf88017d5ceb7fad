"""How far a form is filled in: what reads so far, and what is still to be said."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.question import Answer, Question, Unreadable


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a recap: whose template names the field, and the value."""

    template: str
    name: str
    value: object


@dataclass(frozen=True, slots=True)
class Blank:
    """A field that applies and has no answer, or one that does not read."""

    question: Question[object]
    problem: Unreadable | None = None
    """Why its answer does not read."""


@dataclass(frozen=True, slots=True)
class Filling:
    """A form as it stands."""

    lines: tuple[Line, ...] = ()
    """What reads so far or is known otherwise, in the order of the steps."""
    blanks: tuple[Blank, ...] = ()


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
