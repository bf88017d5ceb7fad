"""Subject: what a message can be about: an entry, a wish, a kind of small talk, or what no entry answers."""

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
WISHES: Final = "wishes.toml"
ELSEWHERE: Final = "elsewhere.toml"


class Kind(StrEnum):
    """What becomes of a message about it: answered, done, met with a kind word, or owned up to."""

    ENTRY = "entry"
    WISH = "wish"
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
    """The kinds of small talk, the wishes, and, as one subject, all matters of which the assistant knows nothing.

    From the files of a folder (ours, if none is given). Raises EntriesFaulty with every fault.
    """
    files_ = (SMALL_TALK, WISHES, ELSEWHERE)
    talk, wishes, others = sheets = [_sheet(folder or files("faq"), file) for file in files_]
    kinds = (*_subjects(talk, Kind.SMALL_TALK), *_subjects(wishes, Kind.WISH))
    matters = [wording for section in others.table for wording in _wordings(others, section)]
    if faults := [fault for sheet in sheets for fault in sorted(sheet.faults)]:
        raise EntriesFaulty(faults)
    return (*kinds, Subject("elsewhere", Kind.ELSEWHERE, tuple(matters)))


def _subjects(sheet: Sheet, kind: Kind) -> tuple[Subject, ...]:
    return tuple(Subject(section, kind, _wordings(sheet, section)) for section in sheet.table)


def _sheet(folder: Traversable, file: str) -> Sheet:
    sheet = Sheet(file, (folder / file).read_bytes())
    sheet.only(section for section, said in sheet.table.items() if isinstance(said, dict))
    return sheet


def _wordings(sheet: Sheet, section: str) -> tuple[Wording, ...]:
    sheet.only(Language, section)
    return tuple(
        Wording(language, line.text) for language in Language for line in sheet.lines(language, section)
    )
