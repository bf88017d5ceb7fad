"""Reminding: those in charge of what has waited for long, then whoever is next in line."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Final

from bot.alerts import members, to_people
from bot.gathering import TEAM, desk_of
from bot.messages import Reply
from bot.render import topic
from bot.turn import House
from bot.working_days import WorkingDays
from handlers.support.working_time import working_time
from storage import care, people, registrations, versions
from storage.database import Transaction
from storage.outbox import NewLetter
from storage.states import Desk, TicketStep
from storage.tickets import Ticket

MOST: Final = 2
"""Reminders of one ticket: the first to whoever has it, the second to whoever is next."""
A_LETTER: Final = 20
"""Tickets named in one letter."""


def remind(tx: Transaction, house: House, now: datetime) -> Iterator[NewLetter]:
    """Letters about all that is due by now, each person one; whichever process looks, each reminder is given once."""
    due: dict[int, list[Ticket]] = defaultdict(list)
    for ticket in _overdue(tx, house, now):
        if care.remind(tx, ticket.id, ticket.reminders):
            care.happened(tx, ticket.id, TicketStep.REMINDED, now)
            for person_id in _whom(tx, ticket):
                due[person_id].append(ticket)
    for person_id, tickets in due.items():
        for first in range(0, len(tickets), A_LETTER):
            listed = [_line(tx, one, house) for one in tickets[first : first + A_LETTER]]
            yield from to_people(tx, house.wording, [person_id], Reply("desk/reminder", {"listed": listed}))


def _overdue(tx: Transaction, house: House, now: datetime) -> Iterator[Ticket]:
    """Those that have waited for another round of working hours since they were last spoken of."""
    settings = house.settings
    limit = timedelta(hours=settings.team_reminds_after)
    working_days = WorkingDays()
    for ticket in care.waiting_since(tx, now - limit, MOST):
        waited = working_time(ticket.waiting_since, now, settings.team_hours, settings.zone, working_days)
        if waited >= limit * (ticket.reminders + 1):
            yield ticket


def _whom(tx: Transaction, ticket: Ticket) -> tuple[int, ...]:
    return _in_charge(tx, ticket) if ticket.reminders == 0 else _next_in_line(tx, ticket)


def _in_charge(tx: Transaction, ticket: Ticket) -> tuple[int, ...]:
    """Whoever has taken it, or all of its desk."""
    if ticket.taken_by and people.addresses(tx, ticket.taken_by):
        return (ticket.taken_by,)
    return members(tx, desk_of(ticket.school_id) if ticket.desk is Desk.SCHOOL else TEAM, ticket.person_id)


def _next_in_line(tx: Transaction, ticket: Ticket) -> tuple[int, ...]:
    """After a school its service centre; after one operator the others; in the end all operators."""
    before = (*_in_charge(tx, ticket), ticket.person_id)
    operators = members(tx, TEAM, ticket.person_id)
    centre = _centre(tx, ticket.school_id) if ticket.desk is Desk.SCHOOL and ticket.school_id else ()
    lines = ([one for one in line if one not in before] for line in (centre, operators))
    reached = (tuple(one for one in line if people.addresses(tx, one)) for line in lines)
    return next(filter(None, reached), operators)


def _centre(tx: Transaction, school_id: int) -> tuple[int, ...]:
    centre_id = care.centre_of(tx, school_id)
    return care.responsible_for_centre(tx, centre_id) if centre_id is not None else ()


def _line(tx: Transaction, ticket: Ticket, house: House) -> dict[str, object]:
    """The number of a declaration to be completed, and the name of somebody to be registered, tell more than a text."""
    asked = registrations.of_ticket(tx, ticket.id)
    return {
        "number": ticket.id,
        "declared": versions.asked_by(tx, ticket.id),
        "registers": asked.name if asked else None,
        "about": topic(ticket.text),
        "hours": house.settings.team_reminds_after * (ticket.reminders + 1),
    }
