"""What people ask that the knowledge base should know: kept while it may still be taken up, then forgotten."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Row, Select, case, insert, select, update

from storage.database import Transaction
from storage.states import TicketState
from storage.tables import enquiry, ticket


@dataclass(frozen=True, slots=True)
class NewEnquiry:
    """One thing that somebody asked, and what was made of it."""

    person_id: int
    channel: str
    address: str
    """Where the answer to it goes."""
    language: str
    """That of the answer."""
    asked_in: str
    """The language of the question itself."""
    text: str
    """As asked, pupil numbers blanked."""
    sense: bytes
    """See `faq.sense`; empty without the encoder."""
    entry: str | None
    """The entry that was given as its answer; None: it was asked back or owned up to."""
    nearest: tuple[str, ...]
    """The entries that came nearest, best first, three at most."""


@dataclass(frozen=True, slots=True)
class Enquiry(NewEnquiry):
    """The same once it is kept."""

    id: int
    next_said: bool
    """Whether the entry's next step was said too."""
    helped: bool | None
    ticket_id: int | None
    asked_at: datetime


def keep(tx: Transaction, new: NewEnquiry, now: datetime) -> int:
    """Keeps it: its number."""
    row = {
        "person_id": new.person_id,
        "channel": new.channel,
        "address": new.address,
        "language": new.language,
        "asked_in": new.asked_in,
        "text": new.text,
        "sense": new.sense or None,
        "entry": new.entry,
        "nearest": list(new.nearest),
        "asked_at": now,
    }
    return int(tx.execute(insert(enquiry).values(row).returning(enquiry.c.id)).scalar_one())


def by_id(tx: Transaction, enquiry_id: int) -> Enquiry | None:
    """The enquiry with this number."""
    return _first(tx, select(enquiry).where(enquiry.c.id == enquiry_id))


def last_taken_up(tx: Transaction, person_id: int, since: datetime) -> Enquiry | None:
    """What the person asked last, unless earlier; what came to nothing counts only where nothing else was asked."""
    own = select(enquiry).where(enquiry.c.person_id == person_id, enquiry.c.asked_at >= since)
    came_to_something = enquiry.c.entry.is_not(None) | enquiry.c.ticket_id.is_not(None)
    best_first = own.order_by(case((came_to_something, 0), else_=1), enquiry.c.id.desc())
    return _first(tx, best_first.limit(1))


def answered_with(tx: Transaction, enquiry_id: int, entry: str, language: str) -> None:
    """The entry that answers it after all, in that language: chosen when asked back, picked, or said again."""
    new = {"entry": entry, "language": language, "next_said": False, "helped": None}
    tx.execute(update(enquiry).where(enquiry.c.id == enquiry_id).values(new))


def next_said(tx: Transaction, enquiry_id: int) -> None:
    """The next step of its entry was said."""
    tx.execute(update(enquiry).where(enquiry.c.id == enquiry_id).values(next_said=True))


def judge(tx: Transaction, enquiry_id: int, *, helped: bool) -> None:
    """Whether the answer helped, says the person."""
    tx.execute(update(enquiry).where(enquiry.c.id == enquiry_id).values(helped=helped))


def attach(tx: Transaction, enquiry_id: int, ticket_id: int) -> None:
    """A human takes it up under this ticket."""
    tx.execute(update(enquiry).where(enquiry.c.id == enquiry_id).values(ticket_id=ticket_id))


def of_ticket(tx: Transaction, ticket_id: int) -> tuple[Enquiry, ...]:
    """Those that one ticket answers, oldest first."""
    return _all(tx, select(enquiry).where(enquiry.c.ticket_id == ticket_id).order_by(enquiry.c.id))


def under_open_tickets(tx: Transaction) -> tuple[Enquiry, ...]:
    """Those that a human still has to answer, oldest first."""
    still_open = enquiry.join(ticket, ticket.c.id == enquiry.c.ticket_id)
    found = select(enquiry).select_from(still_open).where(ticket.c.state == TicketState.OPEN)
    return _all(tx, found.order_by(enquiry.c.id))


def unanswered(tx: Transaction, since: datetime, until: datetime) -> tuple[Enquiry, ...]:
    """Those without an answer, or whose answer did not help, oldest first."""
    failed = enquiry.c.entry.is_(None) | enquiry.c.helped.is_(False)
    within = enquiry.c.asked_at.between(since, until)
    return _all(tx, select(enquiry).where(failed, within).order_by(enquiry.c.id))


def _first(tx: Transaction, found: Select[tuple[object, ...]]) -> Enquiry | None:
    row = tx.execute(found).first()
    return _enquiry(row) if row else None


def _all(tx: Transaction, found: Select[tuple[object, ...]]) -> tuple[Enquiry, ...]:
    rows: Sequence[Row[tuple[object, ...]]] = tx.execute(found).all()
    return tuple(map(_enquiry, rows))


def _enquiry(row: Row[tuple[object, ...]]) -> Enquiry:
    return Enquiry(
        person_id=row.person_id,
        channel=row.channel,
        address=row.address,
        language=row.language,
        asked_in=row.asked_in,
        text=row.text,
        sense=row.sense or b"",
        entry=row.entry,
        nearest=tuple(row.nearest),
        id=row.id,
        next_said=row.next_said,
        helped=row.helped,
        ticket_id=row.ticket_id,
        asked_at=row.asked_at,
    )
