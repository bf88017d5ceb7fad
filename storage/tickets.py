"""What a human has to take up."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import insert, select, update

from storage.database import Transaction
from storage.states import TicketState
from storage.tables import ticket


@dataclass(frozen=True, slots=True)
class NewTicket:
    """One request of one person to a human, and where to answer it."""

    person_id: int
    kind: str
    text: str
    channel: str
    address: str
    talk_id: str | None = None


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


def open_one(tx: Transaction, new: NewTicket, now: datetime) -> int:
    """A new ticket: its number."""
    made = insert(ticket).values(**asdict(new), opened_at=now).returning(ticket.c.id)
    return int(tx.execute(made).scalar_one())


def by_id(tx: Transaction, ticket_id: int) -> Ticket | None:
    """The ticket with this number."""
    row = tx.execute(select(ticket).where(ticket.c.id == ticket_id)).first()
    if row is None:
        return None
    return Ticket(row.id, row.person_id, row.kind, row.text, row.channel, row.address, TicketState(row.state))


def answered(tx: Transaction, ticket_id: int) -> None:
    """A human has replied to it."""
    tx.execute(update(ticket).where(ticket.c.id == ticket_id).values(state=TicketState.ANSWERED))
