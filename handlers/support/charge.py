"""Who is in charge of a ticket, and who sees to it."""

from __future__ import annotations

from typing import Final

from bot.turn import Turn, say
from storage import care, people, roles, tickets
from storage.states import Desk, Role
from storage.tickets import Ticket

OPERATORS: Final = frozenset({Role.OPERATOR})
IN_CHARGE: Final = frozenset({Role.OPERATOR, Role.SCHOOL_ADMIN, Role.CSS_ADMIN})
"""Who sees to tickets, keeps the roster and invites people to it: `may_care` and `answers_for` tell of which ones."""
UNKNOWN_TICKET: Final = say("support/gone")


def may_care(turn: Turn, ticket: Ticket) -> bool:
    """Whether the sender is in charge: operators of every ticket, others of those that lie with their school.

    Nobody is in charge of their own request.
    """
    if not turn.known or ticket.person_id == turn.person.id:
        return False
    if turn.person.roles & OPERATORS:
        return True
    return ticket.desk is Desk.SCHOOL and answers_for(turn, ticket.school_id)


def answers_for(turn: Turn, school_id: int | None) -> bool:
    """Whether the sender decides about a school and its people: by a place of theirs, or as an operator about any.

    This permits; whom to write to, `roles.in_charge_of` tells.
    """
    if turn.person.roles & OPERATORS:
        return True
    if school_id is None:
        return False
    centre_id = care.centre_of(turn.tx, school_id)
    return any(
        (place.role is Role.SCHOOL_ADMIN and place.school_id == school_id)
        or (place.role is Role.CSS_ADMIN and place.centre_id is not None and place.centre_id == centre_id)
        for place in turn.person.places
    )


def at_school(turn: Turn, number: int) -> bool:
    """Whether the ticket lies with the responsible of a school, and there is one."""
    ticket = tickets.by_id(turn.tx, number)
    if ticket is None or ticket.desk is not Desk.SCHOOL or ticket.school_id is None:
        return False
    return bool(roles.in_charge_of(turn.tx, ticket.school_id, ticket.person_id))


def cared_for(turn: Turn, number: int | None) -> Ticket | None:
    """The ticket with this number, if the sender may act on it: nobody else can until this turn ends.

    The one door for whatever those in charge do: a note to oneself is no ticket to act on.
    """
    ticket = tickets.lock(turn.tx, number) if number is not None else None
    return ticket if ticket and ticket.kind not in care.ASIDE and may_care(turn, ticket) else None


def taken_by_another(turn: Turn, ticket: Ticket) -> dict[str, object] | None:
    """Who else sees to it, and since when; None: nobody does."""
    if ticket.taken_by in (None, turn.person.id) or not ticket.taken_at:
        return None
    today = ticket.taken_at.astimezone(turn.now.tzinfo).date() == turn.today
    name = name_of(turn, ticket.taken_by)
    return {"number": ticket.id, "name": name, "since": ticket.taken_at, "today": today}


def name_of(turn: Turn, person_id: int | None) -> str | None:
    """What somebody goes by."""
    found = people.by_id(turn.tx, person_id) if person_id is not None else None
    return found.name if found else None
