"""Who writes: people, their addresses, and what they do where."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, bindparam, literal, select, update
from sqlalchemy.dialects.postgresql import insert

from bot.messages import number_in
from storage import forgotten, partings
from storage.database import Transaction
from storage.states import DECLARING_ROLES, Role, Sector
from storage.tables import address, person, role, school
from storage.telegram_off import reached_there


@dataclass(frozen=True, slots=True)
class Place:
    """One role that somebody has now, and where."""

    role: Role
    school_id: int | None = None
    school: str | None = None
    centre_id: int | None = None
    sector: Sector | None = None
    """The school's."""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody we know, or know only by an address."""

    id: int
    name: str | None = None
    language: str | None = None
    reminders: bool = True
    places: tuple[Place, ...] = ()
    linked: bool = False
    """Whether the address written from is tied to this person by proof."""
    offered: tuple[dict[str, Any], ...] = ()
    """The buttons of the last page shown outside any talk."""
    is_new: bool = False
    """Whether nothing had come from their address before this message."""

    @property
    def roles(self) -> frozenset[Role]:
        return frozenset(place.role for place in self.places)

    @property
    def school(self) -> Place | None:
        """Where they teach, or else the first school they belong to."""
        schools = [place for place in self.places if place.school_id is not None]
        teaching = [place for place in schools if place.role in DECLARING_ROLES]
        return next(iter(teaching or schools), None)


@dataclass(frozen=True, slots=True)
class Address:
    """A person on a channel."""

    channel: str
    value: str


def by_address(tx: Transaction, channel: str, value: str, *, lock: bool = False) -> Person | None:
    """The person at an address; `lock` keeps other turns of theirs waiting (PostgreSQL; SQLite has one writer)."""
    row = tx.execute(_AT_LOCKED if lock else _AT, {"channel": channel, "address": value}).first()
    return _person(tx, row) if row else None


def id_at(tx: Transaction, channel: str, value: str) -> int | None:
    """Only the id of the person at an address."""
    found = select(address.c.person_id).where(address.c.channel == channel, address.c.value == value)
    return tx.execute(found).scalar()


def by_id(tx: Transaction, person_id: int) -> Person | None:
    """The person with this id, as known on no address in particular."""
    row = tx.execute(select(person, literal(None).label("linked_at")).where(person.c.id == person_id)).first()
    return _person(tx, row) if row else None


def language_of(tx: Transaction, person_id: int) -> str | None:
    """The language that somebody is written to in, where it is known."""
    return tx.execute(select(person.c.language).where(person.c.id == person_id)).scalar()


def meet(tx: Transaction, channel: str, value: str, now: datetime) -> Person:
    """Somebody new, known only by this address; or whom another process has met there at the same time."""
    with tx.begin_nested() as meeting:
        new_id = add(tx, now)
        row = insert(address).values(channel=channel, value=value, person_id=new_id)
        if tx.execute(row.on_conflict_do_nothing()).rowcount:
            return Person(new_id, is_new=True)
        meeting.rollback()
    return by_address(tx, channel, value, lock=True) or meet(tx, channel, value, now)


def add(tx: Transaction, now: datetime, name: str | None = None, language: str | None = None) -> int:
    """Somebody new, at no address yet: their id."""
    made = tx.execute(
        insert(person).values(name=name, language=language, created_at=now).returning(person.c.id)
    )
    return int(made.scalar_one())


def link(
    tx: Transaction, person_id: int, channel: str, value: str, now: datetime, *, own: bool = False
) -> int | None:
    """Ties an address to a person; the person that it was tied to before, if another one.

    `own`: they tie it themselves, and may take it away again. Whoever is there is forgotten no longer.
    """
    before = id_at(tx, channel, value)
    forgotten.recall(tx, channel, value)
    row = {"person_id": person_id, "linked_at": now, "own": own, **_ALIVE}
    statement = insert(address).values(channel=channel, value=value, **row)
    tx.execute(statement.on_conflict_do_update(index_elements=["channel", "value"], set_=row))
    if before is None or before == person_id:
        return None
    partings.part(tx, before, person_id, channel, value, now)
    return before


