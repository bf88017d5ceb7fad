"""`declic person`: what somebody does where, and at which addresses they are reached."""

from __future__ import annotations

from bot.cli.person.whom import Meant, meant
from bot.cli.start import opened
from bot.cli.status import local
from bot.cli.told import Told, operators_wording
from bot.settings import Settings
from storage import addresses
from storage.database import Transaction


async def show(settings: Settings, words: str) -> Told:
    """The person with this name or number."""
    async with opened(settings) as database:
        who, standing = await database.read(lambda tx: _found(tx, words))
    wording = operators_wording()
    if len(who.found) != 1:
        return wording.told("cli/whom", who.data, ok=False)
    reached = [(one, local(one.dead_at, settings.zone)) for one in standing]
    return wording.told("cli/person", {"person": who.found[0], "addresses": reached})


def _found(tx: Transaction, words: str) -> tuple[Meant, tuple[addresses.Standing, ...]]:
    who = meant(tx, words)
    return who, addresses.of_person(tx, who.found[0].id) if len(who.found) == 1 else ()
