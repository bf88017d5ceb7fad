"""Who works where: puts service centres, schools and people with their roles into the database."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import insert, select

from storage import people
from storage.database import Transaction
from storage.people import Address, Place
from storage.staff_changes import OPEN, revive
from storage.states import Sector
from storage.tables import address, person, school, service_centre


@dataclass(frozen=True, slots=True)
class School:
    """A school, before it has an id."""

    name: str
    sector: Sector
    centre_id: int | None = None
    """Its service centre; a private school has none."""
    participating: bool = True
    """Whether it is selected for the collection."""
    headcount: int | None = None
    """How many there have to declare, as its service centre confirmed it."""
    phone: str | None = None
    """The secretariat's, as parents may be told it."""


def is_empty(tx: Transaction) -> bool:
    """Whether there is no service centre, no school and nobody at all."""
    return not any(
        tx.execute(select(table.c.id).limit(1)).first() for table in (service_centre, school, person)
    )


def add_centre(tx: Transaction, name: str) -> int:
    """A new service centre: its id."""
    made = insert(service_centre).values(name=name).returning(service_centre.c.id)
    return int(tx.execute(made).scalar_one())


def add_school(tx: Transaction, new: School) -> int:
    """A new school: its id."""
    made = insert(school).values(**asdict(new)).returning(school.c.id)
    return int(tx.execute(made).scalar_one())


def add_person(
    tx: Transaction, name: str | None, language: str | None, places: tuple[Place, ...], now: datetime
) -> int:
    """Somebody new with all their roles: their id."""
    person_id = people.add(tx, now, name, language)
    for place in places:
        add_role(tx, person_id, place)
    return person_id


def add_role(tx: Transaction, person_id: int, place: Place) -> None:
    """One more role for somebody, or one that they had before; who was closed is there again."""
    where = {"school_id": place.school_id, "centre_id": place.centre_id}
    tx.execute(OPEN, {"person_id": person_id, "role": place.role, **where})
    tx.execute(revive([person_id]))


def add_address(tx: Transaction, person_id: int, at: Address) -> None:
    """An address that nothing proves yet to be this person's; `people.link` proves it."""
    tx.execute(insert(address).values(**asdict(at), person_id=person_id))


def unnamed_on(tx: Transaction, channel: str) -> tuple[int, ...]:
    """The ids of those whom we know only by an unproven address on a channel, such as parents."""
    rows = tx.execute(
        select(person.c.id)
        .join(address)
        .where(person.c.name.is_(None), address.c.channel == channel, address.c.linked_at.is_(None))
        .distinct()
        .order_by(person.c.id)
    )
    return tuple(rows.scalars())
