"""Whom and which school the operator means, by name or number; or what to say where that is not clear."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from bot.cli.start import opened
from bot.cli.told import OperatorsWording, Told
from bot.reading import fold
from bot.settings import Settings
from storage import people, schools, telegram_off
from storage.database import Database, Transaction
from storage.people import Person
from storage.schools import NamedSchool

NEAR = 3
"""Schools or people that may have been meant."""
ALIKE = 70
LONGEST_NUMBER = 18
"""Digits; what is longer is no number of ours, and no database takes it."""


class Unclear(Exception):
    """The operator has to say it another way: `told` says how."""

    def __init__(self, told: Told) -> None:
        super().__init__(told.text)
        self.told = told


@dataclass(frozen=True, slots=True)
class Meant:
    """Who bears a name or number; where nobody does, whose names are like it."""

    words: str
    found: tuple[Person, ...] = ()
    near: tuple[Person, ...] = ()

    @property
    def data(self) -> Mapping[str, object]:
        """For `cli/whom`."""
        return {"person": self.words.strip(), "found": self.found, "near": self.near}


@asynccontextmanager
async def roster_of(settings: Settings) -> AsyncIterator[Database]:
    """The database, up to date, with what the settings say of whom Telegram is closed to."""
    async with opened(settings) as database:
        await database.write(lambda tx: telegram_off.keep_only(tx, settings.telegram_off))
        yield database


def meant(tx: Transaction, words: str) -> Meant:
    """By number, or by name whatever its accents and capitals."""
    if not words.strip() or (words.isdecimal() and len(words) > LONGEST_NUMBER):
        return Meant(words)
    if found := people.find(tx, words.strip()):
        return Meant(words, found)
    names = people.names(tx)
    same = [one for one, name in names.items() if fold(name) == fold(words)]
    if same:
        return Meant(words, _people(tx, same))
    ids = list(names)
    alike = process.extract(
        words, list(names.values()), scorer=fuzz.WRatio, processor=fold, score_cutoff=ALIKE, limit=NEAR
    )
    return Meant(words, near=_people(tx, [ids[place] for _name, _score, place in alike]))


def somebody(tx: Transaction) -> tuple[Person, ...]:
    """A few people who have a name, as examples."""
    return _people(tx, list(people.names(tx))[:NEAR])


def _people(tx: Transaction, ids: list[int]) -> tuple[Person, ...]:
    return tuple(filter(None, (people.by_id(tx, one) for one in ids)))


def the_person(tx: Transaction, wording: OperatorsWording, words: str) -> Person:
    """The one person of this name or number; raises Unclear."""
    who = meant(tx, words)
    if len(who.found) != 1:
        raise Unclear(wording.told("cli/whom", who.data, ok=False))
    return who.found[0]


def the_school(tx: Transaction, wording: OperatorsWording, words: str) -> NamedSchool:
    """The one school of this number, this name, or whose name alone holds these words; raises Unclear."""
    every, wanted = schools.named(tx), fold(words)
    found = (
        [one for one in every if str(one.id) == words.strip()]
        or [one for one in every if fold(one.name) == wanted]
        or [one for one in every if wanted and wanted in fold(one.name)]
    )
    if len(found) != 1:
        near = [] if found or not wanted else _near(every, words)
        facts = {"school": words.strip(), "found": found, "near": near}
        raise Unclear(wording.told("cli/which-school", facts, ok=False))
    return found[0]


def _near(every: tuple[NamedSchool, ...], words: str) -> list[NamedSchool]:
    names = [one.name for one in every]
    found = process.extract(words, names, scorer=fuzz.WRatio, processor=fold, score_cutoff=60, limit=NEAR)
    return [every[place] for _name, _score, place in found]