def first_came(tx: Transaction) -> datetime | None:
    """When the first person was put in; None: nobody is here yet."""
    return tx.execute(select(person.c.created_at).order_by(person.c.id).limit(1)).scalar()


def addresses(tx: Transaction, person_id: int) -> tuple[Address, ...]:
    """The living, linked addresses of somebody, newest link first; none on Telegram where that is closed to them."""
    rows = tx.execute(
        select(address.c.channel, address.c.value)
        .where(
            address.c.person_id == person_id,
            address.c.linked_at.is_not(None),
            address.c.dead_at.is_(None),
            reached_there(address.c.person_id),
        )
        .order_by(address.c.linked_at.desc(), address.c.channel)
    )
    return tuple(Address(row.channel, row.value) for row in rows)


def find(tx: Transaction, words: str) -> tuple[Person, ...]:
    """The people with this id or exactly this name, for the operator's commands."""
    number = number_in(words)
    wanted = person.c.name == words if number is None else person.c.id == number
    rows = tx.execute(
        select(person, literal(None).label("linked_at")).where(wanted).order_by(person.c.id)
    ).all()
    return tuple(_person(tx, row) for row in rows)


def names(tx: Transaction) -> Mapping[int, str]:
    """The name of everybody who has one, by id, for the operator's commands."""
    rows = tx.execute(
        select(person.c.id, person.c.name).where(person.c.name.is_not(None)).order_by(person.c.id)
    )
    return {row.id: row.name for row in rows}


def set_language(tx: Transaction, person_id: int, language: str) -> None:
    """From now on they are written to in this language."""
    tx.execute(update(person).where(person.c.id == person_id).values(language=language))


def set_reminders(tx: Transaction, person_id: int, wanted: bool) -> None:
    """Whether they want reminders."""
    tx.execute(update(person).where(person.c.id == person_id).values(reminders=wanted))


def wants_reminders(tx: Transaction, person_id: int) -> bool:
    """Whether they want any."""
    return bool(tx.execute(select(person.c.reminders).where(person.c.id == person_id)).scalar())


def reminds_on(tx: Transaction, person_id: int) -> str | None:
    """The channel on which they want reminders; None: wherever they have come last."""
    return tx.execute(select(person.c.reminds_on).where(person.c.id == person_id)).scalar()


def set_reminds_on(tx: Transaction, person_id: int, channel: str | None) -> None:
    """Where they want reminders from now on."""
    tx.execute(update(person).where(person.c.id == person_id).values(reminds_on=channel))


def set_offered(tx: Transaction, person_id: int, offered: Sequence[dict[str, Any]]) -> None:
    """Keeps the buttons of the page just shown, so that "2" means the second."""
    tx.execute(update(person).where(person.c.id == person_id).values(offered=list(offered)))


def _person(tx: Transaction, row: Row[Any]) -> Person:
    return Person(
        row.id,
        row.name,
        row.language,
        row.reminders,
        _places(tx, row.id),
        row.linked_at is not None,
        tuple(row.offered),
    )


def _places(tx: Transaction, person_id: int) -> tuple[Place, ...]:
    rows = tx.execute(_PLACES, {"person_id": person_id})
    return tuple(
        Place(Role(row.role), row.school_id, row.name, row.centre_id, row.sector and Sector(row.sector))
        for row in rows
    )


_ALIVE: Mapping[str, Any] = {"dead_at": None, "dead_reason": None, "bounces": 0}

_AT = (
    select(person, address.c.linked_at)
    .join(address)
    .where(address.c.channel == bindparam("channel"), address.c.value == bindparam("address"))
)
_AT_LOCKED = _AT.with_for_update(of=person)

_PLACES = (
    select(role.c.role, role.c.school_id, school.c.name, school.c.sector, role.c.centre_id)
    .outerjoin_from(role, school)
    .where(role.c.person_id == bindparam("person_id"), role.c.closed_at.is_(None))
    .order_by(role.c.id)
)
