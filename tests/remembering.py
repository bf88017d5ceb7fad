"""A library whose editions read no text twice: tests say the same few things over and over, and reading is pure.

Its files stay as they are while tests run, so that they are looked at once and not at each message.
"""

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
        self._stamp = real.stamp()
        self._made: Remembered | None = None

    def stamp(self) -> Hashable:
        return self._stamp

    def edition(self, lessons: Sequence[Lesson] = ()) -> Edition:
        if lessons:
            return self._real.edition(lessons)
        if self._made is None:
            made = self._real.edition()
            self._made = Remembered(**{one.name: getattr(made, one.name) for one in fields(Edition)})
        return self._made

    def last_good(self, lessons: Sequence[Lesson] = ()) -> Edition | None:
        return self._real.last_good(lessons)

    def check(self) -> None:
        self._real.check()
