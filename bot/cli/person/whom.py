"""Whom and which school the operator means, by name or number; or what to say where that is not clear."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from rapidfuzz import fuzz, process

from bot.cli.start import database_of
from bot.cli.told import OperatorsWording, Told
from bot.reading import fold
from bot.settings import Settings
from storage import people, schools, telegram_off
from storage.database import Database, Transaction
from storage.people import Person
from storage.schema import migrate
from storage.schools import NamedSchool

NEAR = 3
"""Schools that may have been meant."""


class Unclear(Exception):
    """The operator has to say it another way: `told` says how."""

    def __init__(self, told: Told) -> None:
        super().__init__(told.text)
        self.told = told


@asynccontextmanager
async def roster_of(settings: Settings) -> AsyncIterator[Database]:
    """The database, up to date, with what the settings say of whom Telegram is closed to."""
    database = database_of(settings)
    try:
        await migrate(database)
        await database.write(lambda tx: telegram_off.keep_only(tx, settings.telegram_off))
        yield database
    finally:
        await database.close()


def the_person(tx: Transaction, wording: OperatorsWording, words: str) -> Person:
    """The one person of this name or number; raises Unclear."""
    found = people.find(tx, words)
    if len(found) != 1:
        raise Unclear(wording.told("cli/whom", {"person": words, "found": found}, ok=False))
    return found[0]


def the_school(tx: Transaction, wording: OperatorsWording, words: str) -> NamedSchool:
    """The one school of this name or number; raises Unclear."""
    every = schools.named(tx)
    found = [one for one in every if str(one.id) == words] or [
        one for one in every if fold(one.name) == fold(words)
    ]
    if len(found) != 1:
        near = [] if found else _near(every, words)
        raise Unclear(
            wording.told("cli/which-school", {"school": words, "found": found, "near": near}, ok=False)
        )
    return found[0]


def _near(every: tuple[NamedSchool, ...], words: str) -> list[NamedSchool]:
    names = [one.name for one in every]
    found = process.extract(words, names, scorer=fuzz.WRatio, processor=fold, score_cutoff=60, limit=NEAR)
    return [every[place] for _name, _score, place in found]
