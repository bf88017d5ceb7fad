"""A library whose editions read no text twice: tests say the same few things over and over, and reading is pure."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass, field, fields

from faq.edition import Edition, Reading
from faq.lesson import Lesson
from faq.library import Library


@dataclass(frozen=True, slots=True)
class Remembered(Edition):
    """The real edition, and what it has read so far; one with another matcher begins anew."""

    readings: dict[str, Reading] = field(default_factory=dict, init=False, repr=False, compare=False)

    def read(self, text: str) -> Reading:
        if text not in self.readings:
            self.readings[text] = Edition.read(self, text)
        return self.readings[text]


class Remembering(Library):
    """What another library makes; what operators teach makes an edition that is like any other."""

    def __init__(self, real: Library) -> None:
        self._real = real
        self._made: tuple[Edition, Remembered] | None = None

    def stamp(self) -> Hashable:
        return self._real.stamp()

    def edition(self, lessons: Sequence[Lesson] = ()) -> Edition:
        made = self._real.edition(lessons)
        return made if lessons else self._remembered(made)

    def last_good(self, lessons: Sequence[Lesson] = ()) -> Edition | None:
        return self._real.last_good(lessons)

    def check(self) -> None:
        self._real.check()

    def _remembered(self, made: Edition) -> Edition:
        if self._made is None or self._made[0] is not made:
            self._made = made, Remembered(**{one.name: getattr(made, one.name) for one in fields(Edition)})
        return self._made[1]
