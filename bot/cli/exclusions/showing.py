"""`declic exclusions show`: the lists that there are."""

from __future__ import annotations

from bot.cli.start import opened
from bot.cli.status import local
from bot.cli.told import Told, operators_wording
from bot.settings import Settings
from storage import excluded


async def shown(settings: Settings) -> Told:
    """Each list with its works and when it was imported, the newest first: that one counts."""
    async with opened(settings) as database:
        lists = await database.read(excluded.lists)
    told = [(one, local(one.imported_at, settings.zone)) for one in lists]
    return operators_wording().told("cli/exclusions/show", {"lists": told})
