"""A list of people line by line: which column is which, and what each line holds, as it was written."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Final, TypeVar

from bot.blanking import blank
from bot.reading import fold
from bot.reading.words import plain
from bot.render import Wording
from storage.states import Role, Sector

K = TypeVar("K")
Row = Sequence[str]

HEADINGS_WITHIN: Final = 20
"""Lines in which the headings are looked for: titles and merged cells often stand above them."""
LEAST_HEADINGS: Final = 2
ASIDE = re.compile(r"\([^)]*\)|\[[^]]*\]|(?<=\w)[·•.][a-z]+$|[*:,]")
"""What stands beside a word and does not change it: « (e) », « ·e », an asterisk."""
LAST_FIRST = re.compile(r"([^,]+), *([^,]+)")
NO_LETTER = re.compile(r"[^\w]+")
NO_TITLE: Final = frozenset({"aide", "assistant", "assistante", "assistants", "ancien", "ancienne", "former"})
"""Words that make something else of a role."""
TITLED: Final = (Role.TEACHER, Role.SPECIALIST, Role.PROFESSIONAL, Role.SECRETARY)
"""Roles that are told from a title; whoever lets others in has to be named outright."""
BETWEEN = re.compile(r"\s*[/,]\s*")


class Column(StrEnum):
    """What a column may hold; the name is that of its field in `Line`."""

    CENTRE = "centre"
    SCHOOL = "school"
    SECTOR = "sector"
    PARTICIPATING = "participating"
    HEADCOUNT = "headcount"
    PHONE = "phone"
    LAST = "last"
    FIRST = "first"
    NAME = "name"
    MAIL = "mail"
    ROLE = "role"
    LANGUAGE = "language"


NUMBERED: Final = frozenset({Column.HEADCOUNT, Column.PHONE, Column.MAIL})


@dataclass(frozen=True, slots=True)
class Line:
    """One line as it was written; what its columns lack is empty."""

    number: int
    """As a spreadsheet counts, from 1."""
    centre: str = ""
    school: str = ""
    sector: str = ""
    participating: str = ""
    headcount: str = ""
    phone: str = ""
    name: str = ""
    mail: str = ""
    role: str = ""
    language: str = ""

    @property
    def names_somebody(self) -> bool:
        """Whether it is about a person, and not only about a school."""
        return bool(self.name or self.mail or self.role)


@dataclass(frozen=True, slots=True)
class Sheet:
    """The lines of a list, and the columns that it has."""

    lines: tuple[Line, ...]
    columns: frozenset[Column]
    strange: tuple[str, ...] = ()
    """The headings that mean none of them, as written."""

    @property
    def is_list(self) -> bool:
        """Whether it looks like a list of people at all."""
        return Column.MAIL in self.columns or {Column.SCHOOL, Column.ROLE} <= self.columns

    @property
    def missing(self) -> frozenset[Column]:
        """The columns without which nobody can be put anywhere; a service centre's people have no school."""
        needed = {Column.MAIL, Column.ROLE} | (
            {Column.SCHOOL} if Column.CENTRE not in self.columns else set()
        )
        return frozenset(needed - self.columns)


@dataclass(frozen=True, slots=True)
class Words:
    """What the words of a list mean, folded, in either language."""

    headings: Mapping[str, Column]
    roles: Mapping[str, Role]
    sectors: Mapping[str, Sector]
    languages: Mapping[str, str]
    yes_or_no: Mapping[str, bool]
    titles: frozenset[str]
    """« Mme » and the like, before a name."""
    totals: frozenset[str]
    """What a line begins with that only adds others up."""

    def role(self, text: str) -> Role | None:
        """The role meant; of « enseignante / enseignant » both halves mean the same."""
        whole = self.roles.get(bare(text))
        parts = BETWEEN.split(text)
        if whole or len(parts) == 1:
            return whole or self._title(bare(text))
        halves = {self.roles.get(bare(half)) for half in parts}
        return halves.pop() if len(halves) == 1 else None

    def _title(self, text: str) -> Role | None:
        """« Titulaire 3e », "English teacher": what opens or ends with a role, but for those that let others in."""
        words = NO_LETTER.sub(" ", text).split()
        if NO_TITLE.intersection(words):
            return None
        openings = (" ".join(words[:length]) for length in range(len(words), 0, -1))
        found = next(filter(None, map(self.roles.get, openings)), None) or self.roles.get(
            words[-1] if words else ""
        )
        return found if found in TITLED else None

    def person(self, name: str) -> str:
        """A name without « Mme » before it, the first name first: « Roy, Dominique »."""
        parts = name.split()
        while parts and bare(parts[0]) in self.titles:
            del parts[0]
        return LAST_FIRST.sub(r"\2 \1", " ".join(parts))


