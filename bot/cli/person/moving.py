"""`declic person move` and `close`: somebody works elsewhere from now on, or no more."""

from __future__ import annotations

from bot.cli.consent import Consent
from bot.cli.person.whom import Unclear, roster_of, the_person, the_school
from bot.cli.told import OperatorsWording, Told, operators_wording
from bot.clock import SystemClock
from bot.compose import furnish
from bot.settings import Settings
from bot.turn import House
from handlers import ABILITIES
from handlers.roster import moving
from storage.database import Transaction
from storage.moving import close_person
from storage.people import Person, Place


async def move(settings: Settings, person: str, school: str, from_school: str | None) -> Told:
    """Moves them, and tells what was done and what is left to do."""
    house, wording = furnish(settings, ABILITIES), operators_wording()
    async with roster_of(settings) as database:
        try:
            moved = await database.write(lambda tx: _move(tx, house, wording, (person, school, from_school)))
        except Unclear as unclear:
            return unclear.told
    copibec = settings.copibec_contact or None
    return wording.told("cli/moved", {"moved": moved, "copibec": copibec})


def _move(
    tx: Transaction, house: House, wording: OperatorsWording, words: tuple[str, str, str | None]
) -> moving.Moved:
    person, school = the_person(tx, wording, words[0]), the_school(tx, wording, words[1])
    old = _left(tx, wording, person, words[2])
    return moving.move(tx, house, person, old, school, SystemClock().now())


def _left(
    tx: Transaction, wording: OperatorsWording, person: Person, from_school: str | None
) -> tuple[Place, ...]:
    """The roles that they leave: those of the one school they have, or of the one named."""
    places = moving.in_schools(person)
    if from_school:
        left = the_school(tx, wording, from_school)
        places = tuple(place for place in places if place.school_id == left.id)
    if len({place.school_id for place in places}) != 1:
        raise Unclear(wording.told("cli/from-which", {"person": person, "places": places}, ok=False))
    return places


async def close(settings: Settings, person: str, consent: Consent) -> Told:
    """Closes everything that they do, once agreed to; their addresses and what they declared stay."""
    wording = operators_wording()
    async with roster_of(settings) as database:
        try:
            found = await database.read(lambda tx: the_person(tx, wording, person))
        except Unclear as unclear:
            return unclear.told
        facts = {"person": found, "already": not found.places}
        if found.places and (refused := consent.refused(wording, "cli/close-ask", facts)):
            return refused
        await database.write(lambda tx: close_person(tx, found.id, SystemClock().now()))
        return wording.told("cli/closed", facts)
