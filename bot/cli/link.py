"""`declic link`: ties an address to a person by the operator's hand."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime

from bot.cli.told import Told, operators_wording
from bot.clock import SystemClock
from bot.settings import Settings
from storage import people
from storage.database import Transaction, open_database
from storage.people import Person
from storage.schema import migrate

ADDRESSES: Mapping[str, re.Pattern[str]] = {
    "telegram": re.compile(r"[1-9][0-9]{0,15}"),
}
"""What an address looks like on each channel that can be tied to. At a terminal `declic chat` ties its own."""


async def tie(settings: Settings, person: str, channel: str, address: str) -> Told:
    """The address belongs to that person from now on; says so, and whose it was before."""
    wording = operators_wording()
    given: dict[str, object] = {"channel": channel, "channels": tuple(ADDRESSES), "address": address}
    if channel not in ADDRESSES:
        return wording.told("cli/no-such-channel", given, ok=False)
    if not ADDRESSES[channel].fullmatch(address):
        return wording.told("cli/no-such-address", given, ok=False)
    database = open_database(settings.database)
    try:
        await migrate(database)
        found = await database.read(lambda tx: people.find(tx, person))
        if len(found) != 1:
            return wording.told("cli/whom", {"person": person, "found": found}, ok=False)
        before = await database.write(lambda tx: _tie(tx, found[0], channel, address, SystemClock().now()))
        return wording.told("cli/linked", {**given, "person": found[0], "before": before})
    finally:
        await database.close()


def _tie(tx: Transaction, person: Person, channel: str, address: str, now: datetime) -> Person | None:
    before = people.link(tx, person.id, channel, address, now)
    return people.by_id(tx, before) if before else None
