"""The flat conversation: declared steps in order, numbered, checked against each other, summed up in a recap."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, TypeVar

from bot.filling import Blank, Filling, Line
from bot.question import Choice, Known, Question, Unreadable
from bot.talk import Talk

T = TypeVar("T")

Values = Mapping[str, Any]
"""The answers read so far, by question name."""


def always(_values: Values) -> bool:
    """For a step that applies to everybody."""
    return True


@dataclass(frozen=True, slots=True)
class Step:
    """One question of a form, and how it depends on the answers before it."""

    question: Question[Any]
    when: Callable[[Values], bool] = always
    """Whether it applies, by the answers so far; asked ahead too, when few are known."""
    check: Callable[[Values, Any], None] | None = None
    """Raises Unreadable for an answer that the ones before it rule out."""
    default: Callable[[Values], Known[Any] | None] | None = None
    """What is known without asking; None asks. Not an answer: it goes when what it came from goes."""
    suggest: Callable[[Values], Sequence[Choice]] | None = None
    """Choices whose labels are data; called only when the question is put."""

    @property
    def name(self) -> str:
        return self.question.name


@dataclass(frozen=True, slots=True)
class Form:
    """Steps asked in order."""

    steps: tuple[Step, ...]

    async def fill(self, talk: Talk) -> dict[str, Any]:
        """The values of all steps that apply, in order."""
        talk.fields, talk.filling = self.fields, lambda: self.filling(talk)
        values: dict[str, Any] = {}
        for step in self.steps:
            if step.when(values):
                values[step.name] = await self._ask(talk, step, values)
        return values

    @property
    def fields(self) -> Mapping[str, Question[object]]:
        """The questions by name: one message may answer several."""
        return MappingProxyType({step.name: step.question for step in self.steps})

    def filling(self, talk: Talk) -> Filling:
        """How far it is filled in; `when` and `default` are asked ahead, with the answers that read."""
        values: dict[str, Any] = {}
        blanks: list[Blank] = []
        for step in self.steps:
            if not step.when(values):
                continue
            try:
                known = _standing(step, values, talk)
            except Unreadable as problem:
                blanks.append(Blank(step.question, problem))
                continue
            if known:
                values[step.name] = known.value
            elif not step.question.confirms:
                blanks.append(Blank(step.question))
        return Filling(self.lines(values), tuple(blanks))

    def lines(self, values: Values) -> tuple[Line, ...]:
        """The recap: every value that is not empty, in the order of the steps."""
        return tuple(
            Line(step.question.template, step.name, values[step.name])
            for step in self.steps
            if step.when(values) and values.get(step.name) is not None and not step.question.confirms
        )

    async def confirm(
        self, talk: Talk, recap: Question[Any], values: Values, **more: object
    ) -> tuple[Line, ...]:
        """The lines that the person has confirmed. `more` is what else the recap's wording shows, and binds too."""
        lines = self.lines(values)
        await talk.ask(recap, {"lines": lines, **more})
        return lines

    async def _ask(self, talk: Talk, step: Step, values: Values) -> Any:
        known = dict(values)
        check, suggest = step.check, step.suggest
        return await talk.ask(
            step.question,
            {"values": known},
            check=(lambda value: check(known, value)) if check else None,
            suggest=(lambda: suggest(known)) if suggest else None,
            default=step.default(known) if step.default else None,
            also=lambda: {} if talk.progress.editing else self._place(step, known, talk),
        )

    def _place(self, step: Step, values: Values, talk: Talk) -> dict[str, int]:
        """Where this step stands among those that were asked or will be: `step` of `steps`.

        What is only asked back counts for none, so that the number of steps holds.
        """
        if step.question.confirms:
            return {}
        counted = (other for other in self.steps if not other.question.confirms)
        asked = [other for other in counted if other is step or _is_asked(other, values, talk)]
        return {"step": asked.index(step) + 1, "steps": len(asked)}


def _standing(step: Step, values: Values, talk: Talk) -> Known[Any] | None:
    """The answer as it reads, or what is known without one."""
    answer = talk.answer_to(step.name)
    known = step.default(values) if step.default else None
    if answer:
        known = Known(step.question.reader.read(answer))
    with suppress(KeyError):  # what is not known yet rules nothing out
        if step.check and known:
            step.check(values, known.value)
    return known


def _is_asked(step: Step, values: Values, talk: Talk) -> bool:
    known = step.default is not None and step.default(values) is not None
    return step.when(values) and (not known or talk.answer_to(step.name) is not None)
