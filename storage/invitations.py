"""Invitations: one-time links that tie an address to the person they were mailed to. Never the link itself."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from secrets import choice
from string import ascii_letters

from sqlalchemy import ColumnElement, func, insert, select, update

from storage.database import Transaction
from storage.letter_texts import wipe
from storage.tables import address, invitation, role

LIFE = timedelta(days=14)
LENGTH = 32
"""Letters only, 182 bits: digits in a row could be taken for a pupil's number, and blanked."""


@dataclass(frozen=True, slots=True)
class Invitation:
    """One that was mailed."""

    id: int
    person_id: int
    made_at: datetime
    used_at: datetime | None

    def counts(self, now: datetime) -> bool:
        return self.used_at is None and now < self.made_at + LIFE


def letter_of(invitation_id: int) -> str:
    """The key of the letter that brings it."""
    return f"invitation:{invitation_id}"


def make(tx: Transaction, person_id: int, now: datetime) -> tuple[int, str]:
    """A new invitation: its number, and its token, kept nowhere. Those before it still count: mails cross."""
    token = "".join(choice(ascii_letters) for _ in range(LENGTH))
    row = {"person_id": person_id, "digest": _digest(token), "made_at": now}
    made = tx.execute(insert(invitation).values(row).returning(invitation.c.id))
    return int(made.scalar_one()), token


def made_since(tx: Transaction, since: datetime) -> frozenset[int]:
    """The ids of those for whom one was made since then."""
    return frozenset(tx.scalars(select(invitation.c.person_id).where(invitation.c.made_at >= since)))


def how_many_since(tx: Transaction, person_ids: Collection[int], since: datetime) -> Mapping[int, int]:
    """How many were made for each of these people since then: they are sent unasked."""
    found = select(invitation.c.person_id, func.count().label("number"))
    theirs = found.where(invitation.c.person_id.in_(list(person_ids)), invitation.c.made_at >= since)
    return {row.person_id: row.number for row in tx.execute(theirs.group_by(invitation.c.person_id))}


def with_token(tx: Transaction, token: str) -> Invitation | None:
    """The invitation that this token is of; None for a guess."""
    columns = (invitation.c[name] for name in Invitation.__dataclass_fields__)
    row = tx.execute(select(*columns).where(invitation.c.digest == _digest(token))).first()
    return Invitation(**row._mapping) if row else None


def spend(tx: Transaction, invitation_id: int, now: datetime) -> bool:
    """Whether it was still unused; it is used now, and of two who come at once only one has done so."""
    unused = (invitation.c.id == invitation_id) & invitation.c.used_at.is_(None)
    return bool(_spend(tx, unused, now))


def use(tx: Transaction, person_id: int, now: datetime) -> None:
    """Somebody has come: none of their invitations is of any more use, nor what their letters say."""
    unused = (invitation.c.person_id == person_id) & invitation.c.used_at.is_(None)
    _spend(tx, unused, now)


def _spend(tx: Transaction, which: ColumnElement[bool], now: datetime) -> list[int]:
    """Their numbers; what their letters say is forgotten."""
    spent = update(invitation).where(which).values(used_at=now).returning(invitation.c.id)
    numbers = list(tx.scalars(spent))
    wipe(tx, [letter_of(one) for one in numbers])
    return numbers


def still_to_come(
    tx: Transaction, *, school_id: int | None = None, person_id: int | None = None
) -> tuple[int, ...]:
    """The ids of those of the roster who have a living e-mail address and none on Telegram; of one school or person."""
    reached = select(address.c.person_id).where(address.c.dead_at.is_(None))
    on_telegram = reached.where(address.c.channel == "telegram", address.c.linked_at.is_not(None))
    found = (
        select(role.c.person_id)
        .where(
            role.c.closed_at.is_(None),
            role.c.person_id.in_(reached.where(address.c.channel == "mail")),
            role.c.person_id.not_in(on_telegram),
        )
        .distinct()
        .order_by(role.c.person_id)
    )
    if school_id is not None:
        found = found.where(role.c.school_id == school_id)
    if person_id is not None:
        found = found.where(role.c.person_id == person_id)
    return tuple(tx.scalars(found))


def _digest(token: str) -> bytes:
    return sha256(token.encode()).digest()
