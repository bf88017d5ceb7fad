"""What is due to be forgotten: the conditions that the kinds of `storage.retention` are made of."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Column, ColumnElement, Text, and_, cast, exists, func, literal_column, or_, select

from storage.invitations import LIFE
from storage.keys import EMPTY
from storage.states import UNSENT, TicketState
from storage.tables import (
    address,
    declaration,
    enquiry,
    invitation,
    letter,
    letter_file,
    person,
    role,
    talk,
    ticket,
    ticket_care,
)
from storage.tickets import OPEN

Due = Callable[[datetime], ColumnElement[bool]]
"""What has been kept long enough, given the moment before which it ended."""


def older(at: Column[Any], *besides: ColumnElement[bool]) -> Due:
    """The rows of before then."""
    return lambda before: and_(at < before, *besides)


def of_closed(ticket_id: Column[int], *besides: ColumnElement[bool]) -> Due:
    """What belongs to the tickets that are done with since then."""
    since = func.coalesce(ticket_care.c.closed_at, ticket_care.c.changed_at)
    found = select(ticket.c.id).join(ticket_care, ticket_care.c.ticket_id == ticket.c.id)
    closed = found.where(ticket.c.state != TicketState.OPEN)
    return lambda before: and_(ticket_id.in_(closed.where(since < before)), *besides)


def of_sent(declaration_id: Column[int]) -> Due:
    """What belongs to the declarations that were sent before then."""
    sent = select(declaration.c.id)
    return lambda before: declaration_id.in_(sent.where(declaration.c.sent_at < before))


def ended_with_words(before: datetime) -> ColumnElement[bool]:
    """The letters that left, or never will, since then, and say something; in the words of their index."""
    return and_(_ended(before), letter.c.html != literal_column("''"))


def file_ended(before: datetime) -> ColumnElement[bool]:
    """The files of the letters that left, or never will, since then."""
    return exists().where(letter.c.id == letter_file.c.letter_id, _ended(before))


def says_something(before: datetime) -> ColumnElement[bool]:
    """The talks that hold more than that they were had: answers, or what they began with, or what was offered."""
    anything = (_holds(talk.c[name]) for name in ("answers", "seed", "held", "offered"))
    return and_(talk.c.updated_at < before, or_(*anything))


def spent(before: datetime) -> ColumnElement[bool]:
    """The invitations that were used, or ran out; another one may still lie in somebody's mailbox."""
    return or_(invitation.c.used_at < before, invitation.c.made_at < before - LIFE)


def departed(before: datetime) -> ColumnElement[bool]:
    """Those who have left everything since then, and of whom anything is known."""
    has_role = exists().where(role.c.person_id == person.c.id, role.c.closed_at.is_(None))
    is_known = person.c.name.is_not(None) | exists().where(address.c.person_id == person.c.id)
    return (person.c.closed_at < before) & is_known & ~has_role


def _ended(before: datetime) -> ColumnElement[bool]:
    return and_(func.coalesce(letter.c.sent_at, letter.c.due) < before, letter.c.state.not_in(UNSENT))


def _holds(column: Column[Any]) -> ColumnElement[bool]:
    """Whether there is anything in this JSON; compared as it is kept, unopened."""
    return func.coalesce(cast(column, Text), "null").not_in(EMPTY)


WITH_WORDS: Final = or_(ticket.c.text != "", ticket.c.answer.is_not(None), _holds(ticket.c.thread))
"""The tickets that have words."""
AWAITED_NO_MORE: Final = or_(
    enquiry.c.ticket_id.is_(None), enquiry.c.ticket_id.not_in(select(ticket.c.id).where(OPEN))
)
"""The enquiries that no human still has to answer."""
