"""What becomes of a ticket: who sees to it, its history, and how it ended."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import insert, select, update

from storage.database import Transaction
from storage.states import Desk, Role, TicketState, TicketStep
from storage.tables import person, role, school, ticket, ticket_care, ticket_event
from storage.tickets import ALL, OPEN, Ticket, as_ticket

ASIDE: Final = ("words-held", "words-held-for-one", "words-held-to-add")
"""Kinds of tickets that only keep words until whoever wrote them says what they are for: nobody waits for an answer."""


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened to a ticket."""

    at: datetime
    by: int | None
    """The person who did it; None: the assistant."""
    what: TicketStep
    words: str
    name: str | None = None
    """Of that person."""


def happened(
    tx: Transaction, ticket_id: int, what: TicketStep, at: datetime, by: int | None = None, words: str = ""
) -> None:
    """Adds to the history of a ticket."""
    row = {"ticket_id": ticket_id, "what": what, "at": at, "by": by, "words": words}
    tx.execute(insert(ticket_event).values(row))
    tx.execute(update(ticket_care).where(ticket_care.c.ticket_id == ticket_id).values(changed_at=at))


def history(tx: Transaction, ticket_id: int) -> tuple[Event, ...]:
    """All that happened to a ticket, oldest first."""
    found = select(ticket_event, person.c.name).outerjoin(person, person.c.id == ticket_event.c.by)
    rows = tx.execute(found.where(ticket_event.c.ticket_id == ticket_id).order_by(ticket_event.c.id))
    return tuple(Event(row.at, row.by, TicketStep(row.what), row.words, row.name) for row in rows)


def opened_by(tx: Transaction, ticket_id: int) -> int | None:
    """The person who opened it, where that was proven."""
    found = select(ticket_event.c.by).where(
        ticket_event.c.ticket_id == ticket_id, ticket_event.c.what == TicketStep.OPENED
    )
    return tx.execute(found.limit(1)).scalar()


def last_answer(tx: Transaction, ticket_id: int) -> Event | None:
    """When and by whom it was last answered."""
    given = [one for one in history(tx, ticket_id) if one.what is TicketStep.ANSWERED]
    return given[-1] if given else None


def take(tx: Transaction, ticket_id: int, by: int, at: datetime) -> None:
    """They see to it from now on, whoever did before."""
    _change(tx, ticket_id, taken_by=by, taken_at=at)


def pass_to(tx: Transaction, ticket_id: int, to: int | None, school_id: int | None, at: datetime) -> None:
    """It lies with those responsible for a school, else with the operators or one of them; waiting begins anew."""
    taken = {"taken_by": to, "taken_at": at if to else None, "waiting_since": at, "reminders": 0}
    where = {"desk": Desk.SCHOOL, "school_id": school_id} if school_id else {"desk": Desk.OPERATORS}
    _change(tx, ticket_id, **taken, **where)


def lie_with_school(tx: Transaction, ticket_id: int, school_id: int) -> None:
    """Those responsible for this school are told of it, and may take it up."""
    _change(tx, ticket_id, desk=Desk.SCHOOL, school_id=school_id)


def close(tx: Transaction, ticket_id: int, at: datetime) -> None:
    """Nobody has to answer it any more."""
    tx.execute(update(ticket).where(ticket.c.id == ticket_id).values(state=TicketState.ANSWERED))
    _change(tx, ticket_id, closed_at=at)


def wait_again(tx: Transaction, ticket_id: int, at: datetime) -> None:
    """Its person has more to say: whoever saw to it does so still."""
    _change(tx, ticket_id, waiting_since=at, reminders=0, closed_at=None, solved=None)


def settle(tx: Transaction, ticket_id: int, solved: bool) -> None:
    """What the person says of how it ended."""
    _change(tx, ticket_id, solved=solved)


def rate(tx: Transaction, ticket_id: int, rating: int) -> bool:
    """Keeps the person's rating; False when they had given one."""
    fresh = (ticket_care.c.ticket_id == ticket_id) & ticket_care.c.rating.is_(None)
    return tx.execute(update(ticket_care).where(fresh).values(rating=rating)).rowcount == 1


def remind(tx: Transaction, ticket_id: int, before: int) -> bool:
    """Counts a reminder; False when another process was faster."""
    same = (ticket_care.c.ticket_id == ticket_id) & (ticket_care.c.reminders == before)
    return tx.execute(update(ticket_care).where(same).values(reminders=before + 1)).rowcount == 1


