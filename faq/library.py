"""Library: makes the editions of the knowledge base from its files and from what the operators taught."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Final

from faq.edition import Edition
from faq.lesson import Lesson, answered_by, entry_of
from faq.loader import load_entries
from faq.matcher import Matcher, Precedent
from faq.meaning import Encode
from faq.memory import Memory
from faq.subject import load_topics, subject_of
from faq.text import normalise

INDEX: Final = "matcher.npz"


@dataclass(frozen=True, slots=True)
class _Built:
    """The files at one moment, and what was made of them."""

    stamp: Hashable
    edition: Edition
    wordings: frozenset[str]
    """All of them, normalised."""


class Library:
    """Keeps what is dear to build, so that the next edition costs only what has changed."""

    def __init__(
        self, encode: Encode | None = None, cache: Path | None = None, folder: Path | None = None
    ) -> None:
        """`cache`: a folder for what is worked out at the first start, so that the next one is quicker.

        `folder`: where the files are, if not in this package.
        """
        self._folder = folder or Path(str(files("faq")))
        self._encode = encode
        self._memory = Memory(cache / INDEX if cache else None)
        self._built: _Built | None = None

    def stamp(self) -> Hashable:
        """Changes when a file of the knowledge base does."""
        found = (*self._folder.glob("*.toml"), *self._folder.glob("entries/*.toml"))
        return frozenset((file.name, (kept := file.stat()).st_mtime_ns, kept.st_size) for file in found)

    def edition(self, lessons: Sequence[Lesson] = ()) -> Edition:
        """The newest edition; raises EntriesFaulty when a file is at fault."""
        stamp = self.stamp()
        if self._built is None or self._built.stamp != stamp:
            self._built = self._build(stamp)
        return _with_lessons(self._built, lessons)

    def last_good(self, lessons: Sequence[Lesson] = ()) -> Edition | None:
        """The edition of the files as they last were without a fault; None when there has been none."""
        return _with_lessons(self._built, lessons) if self._built else None

    def check(self) -> None:
        """Raises EntriesFaulty when a file is at fault; takes a tenth of what an edition does."""
        load_entries(self._folder / "entries")
        load_topics(self._folder)

    def _build(self, stamp: Hashable) -> _Built:
        """The edition of the files alone."""
        entries = load_entries(self._folder / "entries")
        subjects = (*map(subject_of, entries), *load_topics(self._folder))
        matcher = Matcher(subjects, self._encode, self._memory)
        said = {normalise(wording.text) for entry in entries for wording in entry.wordings}
        return _Built(stamp, Edition({entry.id: entry for entry in entries}, matcher), frozenset(said))


def _with_lessons(built: _Built, lessons: Sequence[Lesson]) -> Edition:
    """What the files say goes before what was taught: after an export and its review, they decide."""
    edition = built.edition
    if not lessons:
        return edition
    own = {entry.id: entry for entry in (entry_of(lesson) for lesson in lessons if lesson.answer)}
    entries = {**own, **edition.entries}
    precedents = [
        Precedent(lesson.text, answered_by(lesson))
        for lesson in lessons
        if answered_by(lesson) in entries and normalise(lesson.text) not in built.wordings
    ]
    return Edition(entries, edition.matcher.taught(precedents))
