"""The roster as a list of people is compared with: schools, and who works where."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Row, func, select

from storage.database import Transaction
from storage.states import Role, Sector
from storage.tables import address, person, role, school, service_centre

MAIL: Final = "mail"
"""The channel of the addresses that people are known by in a list."""
AT_ONCE: Final = 500
"""Values that one statement looks for."""


@dataclass(frozen=True, slots=True)
class School:
    """A school as the roster has it; without an id, one that it is to have."""

    name: str
    sector: Sector
    centre: str | None = None
    """The name of its service centre; a private school has none."""
    participating: bool = True
    headcount: int | None = None
    phone: str | None = None
    id: int | None = None

    @property
    def key(self) -> tuple[str, str | None]:
        """What no other school has."""
        return self.name, self.centre


@dataclass(frozen=True, slots=True)
class Post:
    """A role that somebody has or is to have, and where, by name."""

    role: Role
    school: str | None = None
    centre: str | None = None
    """The service centre of the school, or the one that the role is for."""


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody with an e-mail address or a role in a school."""

    id: int
    mail: str = ""
    """The address they were looked for by, if any."""
    name: str | None = None
    language: str | None = None
    linked: bool = True
    """Whether that address is tied to them by proof."""
    posts: frozenset[Post] = frozenset()
    """Those that count now."""


@dataclass(frozen=True, slots=True)
class Stay:
    """A role of somebody in a school, now or before."""

    person_id: int
    name: str | None
    role: Role
    closed_at: datetime | None


@dataclass(frozen=True, slots=True)
class Counted:
    """A school, and how many work there now."""

    school: School
    people: int


def centres(tx: Transaction) -> tuple[str, ...]:
    """The names of the service centres."""
    return tuple(tx.scalars(select(service_centre.c.name).order_by(service_centre.c.name)))


def schools(tx: Transaction) -> tuple[School, ...]:
    """Every school, by name."""
    found = select(school, service_centre.c.name.label("centre")).outerjoin_from(school, service_centre)
    return tuple(map(_school, tx.execute(found.order_by(school.c.name, school.c.id))))


def at_mails(tx: Transaction, mails: Iterable[str]) -> tuple[Member, ...]:
    """The people at these addresses."""
    wanted = (
        select(person.c.id, person.c.name, person.c.language, address.c.value, address.c.linked_at)
        .join_from(address, person)
        .where(address.c.channel == MAIL)
    )
    rows = [row for some in batches(mails) for row in tx.execute(wanted.where(address.c.value.in_(some)))]
    posts = _posts(tx, role.c.person_id, (row.id for row in rows))
    return tuple(
        Member(row.id, row.value, row.name, row.language, row.linked_at is not None, frozenset(posts[row.id]))
        for row in rows
    )


def in_schools(tx: Transaction, school_ids: Iterable[int]) -> tuple[Member, ...]:
    """Everybody with a role in one of these schools, with their roles there."""
    posts = _posts(tx, role.c.school_id, school_ids)
    wanted = select(person.c.id, person.c.name, person.c.language)
    rows = [row for some in batches(posts) for row in tx.execute(wanted.where(person.c.id.in_(some)))]
    return tuple(
        Member(row.id, name=row.name, language=row.language, posts=frozenset(posts[row.id])) for row in rows
    )


def without_mail(tx: Transaction, people: Collection[int]) -> frozenset[int]:
    """Those of these people whose e-mail address nobody knows."""
    found = select(address.c.person_id).where(address.c.channel == MAIL)
    known = {
        one for some in batches(people) for one in tx.scalars(found.where(address.c.person_id.in_(some)))
    }
    return frozenset(people) - known


def school_by_id(tx: Transaction, school_id: int) -> School | None:
    """The school with this id."""
    found = select(school, service_centre.c.name.label("centre")).outerjoin_from(school, service_centre)
    row = tx.execute(found.where(school.c.id == school_id)).first()
    return _school(row) if row else None


def counted(tx: Transaction) -> tuple[Counted, ...]:
    """Every school, with how many work there."""
    people = func.count(role.c.person_id.distinct()).label("people")
    found = select(role.c.school_id, people).where(role.c.closed_at.is_(None)).group_by(role.c.school_id)
    numbers = {row.school_id: row.people for row in tx.execute(found)}
    return tuple(Counted(one, numbers.get(one.id, 0)) for one in schools(tx))


def stays(tx: Transaction, school_id: int) -> tuple[Stay, ...]:
    """Everybody who has or had a role in a school: those who are there first, by name."""
    found = (
        select(person.c.id, person.c.name, role.c.role, role.c.closed_at)
        .join_from(role, person)
        .where(role.c.school_id == school_id)
        .order_by(role.c.closed_at.is_not(None), person.c.name, person.c.id)
    )
    return tuple(Stay(row.id, row.name, Role(row.role), row.closed_at) for row in tx.execute(found))


def posts_of(tx: Transaction, person_id: int) -> frozenset[Post]:
    """The roles that somebody has, with their places by name."""
    return frozenset(_posts(tx, role.c.person_id, [person_id]).get(person_id, ()))


def _posts(tx: Transaction, column: Any, ids: Iterable[int]) -> Mapping[int, list[Post]]:
    """The roles that count, by person, wherever the column has one of these ids."""
    posts: dict[int, list[Post]] = defaultdict(list)
    for some in batches(ids):
        for row in tx.execute(_POSTS.where(column.in_(some))):
            posts[row.person_id].append(Post(Role(row.role), row.school, row.of_school or row.of_role))
    return posts


def batches(values: Iterable[Any]) -> Iterator[list[Any]]:
    """The values once each, in order, as many at a time as one statement takes."""
    every = sorted(set(values))
    return (every[begin : begin + AT_ONCE] for begin in range(0, len(every), AT_ONCE))


def _school(row: Row[Any]) -> School:
    return School(
        row.name, Sector(row.sector), row.centre, row.participating, row.headcount, row.phone, row.id
    )


_of_school, _of_role = service_centre.alias("of_school"), service_centre.alias("of_role")
_POSTS = (
    select(
        role.c.person_id,
        role.c.role,
        school.c.name.label("school"),
        _of_school.c.name.label("of_school"),
        _of_role.c.name.label("of_role"),
    )
    .outerjoin_from(role, school)
    .outerjoin(_of_school, _of_school.c.id == school.c.centre_id)
    .outerjoin(_of_role, _of_role.c.id == role.c.centre_id)
    .where(role.c.closed_at.is_(None))
)
