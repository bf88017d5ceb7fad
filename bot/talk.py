"""Conversations as plain async functions, replayed over the answers so far.

On every message the function runs from its first line. A question with an answer returns it at once; the first one
without ends the run. The answers are the whole state: going back forgets the last one, a restart loses nothing.
A conversation asks and returns. It may read, but changes nothing and waits for nothing but the person.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
import threading
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any, Generic, NoReturn, TypeVar, cast

from bot.filling import Filling
from bot.question import Answer, Choice, Known, Question, Unreadable

T = TypeVar("T")


def _nothing() -> Mapping[str, Any]:
    return MappingProxyType({})


NOTHING = _nothing()
FINGERPRINT = 8
"""Hexadecimal digits: enough to tell apart what one person was shown, and short enough for a button."""


class ConversationFault(Exception):
    """A conversation broke a rule of this module: mend its code."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a talk has come: its answers by question name, and the question being edited if any."""

    answers: Mapping[str, Answer] = field(default_factory=_nothing)
    editing: str = ""

    def answered(self, new: Mapping[str, Answer]) -> Progress:
        """With these answers added."""
        editing = "" if self.editing in new else self.editing
        return Progress({**self.answers, **new}, editing)

    def edit(self, name: str) -> Progress:
        """With that question put again; its old answer stands until a new one is given."""
        return replace(self, editing=name)

    def back(self, path: Sequence[str]) -> Progress:
        """Without the last answer of the path, nor those that came in the same message; ends an edit first."""
        if self.editing:
            return replace(self, editing="")
        last = next((self.answers[name] for name in reversed(path) if name in self.answers), None)
        if last is None:
            return self
        kept = {name: answer for name, answer in self.answers.items() if not _together(answer, last)}
        return replace(self, answers=kept)


def _together(answer: Answer, last: Answer) -> bool:
    return answer is last or (answer.turn != "" and answer.turn == last.turn)


@dataclass(frozen=True, slots=True)
class Waiting:
    """The run stopped at a question that has no answer yet, or one that no longer reads."""

    question: Question[object]
    data: Mapping[str, object]
    """What its wording shows."""
    asked: str
    """The fingerprint of what a confirmation is bound to."""
    path: tuple[str, ...]
    """The questions answered before this one on the way here, in order."""
    problem: Unreadable | None = None
    choices: tuple[Choice, ...] = ()
    fields: Mapping[str, Question[object]] = field(default_factory=_nothing)
    """The questions known ahead, by name: one message may answer several of them."""
    known: Mapping[str, Question[object]] = field(default_factory=_nothing)
    """Those passed on the way here, answered or known otherwise, in order: they can be edited."""
    filling: Callable[[], Filling] = Filling
    """How far the questions known ahead are answered."""


@dataclass(frozen=True, slots=True)
class Finished(Generic[T]):
    """The conversation came to its end with this result."""

    result: T
    path: tuple[str, ...]


class _Stop(BaseException):
    """Ends a run at a question; a BaseException so that a conversation's `except Exception` lets it pass."""

    def __init__(self, waiting: Waiting) -> None:
        self.waiting = waiting


