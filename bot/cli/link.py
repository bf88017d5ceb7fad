"""`declic link`: ties an address to a person by the operator's hand."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import datetime

from bot.cli.start import database_of
from bot.cli.told import Told, operators_wording
from bot.clock import SystemClock
from bot.mailing import MailingFault, address_of
from bot.settings import Settings
from storage import people
from storage.database import Transaction
from storage.people import Person
from storage.schema import migrate

CHANNELS: Mapping[str, str] = {
    "telegram": "telegram",
    "mail": "mail",
    "email": "mail",
    "e-mail": "mail",
    "courriel": "mail",
}
"""The channels that can be tied to, by what operators call them. At a terminal `declic chat` ties its own."""


async def tie(settings: Settings, person: str, channel: str, address: str) -> Told:
    """The address belongs to that person from now on; says so, and whose it was before."""
    wording = operators_wording()
    meant = CHANNELS.get(channel.lower(), "")
    given: dict[str, object] = {"channel": meant or channel, "address": address}
    if not meant:
        return wording.told(
            "cli/no-such-channel", {**given, "channels": sorted({*CHANNELS.values()})}, ok=False
        )
    value = ADDRESSES[meant](address)
    if value is None:
        return wording.told("cli/no-such-address", given, ok=False)
    database = database_of(settings)
    try:
        await migrate(database)
        found = await database.read(lambda tx: people.find(tx, person))
        if len(found) != 1:
            return wording.told("cli/whom", {"person": person, "found": found}, ok=False)
        before = await database.write(lambda tx: _tie(tx, found[0], meant, value, SystemClock().now()))
        return wording.told("cli/linked", {**given, "address": value, "person": found[0], "before": before})
    finally:
        await database.close()


def _tie(tx: Transaction, person: Person, channel: str, address: str, now: datetime) -> Person | None:
    before = people.link(tx, person.id, channel, address, now)
    return people.by_id(tx, before) if before else None


def _telegram(address: str) -> str | None:
    return address if re.fullmatch(r"[1-9][0-9]{0,15}", address) else None


def _mail(address: str) -> str | None:
    try:
        return address_of(address)
    except MailingFault:
        return None


ADDRESSES: Mapping[str, Callable[[str], str | None]] = {"telegram": _telegram, "mail": _mail}
"""An address as each channel writes it; None: it is none."""
