"""What a human has to take up."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, insert, literal_column, select, update

from bot.messages import Thread
from storage.database import Transaction
from storage.states import Desk, TicketState, TicketStatus
from storage.tables import ticket, ticket_care


@dataclass(frozen=True, slots=True)
class NewTicket:
    """One request of one person to a human, and where to answer it."""

    person_id: int
    kind: str
    text: str
    channel: str
    address: str
    talk_id: str | None = None
    thread: Thread | None = None
    """What its answer goes on with, where it came by letter."""
    tried: str = ""
    """What was tried before a human was asked."""
    school_id: int | None = None
    """The school that it is about."""


@dataclass(frozen=True, slots=True)
class Ticket:
    """The same once it has a number."""

    id: int
    person_id: int
    kind: str
    text: str
    channel: str
    address: str
    state: TicketState
    """Whether a human still has to answer."""
    answer: str | None
    """What a human last wrote to it."""
    thread: Thread | None
    opened_at: datetime
    changed_at: datetime
    waiting_since: datetime
    """When the person last asked or added something."""
    tried: str = ""
    desk: Desk = Desk.OPERATORS
    school_id: int | None = None
    taken_by: int | None = None
    """The id of whoever sees to it."""
    taken_at: datetime | None = None
    reminders: int = 0
    """How often those in charge were reminded of it."""
    closed_at: datetime | None = None
    solved: bool | None = None
    """What the person said of it."""
    rating: int | None = None
    """From 1 to 5, by the person."""

    @property
    def status(self) -> TicketStatus:
        """How it is spoken of."""
        if self.closed_at:
            return TicketStatus.CLOSED
        if self.state is TicketState.ANSWERED:
            return TicketStatus.ANSWERED
        return TicketStatus.TAKEN if self.taken_by else TicketStatus.OPEN


def open_one(tx: Transaction, new: NewTicket, now: datetime) -> int:
    """A new ticket: its number."""
    asked = insert(ticket).values(
        person_id=new.person_id,
        kind=new.kind,
        text=new.text,
        channel=new.channel,
        address=new.address,
        talk_id=new.talk_id,
        thread=new.thread,
        opened_at=now,
    )
    number = int(tx.execute(asked.returning(ticket.c.id)).scalar_one())
    care = {"tried": new.tried, "school_id": new.school_id, "changed_at": now, "waiting_since": now}
    tx.execute(insert(ticket_care).values(ticket_id=number, **care))
    return number


def by_id(tx: Transaction, ticket_id: int) -> Ticket | None:
    """The ticket with this number."""
    row = tx.execute(ALL.where(ticket.c.id == ticket_id)).first()
    return as_ticket(row) if row else None


def lock(tx: Transaction, ticket_id: int) -> Ticket | None:
    """The same, as nobody else can change it until this transaction ends."""
    tx.execute(select(ticket.c.id).where(ticket.c.id == ticket_id).with_for_update())
    return by_id(tx, ticket_id)


def hold(tx: Transaction, ticket_id: int) -> bool:
    """Whether it is still open; if so, it stays open until this transaction ends."""
    still = select(ticket.c.id).where(ticket.c.id == ticket_id, ticket.c.state == TicketState.OPEN)
    return tx.execute(still.with_for_update()).first() is not None


def taken_up(tx: Transaction, ticket_ids: Iterable[int]) -> frozenset[int]:
    """Those of them that a human has answered."""
    done = select(ticket.c.id).where(
        ticket.c.id.in_(list(ticket_ids)), ticket.c.state == TicketState.ANSWERED
    )
    return frozenset(tx.scalars(done))


def answered(tx: Transaction, ticket_id: int, answer: str | None = None) -> bool:
    """A human has taken it up, in these words if they used their own; False when somebody had before."""
    was_open = hold(tx, ticket_id)
    new = {"state": TicketState.ANSWERED, **({"answer": answer} if answer else {})}
    tx.execute(update(ticket).where(ticket.c.id == ticket_id).values(new))
    return was_open


def reopen(tx: Transaction, ticket_id: int, channel: str, address: str, thread: Thread | None) -> None:
    """Somebody has more to say: a human has to take it up again, and to answer where that was said."""
    new = {"state": TicketState.OPEN, "channel": channel, "address": address, "thread": thread}
    tx.execute(update(ticket).where(ticket.c.id == ticket_id).values(new))


OPEN = ticket.c.state == literal_column(f"'{TicketState.OPEN}'")
"""Those that a human has to take up; written out, or no database knows that the index of open ones will do."""
ALL: Select[Any] = select(
    ticket, *(column for column in ticket_care.c if column is not ticket_care.c.ticket_id)
).join(ticket_care, ticket_care.c.ticket_id == ticket.c.id)
"""Every ticket with how it is cared for."""


def as_ticket(row: Row[Any]) -> Ticket:
    """A row of `ALL` as a value."""
    return Ticket(
        row.id,
        row.person_id,
        row.kind,
        row.text,
        row.channel,
        row.address,
        TicketState(row.state),
        row.answer,
        row.thread,
        row.opened_at,
        row.changed_at,
        row.waiting_since,
        row.tried,
        Desk(row.desk),
        row.school_id,
        row.taken_by,
        row.taken_at,
        row.reminders,
        row.closed_at,
        row.solved,
        row.rating,
    )
