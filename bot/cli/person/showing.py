"""`declic person`: what somebody does where, and at which addresses they are reached."""

from __future__ import annotations

from bot.cli.start import database_of
from bot.cli.status import local
from bot.cli.told import Told, operators_wording
from bot.settings import Settings
from storage import addresses, people
from storage.database import Transaction
from storage.people import Person
from storage.schema import migrate


async def show(settings: Settings, words: str) -> Told:
    """The person with this name or number."""
    database = database_of(settings)
    try:
        await migrate(database)
        found, standing = await database.read(lambda tx: _found(tx, words))
    finally:
        await database.close()
    wording = operators_wording()
    if len(found) != 1:
        return wording.told("cli/whom", {"person": words, "found": found}, ok=False)
    reached = [(one, local(one.dead_at, settings.zone)) for one in standing]
    return wording.told("cli/person", {"person": found[0], "addresses": reached})


def _found(tx: Transaction, words: str) -> tuple[tuple[Person, ...], tuple[addresses.Standing, ...]]:
    found = people.find(tx, words)
    return found, addresses.of_person(tx, found[0].id) if len(found) == 1 else ()
