"""Somebody moved to another school: in our roster at once; the account at Copibec, by Copibec alone."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from bot.mailing import CHANNEL as MAIL
from bot.mailing import MailingFault, address_of
from bot.messages import Reply
from bot.render import DEFAULT_LANGUAGE
from bot.settings import Settings
from bot.turn import House
from handlers.roster.letters import to_newest
from handlers.support.ending import Over, end_unasked
from storage import care, discussions, moving, outbox, roster
from storage.database import Transaction
from storage.outbox import NewLetter
from storage.people import Person, Place
from storage.schools import NamedSchool
from storage.states import TicketState, TicketStep

SCHOOL_CHANGED: Final = "school-changed"
"""The kind of ticket that a move settles."""
LATEST: Final = 50
"""Tickets of one person that are looked at."""


@dataclass(frozen=True, slots=True)
class Moved:
    """What a move did."""

    person: Person
    old: str
    school: NamedSchool
    passed_on: bool
    """Whether Copibec's contact is written to; or else somebody has to call."""
    told: bool
    """Whether the person is."""
    tickets: tuple[int, ...]
    """Those that it closed."""


def in_schools(person: Person) -> tuple[Place, ...]:
    """Their roles in schools."""
    return tuple(place for place in person.places if place.school_id is not None)


def move(
    tx: Transaction, house: House, person: Person, old: tuple[Place, ...], school: NamedSchool, now: datetime
) -> Moved:
    """Closes these roles and opens the same ones at that school; writes to Copibec's contact and to the person."""
    for place in old:
        roster.add_role(tx, person.id, replace(place, school_id=school.id))
        if place.school_id != school.id:
            moving.close_role(tx, person.id, place, now)
    left = ", ".join(sorted({place.school for place in old if place.school}))
    settled = _settle(tx, person.id, now)
    facts = {"name": person.name, "old": left, "school": school.name}
    to_copibec = _to_copibec(house, facts)
    told = to_newest(
        tx, house.wording, person.id, Reply("moving/told", {**facts, "passed_on": bool(to_copibec)})
    )
    outbox.put(tx, (*to_copibec, *told, *_end_discussion(tx, house, person.id, settled, now)), now)
    return Moved(person, left, school, bool(to_copibec), bool(told), settled)


def copibec_address(settings: Settings) -> str | None:
    """The e-mail address of Copibec's contact, where there is one and e-mail is configured."""
    try:
        return address_of(settings.copibec_contact) if settings.mailing else None
    except MailingFault:
        return None


def _to_copibec(house: House, facts: dict[str, str | None]) -> tuple[NewLetter, ...]:
    address = copibec_address(house.settings)
    if address is None:
        return ()
    page = house.wording.page([Reply("moving/to-copibec", facts)], DEFAULT_LANGUAGE)
    return (NewLetter(MAIL, address, replace(page, numbered=False)),)


def _settle(tx: Transaction, person_id: int, now: datetime) -> tuple[int, ...]:
    """Closes what they asked for: their open tickets about a change of school."""
    found = care.of_person(tx, person_id, LATEST)
    numbers = tuple(one.id for one in found if one.kind == SCHOOL_CHANGED and one.state is TicketState.OPEN)
    for number in numbers:
        care.happened(tx, number, TicketStep.CLOSED, now, words="declic person move")
        care.close(tx, number, now)
    return numbers


def _end_discussion(
    tx: Transaction, house: House, person_id: int, settled: tuple[int, ...], now: datetime
) -> tuple[NewLetter, ...]:
    """What both are told of a discussion about one of these tickets."""
    talks = discussions.of_person(tx, person_id)
    about_these = talks is not None and talks.ticket_id in settled
    return end_unasked(tx, house, talks, now, Over.MOOT) if talks and about_these else ()
