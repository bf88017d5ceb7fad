"""`declic unlink`: an address is somebody's no more, by the operator's hand."""

from __future__ import annotations

from bot.cli.link import ADDRESSES, CHANNELS
from bot.cli.person.whom import Unclear, roster_of, the_person
from bot.cli.told import Told, operators_wording
from bot.clock import SystemClock
from bot.settings import Settings
from storage import addresses
from storage.database import Transaction


async def untie(settings: Settings, person: str, channel: str, address: str) -> Told:
    """Takes the address away from that person; says so, or that it is not theirs."""
    wording = operators_wording()
    meant = CHANNELS.get(channel.lower(), channel)
    value = ADDRESSES[meant](address) if meant in ADDRESSES else address
    given: dict[str, object] = {"channel": meant, "address": value or address}

    def work(tx: Transaction) -> Told:
        found = the_person(tx, wording, person)
        theirs = {(one.channel, one.value) for one in addresses.of_person(tx, found.id)}
        if value is None or (meant, value) not in theirs:
            return wording.told("cli/not-theirs", {**given, "person": found}, ok=False)
        addresses.take_away(tx, meant, value, SystemClock().now())
        return wording.told("cli/unlinked", {**given, "person": found})

    async with roster_of(settings) as database:
        try:
            return await database.write(work)
        except Unclear as unclear:
            return unclear.told