def of_person(tx: Transaction, person_id: int, most: int) -> tuple[Ticket, ...]:
    """The newest requests of somebody, newest first."""
    own = ALL.where(ticket.c.person_id == person_id, ticket.c.kind.not_in(ASIDE))
    return tuple(map(as_ticket, tx.execute(own.order_by(ticket.c.id.desc()).limit(most))))


def all_of_them(tx: Transaction, *, only_open: bool, most: int) -> tuple[Ticket, ...]:
    """The newest tickets, oldest first."""
    found = ALL.where(ticket.c.kind.not_in(ASIDE))
    if only_open:
        found = found.where(OPEN)
    rows = tx.execute(found.order_by(ticket.c.id.desc()).limit(most)).all()
    return tuple(map(as_ticket, reversed(rows)))


def at_desk(
    tx: Transaction, schools: Collection[int], centres: Collection[int], *, operators: bool, besides: int
) -> tuple[Ticket, ...]:
    """The open tickets that lie with these schools, those of these centres, or the operators, longest wait first.

    `besides`: whose own requests are left out.
    """
    of_centres = select(school.c.id).where(school.c.centre_id.in_(centres))
    theirs = ticket_care.c.school_id.in_(schools) | ticket_care.c.school_id.in_(of_centres)
    where = (ticket_care.c.desk == Desk.SCHOOL) & theirs
    found = ALL.where(
        ticket.c.state == TicketState.OPEN,
        ticket.c.kind.not_in(ASIDE),
        ticket.c.person_id != besides,
        where | (ticket_care.c.desk == Desk.OPERATORS) if operators else where,
    )
    return tuple(map(as_ticket, tx.execute(found.order_by(ticket_care.c.waiting_since, ticket.c.id))))


def answered_since(tx: Transaction, person_id: int, since: datetime) -> Ticket | None:
    """The request of somebody that a human last answered since then, unless they call it settled."""
    given = select(ticket_event.c.ticket_id, ticket_event.c.id.label("event"))
    given = given.where(ticket_event.c.what == TicketStep.ANSWERED, ticket_event.c.at >= since)
    last = given.subquery()
    found = ALL.join(last, last.c.ticket_id == ticket.c.id).where(
        ticket.c.person_id == person_id, ticket.c.kind.not_in(ASIDE), ticket_care.c.solved.is_not(True)
    )
    row = tx.execute(found.order_by(last.c.event.desc()).limit(1)).first()
    return as_ticket(row) if row else None


def waiting_since(tx: Transaction, before: datetime, reminders: int) -> tuple[Ticket, ...]:
    """The tickets that have waited since then, of which fewer reminders than that were given, oldest first."""
    found = ALL.where(
        OPEN,
        ticket.c.kind.not_in(ASIDE),
        ticket_care.c.waiting_since <= before,
        ticket_care.c.reminders < reminders,
    )
    return tuple(map(as_ticket, tx.execute(found.order_by(ticket.c.id))))


def others_wait(tx: Transaction, kind: str, since: datetime, besides: int) -> bool:
    """Whether another ticket of this kind came since then, and nobody has taken it up yet."""
    found = ALL.where(
        ticket.c.kind == kind,
        OPEN,
        ticket.c.id != besides,
        ticket_care.c.waiting_since >= since,
        ticket_care.c.taken_by.is_(None),
    )
    return tx.execute(found.limit(1)).first() is not None


def responsible_for_centre(tx: Transaction, centre_id: int) -> tuple[int, ...]:
    """The ids of those responsible for a service centre."""
    found = select(role.c.person_id).where(role.c.role == Role.CSS_ADMIN, role.c.centre_id == centre_id)
    return tuple(tx.scalars(found.where(role.c.closed_at.is_(None)).order_by(role.c.person_id)))


def centre_of(tx: Transaction, school_id: int) -> int | None:
    """The id of the service centre that a school belongs to."""
    return tx.execute(select(school.c.centre_id).where(school.c.id == school_id)).scalar()


def _change(tx: Transaction, ticket_id: int, **new: object) -> None:
    tx.execute(update(ticket_care).where(ticket_care.c.ticket_id == ticket_id).values(**new))
