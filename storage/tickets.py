"""What a human has to take up."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import insert, select, update

from bot.messages import Thread
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
    thread: Thread | None = None
    """What its answer goes on with, where it came by letter."""


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
    answer: str | None
    """What a human last wrote to it."""
    thread: Thread | None = None


def open_one(tx: Transaction, new: NewTicket, now: datetime) -> int:
    """A new ticket: its number."""
    made = (
        insert(ticket).values(**{**asdict(new), "thread": new.thread}, opened_at=now).returning(ticket.c.id)
    )
    return int(tx.execute(made).scalar_one())


def by_id(tx: Transaction, ticket_id: int) -> Ticket | None:
    """The ticket with this number."""
    row = tx.execute(select(ticket).where(ticket.c.id == ticket_id)).first()
    if row is None:
        return None
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
    )


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
