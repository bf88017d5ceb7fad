"""Subject: what a question can be about: an entry, a kind of small talk, or a matter that no entry answers."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from importlib.resources import files
from typing import Final

from faq.entry import Entry, Language, Wording
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
    wordings: tuple[Wording, ...]
    unlike: tuple[Wording, ...] = ()
    """Near misses: questions in like words about something else."""


def subject_of(entry: Entry) -> Subject:
    """An entry as the matcher sees it: its titles are wordings too."""
    titles = (Wording(answer.language, answer.title) for answer in entry.answers)
    return Subject(entry.id, Kind.ENTRY, (*titles, *entry.wordings), entry.unlike)


def load_topics() -> tuple[Subject, ...]:
    """The kinds of small talk, and the matters of which the assistant knows nothing."""
    return (*_topics(SMALL_TALK, Kind.SMALL_TALK), *_topics(ELSEWHERE, Kind.ELSEWHERE))


def _topics(file: str, kind: Kind) -> tuple[Subject, ...]:
    sheet = Sheet(file, (files("faq") / file).read_bytes())
    return tuple(Subject(section, kind, _wordings(sheet, section)) for section in sheet.table)


def _wordings(sheet: Sheet, section: str) -> tuple[Wording, ...]:
    said = sheet.table[section]
    table = said if isinstance(said, dict) else {}
    return tuple(
        Wording(language, line.strip())
        for language in Language
        for line in str(table.get(language, "")).split("\n")
        if line.strip()
    )
