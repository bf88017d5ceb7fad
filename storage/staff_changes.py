"""The roster brought up to date in bulk: all of what a list of people changes, in a few statements."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Update, bindparam, exists, insert, null, select, text, update
from sqlalchemy.dialects.postgresql import insert as upsert

from storage.database import Transaction
from storage.staff import MAIL, Member, Post, School, at_mails, batches, schools
from storage.tables import address, person, role, school, service_centre


@dataclass(frozen=True, slots=True)
class Newcomer:
    """Somebody whom nobody knows by this address yet."""

    mail: str
    name: str
    language: str | None


@dataclass(frozen=True, slots=True)
class Changes:
    """What is to be done to the roster, in the order of a list."""

    centres: tuple[str, ...] = ()
    schools: tuple[School, ...] = ()
    altered: tuple[School, ...] = ()
    """Known schools, as they are to be."""
    newcomers: tuple[Newcomer, ...] = ()
    corrected: tuple[Member, ...] = ()
    """Known people with the name and language that they are to have."""
    vouched: tuple[str, ...] = ()
    """Addresses that the list ties to whom they belong to."""
    opened: tuple[tuple[str, Post], ...] = ()
    """By e-mail address."""
    closed: tuple[tuple[int, Post], ...] = ()
    """By person."""

    def __bool__(self) -> bool:
        return any(getattr(self, name) for name in self.__slots__)


def apply(tx: Transaction, changes: Changes, now: datetime) -> None:
    """Does all of it."""
    _put(tx, insert(service_centre), ({"name": name} for name in changes.centres))
    centre_ids = {row.name: row.id for row in tx.execute(select(service_centre))}
    _put(tx, insert(school), (_row(one, centre_ids) for one in changes.schools))
    _put(tx, _ALTER, ({**_row(one, centre_ids), "of": one.id} for one in changes.altered))
    _put(
        tx,
        _CORRECT,
        ({"of": one.id, "name": one.name, "language": one.language} for one in changes.corrected),
    )
    _put(tx, _VOUCH, ({"mail": mail, "linked_at": now} for mail in changes.vouched))
    _welcome(tx, changes.newcomers, now)
    _open(tx, changes.opened, centre_ids)
    _close(tx, changes.closed, now)


def _welcome(tx: Transaction, newcomers: tuple[Newcomer, ...], now: datetime) -> None:
    if not newcomers:
        return
    rows = [{"name": one.name, "language": one.language, "created_at": now} for one in newcomers]
    made = tx.scalars(insert(person).returning(person.c.id, sort_by_parameter_order=True), rows)
    addresses = (
        {"channel": MAIL, "value": one.mail, "person_id": person_id, "linked_at": now}
        for one, person_id in zip(newcomers, made.all(), strict=True)
    )
    _put(tx, insert(address), addresses)


def _open(tx: Transaction, opened: tuple[tuple[str, Post], ...], centre_ids: Mapping[str, int]) -> None:
    """Puts the roles in, or opens again those that were closed; a person with a role is there again."""
    if not opened:
        return
    school_ids = {one.key: one.id for one in schools(tx)}
    who = {member.mail: member.id for member in at_mails(tx, {mail for mail, _ in opened})}
    rows = [
        {
            "person_id": who[mail],
            "role": post.role,
            "school_id": school_ids[post.school, post.centre] if post.school else None,
            "centre_id": centre_ids[post.centre] if post.centre and not post.school else None,
        }
        for mail, post in opened
    ]
    _put(tx, OPEN, rows)
    for some in batches(who.values()):
        tx.execute(revive(some))


def _close(tx: Transaction, closed: tuple[tuple[int, Post], ...], now: datetime) -> None:
    """Closes roles in schools; a person whose last one it was is closed as well."""
    school_ids = {one.key: one.id for one in schools(tx)} if closed else {}
    rows = (
        {"of": who, "as": post.role, "at": school_ids[post.school or "", post.centre], "closed_at": now}
        for who, post in closed
    )
    _put(tx, _CLOSE, rows)
    for some in batches(who for who, _ in closed):
        tx.execute(_RETIRE.where(person.c.id.in_(some)).values(closed_at=now))


def revive(person_ids: Sequence[int]) -> Update:
    """Whoever has a role again is no longer closed."""
    closed = person.c.id.in_(person_ids) & person.c.closed_at.is_not(None)
    return update(person).where(closed).values(closed_at=None)


def _put(tx: Transaction, statement: Any, rows: Iterable[Mapping[str, Any]]) -> None:
    given = list(rows)
    if given:
        tx.execute(statement, given)


def _row(one: School, centre_ids: Mapping[str, int]) -> dict[str, Any]:
    facts = asdict(one)
    del facts["id"]
    centre = facts.pop("centre")
    return {**facts, "centre_id": centre_ids[centre] if centre else None}


_ROLES_KEY = (
    role.c.person_id,
    role.c.role,
    text("coalesce(school_id, 0)"),
    text("coalesce(centre_id, 0)"),
)
OPEN = upsert(role).on_conflict_do_update(index_elements=_ROLES_KEY, set_={"closed_at": null()})
"""A role for somebody, also one that they had before."""
_ALTER = update(school).where(school.c.id == bindparam("of"))
_CORRECT = update(person).where(person.c.id == bindparam("of"))
_VOUCH = update(address).where(address.c.channel == MAIL, address.c.value == bindparam("mail"))
_CLOSE = update(role).where(
    role.c.person_id == bindparam("of"),
    role.c.role == bindparam("as"),
    role.c.school_id == bindparam("at"),
    role.c.closed_at.is_(None),
)
_RETIRE = update(person).where(
    person.c.closed_at.is_(None),
    ~exists().where(role.c.person_id == person.c.id, role.c.closed_at.is_(None)),
)
