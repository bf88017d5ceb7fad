"""`declic exclusions import`: what a list holds, what is refused of it, and then the list in place of the old one."""

from __future__ import annotations

import asyncio
from datetime import datetime
from pathlib import Path

from bot.cli.start import database_of
from bot.cli.told import Told, operators_wording
from bot.clock import SystemClock
from bot.reading.sheets import SheetUnreadable, read_sheet
from bot.settings import Settings
from handlers.declarations.listing import Listing, headings_of, listing_of
from storage import excluded
from storage.database import Transaction
from storage.schema import migrate

MOST_WORKS = 200_000
MOST_REFUSED = 50
"""Lines that are named one by one."""


async def import_list(settings: Settings, file: Path, year: int | None, *, yes: bool) -> Told:
    """Tells what the file holds; only with `yes` are the lists of its years replaced, all of them or none."""
    wording, now = operators_wording(), SystemClock().now()
    this_year = year or now.astimezone(settings.zone).year
    try:
        rows = await asyncio.to_thread(lambda: read_sheet(file.name, file.read_bytes(), MOST_WORKS))
    except OSError as error:
        return wording.told("cli/exclusions/unreadable", {"file": file, "reason": error.strerror}, ok=False)
    except SheetUnreadable as error:
        return wording.told("cli/exclusions/unreadable", {"file": file, "reason": error.reason}, ok=False)
    listing = await asyncio.to_thread(listing_of, rows, headings_of(wording.wording), this_year)
    if not listing.lists:
        return wording.told("cli/exclusions/no-list", {"file": file, **_refusals(listing)}, ok=False)
    before = await _carry_out(settings, listing, now if yes else None)
    return wording.told(
        "cli/exclusions/import", {"done": yes, **_told(listing, before), **_refusals(listing)}
    )


async def _carry_out(settings: Settings, listing: Listing, at: datetime | None) -> dict[int, int]:
    """How many works each list held before; replaces them where it is said when."""
    database = database_of(settings)
    try:
        await migrate(database)
        before = await database.read(excluded.lists)
        if at:
            await database.write(lambda tx: _replace(tx, listing, at))
    finally:
        await database.close()
    return {one.year: one.works for one in before}


def _replace(tx: Transaction, listing: Listing, now: datetime) -> None:
    for year, works in listing.lists.items():
        excluded.replace_list(tx, year, works, now)


def _told(listing: Listing, before: dict[int, int]) -> dict[str, object]:
    lists = [(year, len(works), before.get(year, 0)) for year, works in listing.lists.items()]
    return {"lists": lists, "repeated": listing.repeated}


def _refusals(listing: Listing) -> dict[str, object]:
    return {"refused": listing.refused[:MOST_REFUSED], "more": max(0, len(listing.refused) - MOST_REFUSED)}
