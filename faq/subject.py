"""Subject: what a question can be about: an entry, a kind of small talk, or a matter that no entry answers."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Final

from faq.entry import Entry, Language, Wording
from faq.loader import EntriesFaulty
from faq.sheet import Sheet

SMALL_TALK: Final = "small_talk.toml"
ELSEWHERE: Final = "elsewhere.toml"


class Kind(StrEnum):
    """What becomes of a question about it: answered, met with a kind word, or owned up to."""

    ENTRY = "entry"
    SMALL_TALK = "small_talk"
    ELSEWHERE = "elsewhere"


@dataclass(frozen=True, slots=True)
class Subject:
    """What the matcher learns from: an id and how people put it."""

    id: str
    kind: Kind
    wordings: tuple[Wording, ...] = field(hash=False)
    """Hundreds, which would be hashed anew for every question."""
    unlike: tuple[Wording, ...] = field(default=(), hash=False)
    """Near misses: questions in like words about something else."""


def subject_of(entry: Entry) -> Subject:
    """An entry as the matcher sees it: its titles are wordings too."""
    titles = (Wording(answer.language, answer.title) for answer in entry.answers)
    return Subject(entry.id, Kind.ENTRY, (*titles, *entry.wordings), entry.unlike)


def load_topics(folder: Traversable | None = None) -> tuple[Subject, ...]:
    """The kinds of small talk, and, as one subject, all matters of which the assistant knows nothing.

    From the files of a folder (ours, if none is given). Raises EntriesFaulty with every fault.
    """
    talk, others = (_sheet(folder or files("faq"), file) for file in (SMALL_TALK, ELSEWHERE))
    kinds = tuple(Subject(section, Kind.SMALL_TALK, _wordings(talk, section)) for section in talk.table)
    matters = [wording for section in others.table for wording in _wordings(others, section)]
    if faults := [*sorted(talk.faults), *sorted(others.faults)]:
        raise EntriesFaulty(faults)
    return (*kinds, Subject("elsewhere", Kind.ELSEWHERE, tuple(matters)))


def _sheet(folder: Traversable, file: str) -> Sheet:
    sheet = Sheet(file, (folder / file).read_bytes())
    sheet.only(section for section, said in sheet.table.items() if isinstance(said, dict))
    return sheet


def _wordings(sheet: Sheet, section: str) -> tuple[Wording, ...]:
    sheet.only(Language, section)
    return tuple(
        Wording(language, line.text) for language in Language for line in sheet.lines(language, section)
    )
