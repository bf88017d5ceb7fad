"""`declic roster show`: who is where, in what role, and who has left."""

from __future__ import annotations

from bot.cli.start import opened
from bot.cli.told import Told, operators_wording
from bot.reading import fold
from bot.settings import Settings
from storage import staff
from storage.database import Transaction
from storage.staff import School, Stay


async def all_schools(settings: Settings) -> Told:
    """Every school, with how many work there."""
    async with opened(settings) as database:
        schools = await database.read(staff.counted)
    return operators_wording().told("cli/roster/schools", {"schools": schools})


async def one_school(settings: Settings, name: str) -> Told:
    """The school with this name, or the only one whose name holds these words."""
    async with opened(settings) as database:
        found, stays = await database.read(lambda tx: _found(tx, name))
    wording = operators_wording()
    if len(found) != 1:
        return wording.told("cli/roster/which-school", {"name": name, "found": found}, ok=False)
    return wording.told("cli/roster/school", {"school": found[0], "staff": stays})


def _found(tx: Transaction, name: str) -> tuple[tuple[School, ...], tuple[Stay, ...]]:
    wanted, schools = fold(name), staff.schools(tx)
    same = tuple(school for school in schools if fold(school.name) == wanted)
    found = same or tuple(school for school in schools if wanted in fold(school.name))
    return found, staff.stays(tx, found[0].id) if len(found) == 1 and found[0].id else ()
