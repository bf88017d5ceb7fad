"""`declic link`: ties an address to a person by the operator's hand."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from bot.cli.consent import Consent
from bot.cli.person.whom import Unclear, roster_of, the_person
from bot.cli.told import OperatorsWording, Told, operators_wording
from bot.clock import SystemClock
from bot.mailing import MailingFault, address_of
from bot.settings import Settings
from storage import people
from storage.database import Transaction
from storage.people import Address, Person

CHANNELS: Mapping[str, str] = {
    "telegram": "telegram",
    "mail": "mail",
    "email": "mail",
    "e-mail": "mail",
    "courriel": "mail",
}
"""The channels that can be tied to, by what operators call them. At a terminal `declic chat` ties its own."""


@dataclass(frozen=True, slots=True)
class Standing:
    """Whose an address is before it is tied to somebody."""

    before: Person | None = None
    """Somebody else."""
    last: bool = False
    """Whether they are reached nowhere else."""

    @property
    def is_named(self) -> bool:
        """Whether they are more than whoever wrote from there."""
        return self.before is not None and self.before.name is not None


async def tie(settings: Settings, person: str, channel: str, address: str, consent: Consent) -> Told:
    """The address belongs to that person from now on; says so, and whose it was. Of somebody else's, asks first."""
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
    given["address"] = value
    async with roster_of(settings) as database:
        try:
            who, standing = await database.read(lambda tx: _standing(tx, wording, person, meant, value))
        except Unclear as unclear:
            return unclear.told
        facts = {**given, "person": who, "before": standing.before, "last": standing.last}
        if standing.is_named and (refused := consent.refused(wording, "cli/link-ask", facts)):
            return refused
        await database.write(lambda tx: people.link(tx, who.id, meant, value, SystemClock().now()))
        return wording.told("cli/linked", facts)


def _standing(
    tx: Transaction, wording: OperatorsWording, words: str, channel: str, address: str
) -> tuple[Person, Standing]:
    who = the_person(tx, wording, words)
    before = people.by_address(tx, channel, address)
    if before is None or before.id == who.id:
        return who, Standing()
    return who, Standing(before, is_last(tx, before, channel, address))


def is_last(tx: Transaction, person: Person, channel: str, address: str) -> bool:
    """Whether somebody with a name is reached there and nowhere else."""
    reached = [one for one in people.addresses(tx, person.id) if one.channel in ADDRESSES]
    return person.name is not None and reached == [Address(channel, address)]


def _telegram(address: str) -> str | None:
    return address if re.fullmatch(r"[1-9][0-9]{0,15}", address) else None


def _mail(address: str) -> str | None:
    try:
        return address_of(address)
    except MailingFault:
        return None


ADDRESSES: Mapping[str, Callable[[str], str | None]] = {"telegram": _telegram, "mail": _mail}
"""An address as each channel writes it; None: it is none."""
