"""`declic exclusions import`: what a list holds, what is refused of it, and then the list in place of the old one."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from bot.cli.consent import Consent
from bot.cli.start import opened
from bot.cli.told import OperatorsWording, Told, operators_wording
from bot.clock import SystemClock
from bot.reading.sheets import SheetUnreadable, read_sheet
from bot.settings import Settings
from bot.settings.unfit import trouble_of
from handlers.declarations.listing import Listing, headings_of, listing_of
from storage import excluded
from storage.database import Transaction

SHORTER = "--yes-shorter"
MOST_WORKS = 200_000
MOST_REFUSED = 50
"""Lines that are named one by one."""


async def import_list(
    settings: Settings, file: Path, year: int | None, shorter: Consent, *, yes: bool
) -> Told:
    """Tells what the file holds; only with `yes` are the lists of its years replaced, all of them or none.

    `shorter`: the consent to lists that are much shorter than those they replace.
    """
    wording, now = operators_wording(), SystemClock().now()
    this_year = year or now.astimezone(settings.zone).year
    try:
        listing = await asyncio.to_thread(_read, file, wording, this_year)
    except (OSError, SheetUnreadable) as error:
        reason = wording.why(trouble_of(error)) if isinstance(error, OSError) else error.reason
        return wording.told("cli/exclusions/unreadable", {"file": file, "reason": reason}, ok=False)
    if not listing.lists:
        return wording.told("cli/exclusions/no-list", {"file": file, **_refusals(listing)}, ok=False)
    lists = _told(listing, await _carry_out(settings, listing, None))
    less = {"lists": [one for one in lists if one[1] < one[2] / 2]}
    if (
        yes
        and less["lists"]
        and (refused := shorter.refused(wording, "cli/exclusions/shorter", less, SHORTER))
    ):
        return refused
    if yes:
        await _carry_out(settings, listing, now)
    facts = {"done": yes, "lists": lists, "repeated": listing.repeated, **_refusals(listing)}
    return wording.told("cli/exclusions/import", facts)


def _read(file: Path, wording: OperatorsWording, this_year: int) -> Listing:
    """What the file lists; raises OSError and SheetUnreadable."""
    rows = read_sheet(file.name, file.read_bytes(), MOST_WORKS)
    return listing_of(rows, headings_of(wording.wording), this_year)


async def _carry_out(settings: Settings, listing: Listing, at: datetime | None) -> dict[int, int]:
    """How many works each list held before; replaces them where it is said when."""
    async with opened(settings) as database:
        before = await database.read(excluded.lists)
        if at:
            await database.write(lambda tx: _replace(tx, listing, at))
    return {one.year: one.works for one in before}


def _replace(tx: Transaction, listing: Listing, now: datetime) -> None:
    for year, works in listing.lists.items():
        excluded.replace_list(tx, year, works, now)


def _told(listing: Listing, before: Mapping[int, int]) -> list[tuple[int, int, int]]:
    """Each list with its works, and how many it held before."""
    return [(year, len(works), before.get(year, 0)) for year, works in listing.lists.items()]


def _refusals(listing: Listing) -> dict[str, object]:
    return {
        "refused": listing.refused[:MOST_REFUSED],
        "more": max(0, len(listing.refused) - MOST_REFUSED),
        "unread": listing.unread[:MOST_REFUSED],
        "unread_more": max(0, len(listing.unread) - MOST_REFUSED),
    }
