"""How far a form is filled in: what reads so far, and what is still to be said."""

from __future__ import annotations

from dataclasses import dataclass

from bot.question import Question, Unreadable


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