@dataclass(slots=True)
class Talk:
    """What a conversation asks through, for one run."""

    progress: Progress
    seed: Mapping[str, str] = field(default_factory=_nothing)
    """What the talk was begun with, such as the declaration it starts from."""
    fields: Mapping[str, Question[object]] = field(default_factory=_nothing)
    filling: Callable[[], Filling] = Filling
    _path: list[str] = field(default_factory=list)
    _known: dict[str, Question[object]] = field(default_factory=dict)
    _asked: set[str] = field(default_factory=set)
    _stopped: _Stop | None = None
    _owner: object = None
    """The task and thread that run it: `ask` from any other is refused."""
    _fault: ConversationFault | None = None
    """Kept, so that a run that swallows it fails all the same."""

    def answer_to(self, name: str) -> Answer | None:
        """The answer kept for a question, or None; while it is being edited it still stands."""
        return self.progress.answers.get(name)

    async def ask(
        self,
        question: Question[T],
        data: Mapping[str, object] = NOTHING,
        /,
        *,
        check: Callable[[T], None] | None = None,
        suggest: Callable[[], Sequence[Choice]] | None = None,
        default: Known[T] | None = None,
        also: Callable[[], Mapping[str, object]] | None = None,
    ) -> T:
        """The answer to the question, or the end of this run. `data` is what its wording shows.

        `check` raises Unreadable for an answer that other answers rule out. `default` stands, unless that rules it out
        too, while the person has given no answer and does not edit it. `suggest` gives choices that are data, `also`
        more data for the wording; both are called only when the question is put.
        """
        self._refuse_misuse(question)
        answer = self.progress.answers.get(question.name)
        edited = self.progress.editing == question.name
        stands = default if answer is None and not edited else None
        outdated = answer is not None and question.confirms and answer.asked != fingerprint(data)
        if stands is None and (edited or answer is None or outdated):
            self._stop(question, data, None, suggest, also)
        try:
            value = stands.value if stands else question.reader.read(cast(Answer, answer))
            if check is not None:
                check(value)
        except Unreadable as problem:
            self._stop(question, data, problem, suggest, also)
        if answer is not None:
            self._path.append(question.name)
        self._known[question.name] = cast("Question[object]", question)
        return value

    def _stop(
        self,
        question: Question[T],
        data: Mapping[str, object],
        problem: Unreadable | None,
        suggest: Callable[[], Sequence[Choice]] | None,
        also: Callable[[], Mapping[str, object]] | None,
    ) -> NoReturn:
        waiting = Waiting(
            question=cast("Question[object]", question),
            data={**data, **(also() if also else {})},
            asked=fingerprint(data) if question.confirms else "",
            path=tuple(self._path),
            problem=problem,
            choices=tuple(suggest()) if suggest else (),
            fields=self.fields,
            known=dict(self._known),
            filling=self.filling,
        )
        self._stopped = _Stop(waiting)
        raise self._stopped

    def _refuse_misuse(self, question: Question[T]) -> None:
        misuses = {
            "asked outside the run, or from another task": self._owner != _here(),
            "asked after the run had stopped; let the stop pass": self._stopped is not None,
            "asked twice in one run": question.name in self._asked,
        }
        self._asked.add(question.name)
        found = next((misuse for misuse, committed in misuses.items() if committed), None)
        if found:
            self._fault = ConversationFault(f"{question.name}: {found}")
            raise self._fault


def run(
    conversation: Callable[[Talk], Awaitable[T]], progress: Progress, seed: Mapping[str, str] = NOTHING
) -> Waiting | Finished[T]:
    """Replays the conversation over the answers: where it waits now, or its result."""
    talk = Talk(progress, seed, _owner=_here())
    try:
        result = _drive(conversation(talk))
    except _Stop as stop:
        return stop.waiting
    finally:
        talk._owner = None
    if talk._fault:
        raise talk._fault
    if talk._stopped:
        raise ConversationFault(f"{talk._stopped.waiting.question.name}: the stop was swallowed")
    return Finished(result, tuple(talk._path))


def _drive(conversation: Awaitable[T]) -> T:
    """Runs to the end without an event loop: there is nothing to wait for but the person."""
    steps = conversation.__await__()
    try:
        next(steps)
    except StopIteration as end:
        return cast("T", end.value)
    close = getattr(steps, "close", None)
    if close:
        close()
    raise ConversationFault("a conversation waits for the person alone; look things up before or after it")


def _here() -> tuple[int, object]:
    try:
        task: object = asyncio.current_task()
    except RuntimeError:
        task = None
    return threading.get_ident(), task


def fingerprint(data: Mapping[str, object]) -> str:
    """Names the data that a question shows, whatever the words around it."""
    written = json.dumps(data, sort_keys=True, default=str, ensure_ascii=False)
    return hashlib.sha256(written.encode()).hexdigest()[:FINGERPRINT]
