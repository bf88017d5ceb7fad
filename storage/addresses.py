"""Addresses that nobody can be reached at any more, and those that live again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, delete, select, update

from storage import partings, people
from storage.database import Transaction
from storage.marks import elsewhere, tidy
from storage.order import NEVER_HELD, is_state
from storage.people import Address
from storage.states import UNSENT, LetterState
from storage.tables import address, discussion, letter, ticket

SOFT_BOUNCES = 3
"""After so many an address that refuses for a while counts as dead."""


@dataclass(frozen=True, slots=True)
class Standing:
    """An address of somebody, and whether they are reached there."""

    channel: str
    value: str
    linked_at: datetime | None
    """When it was tied to them by proof; None: they have only written from it."""
    dead_at: datetime | None
    dead_reason: str | None
    bounces: int
    """How many letters have come back from it that may arrive another day."""
    own: bool = False
    """Whether they tied it themselves."""

    @property
    def of_roster(self) -> bool:
        """Whether it is the e-mail address that the roster brings: not theirs to take away."""
        return self.channel == "mail" and not self.own


def of_person(tx: Transaction, person_id: int) -> tuple[Standing, ...]:
    """Every address of somebody, the dead ones too, by channel."""
    columns = (address.c[name] for name in Standing.__dataclass_fields__)
    found = select(*columns).where(address.c.person_id == person_id)
    return tuple(
        Standing(**row._mapping) for row in tx.execute(found.order_by(address.c.channel, address.c.value))
    )


def mark_dead(tx: Transaction, channel: str, value: str, reason: str, now: datetime) -> None:
    """Nobody can be reached here: the letters that wait for it take another way, or are given up without one.

    Those of campaigns are left to their judge, who keeps the ledger.
    """
    why = tidy(reason)
    found = and_(address.c.channel == channel, address.c.value == value, address.c.dead_at.is_(None))
    tx.execute(update(address).where(found).values(dead_at=now, dead_reason=why[:200]))
    of_address = and_(letter.c.channel == channel, letter.c.address == value, is_state(letter, *UNSENT))
    waiting = update(letter).where(of_address, is_state(letter, LetterState.WAITING))
    other = other_way(tx, channel, value)
    if other:
        tx.execute(waiting.values(reason=why, **elsewhere(other)))
    else:
        given_up = waiting.where(letter.c.campaign_id.is_(None))
        tx.execute(given_up.values(reason=why, state=LetterState.DEAD))


def other_way(tx: Transaction, channel: str, value: str) -> Address | None:
    """Where else the person at an address is reached: their newest living, linked address; None: nowhere.

    A terminal only where there is nothing else, as for what is sent unasked: nobody may sit at it.
    """
    person_id = people.id_at(tx, channel, value)
    reachable = people.addresses(tx, person_id) if person_id is not None else ()
    others = (one for one in reachable if one != Address(channel, value))
    return min(others, key=lambda one: one.channel == NEVER_HELD, default=None)


def bounced(tx: Transaction, channel: str, value: str, reason: str, now: datetime) -> None:
    """Something came back that may arrive another day; the third time the address is dead."""
    found = and_(address.c.channel == channel, address.c.value == value, address.c.dead_at.is_(None))
    counted = update(address).where(found).values(bounces=address.c.bounces + 1)
    bounces = tx.execute(counted.returning(address.c.bounces)).scalar()
    if bounces is not None and bounces >= SOFT_BOUNCES:
        mark_dead(tx, channel, value, reason, now)


def revive(tx: Transaction, channel: str, value: str) -> None:
    """Somebody can be reached here again; what had waited for them before is not sent any more."""
    found = and_(address.c.channel == channel, address.c.value == value)
    tx.execute(update(address).where(found).values(dead_at=None, dead_reason=None, bounces=0))


def take_away(tx: Transaction, channel: str, value: str, now: datetime) -> None:
    """The address is nobody's any more: what waits for it takes another way, and whoever writes from it is new."""
    mark_dead(tx, channel, value, "taken away", now)
    _answer_elsewhere(tx, channel, value)
    partings.leave(tx, channel, value, now)
    tx.execute(delete(address).where(address.c.channel == channel, address.c.value == value))


def _answer_elsewhere(tx: Transaction, channel: str, value: str) -> None:
    """What its person asked from there is answered where they are reached still; nobody talks with them there."""
    tx.execute(delete(discussion).where(discussion.c.channel == channel, discussion.c.address == value))
    other = other_way(tx, channel, value)
    if other:
        asked = (ticket.c.channel == channel) & (ticket.c.address == value)
        there = {"channel": other.channel, "address": other.value, "thread": None}
        tx.execute(update(ticket).where(asked).values(there))
