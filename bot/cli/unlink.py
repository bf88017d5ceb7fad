"""`declic unlink`: an address is somebody's no more, by the operator's hand."""

from __future__ import annotations

from bot.cli.consent import Consent
from bot.cli.link import ADDRESSES, CHANNELS, is_last
from bot.cli.person.whom import Unclear, roster_of, the_person
from bot.cli.told import Told, operators_wording
from bot.clock import SystemClock
from bot.settings import Settings
from storage import addresses
from storage.database import Transaction
from storage.people import Person


async def untie(settings: Settings, person: str, channel: str, address: str, consent: Consent) -> Told:
    """Takes the address away from that person; says so, or that it is not theirs. Of their last one, asks first."""
    wording = operators_wording()
    meant = CHANNELS.get(channel.lower(), channel)
    value = ADDRESSES[meant](address) if meant in ADDRESSES else address
    given: dict[str, object] = {"channel": meant, "address": value or address}

    def look(tx: Transaction) -> tuple[Person, bool, bool]:
        found = the_person(tx, wording, person)
        theirs = {(one.channel, one.value) for one in addresses.of_person(tx, found.id)}
        return found, (meant, value) in theirs, is_last(tx, found, meant, value or "")

    async with roster_of(settings) as database:
        try:
            found, is_theirs, last = await database.read(look)
        except Unclear as unclear:
            return unclear.told
        facts = {**given, "person": found, "last": last}
        if value is None or not is_theirs:
            return wording.told("cli/not-theirs", facts, ok=False)
        if last and (refused := consent.refused(wording, "cli/unlink-ask", facts)):
            return refused
        await database.write(lambda tx: addresses.take_away(tx, meant, value, SystemClock().now()))
        return wording.told("cli/unlinked", facts)