def words_of(wording: Wording) -> Words:
    """As the templates say them."""

    def meant(template: str, keys: Mapping[str, K]) -> dict[str, K]:
        return {
            bare(word): value
            for key, value in keys.items()
            for word in wording.words(f"roster/{template}", key)
        }

    def all_of(key: str) -> frozenset[str]:
        return frozenset(map(bare, wording.words("roster/words", key)))

    return Words(
        headings=meant("headings", {column.value: column for column in Column}),
        roles=meant("roles", {role.value: role for role in Role if role is not Role.PARENT}),
        sectors=meant("words", {sector.value: sector for sector in Sector}),
        languages=meant("words", {"fr": "fr", "en": "en"}),
        yes_or_no=meant("words", {"yes": True, "no": False}),
        titles=all_of("titles"),
        totals=all_of("totals"),
    )


folded = lru_cache(maxsize=4096)(fold)
"""What names are compared by: a list says the same ones again and again."""


@lru_cache(maxsize=4096)
def bare(text: str) -> str:
    """What a heading or a word of a list is compared by."""
    return fold(ASIDE.sub("", plain(text)))


def sheet_of(rows: Sequence[Row], words: Words) -> Sheet:
    """What stands below the headings; nothing where there are none."""
    found = [(index, _columns(row, words)) for index, row in enumerate(rows[:HEADINGS_WITHIN])]
    at, columns = max(found, key=lambda one: len(one[1]), default=(0, {}))
    if len(columns) < LEAST_HEADINGS:
        return Sheet((), frozenset())
    below = enumerate(rows[at + 1 :], start=at + 2)
    lines = (_line(number, row, columns) for number, row in below if not _says_nothing(row, columns, words))
    strange = (spaced(cell) for cell in rows[at] if cell.strip() and bare(cell) not in words.headings)
    return Sheet(tuple(lines), frozenset(columns), tuple(map(blank, strange)))


def _columns(row: Row, words: Words) -> dict[Column, int]:
    """Which column stands where: the first of two with one meaning."""
    meant = ((words.headings.get(bare(cell)), index) for index, cell in enumerate(row))
    columns: dict[Column, int] = {}
    for column, index in meant:
        if column:
            columns.setdefault(column, index)
    return columns


def _says_nothing(row: Row, columns: Mapping[Column, int], words: Words) -> bool:
    """Blank lines, sums, and headings that come again on a new page."""
    filled = [cell for cell in row if cell.strip()]
    mail = row[columns[Column.MAIL]] if Column.MAIL in columns else ""
    first = bare(filled[0]) if filled else ""
    again = first in words.headings and len(_columns(row, words)) > len(filled) / 2
    return not filled or again or (first.partition(" ")[0] in words.totals and "@" not in mail)


def _line(number: int, row: Row, columns: Mapping[Column, int]) -> Line:
    cells = {column: _cell(column, row[index]) for column, index in columns.items()}
    last, first, name = (cells.pop(column, "") for column in (Column.LAST, Column.FIRST, Column.NAME))
    return Line(
        number, name=f"{first} {last or name}".strip(), **{column.value: cells[column] for column in cells}
    )


def _cell(column: Column, text: str) -> str:
    """Numbers that may be a pupil's are blanked, but in the columns that are there for numbers."""
    return spaced(text) if column in NUMBERED else blank(spaced(text))


def spaced(text: str) -> str:
    """On one line, with single spaces, and without what cannot be seen."""
    return " ".join(text.replace("\u200b", "").replace("\ufeff", "").replace("\u00ad", "").split())
