"""How long each kind of data is kept: one table of kinds, which `storage.sweeping` works off."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from sqlalchemy import (
    Column,
    ColumnElement,
    Select,
    Table,
    Text,
    cast,
    exists,
    func,
    literal_column,
    or_,
    select,
)

from storage import erasing
from storage.database import Transaction
from storage.invitations import LIFE
from storage.keys import EMPTY
from storage.states import UNSENT, TalkState, TicketState
from storage.tables import (
    account,
    address,
    alert_wait,
    campaign,
    declaration,
    declaration_handover,
    declaration_version,
    enquiry,
    headcount,
    inbox,
    invitation,
    letter,
    letter_file,
    link_code,
    machine_answer,
    no_use,
    parked_mail,
    person,
    registration,
    reminder,
    role,
    roster_file,
    talk,
    ticket,
    ticket_care,
    ticket_event,
)
from storage.tickets import OPEN

Due = Callable[[datetime], ColumnElement[bool]]
"""What has been kept long enough, given the moment before which it ended."""
Each = Callable[[Transaction, int, datetime], None]
"""What is done now with the row of this number, which is not due any more afterwards."""


@dataclass(frozen=True, slots=True)
class Sweep:
    """One table that a kind of data stands in, and what becomes of a row that is due."""

    table: Table
    due: Due
    blank: Mapping[str, Any] = field(default_factory=dict)
    """What its columns then hold; empty: the row is deleted."""
    each: Each | None = None
    """What is done instead, one after the other."""


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of data that is kept for a time of its own, set by `DECLIC_KEEP_NAME`."""

    name: str
    sweeps: tuple[Sweep, ...]
    """In this order: what refers to another row goes first."""


WITH_WORDS: Final = letter.c.html != literal_column("''")
"""In the words of its index."""


def _closed(before: datetime) -> Select[tuple[int]]:
    """The tickets that are done with since then."""
    since = func.coalesce(ticket_care.c.closed_at, ticket_care.c.changed_at)
    found = select(ticket.c.id).join(ticket_care, ticket_care.c.ticket_id == ticket.c.id)
    return found.where(ticket.c.state != TicketState.OPEN, since < before)


def _ended(before: datetime) -> ColumnElement[bool]:
    """The letters that left, or never will, since then."""
    return (func.coalesce(letter.c.sent_at, letter.c.due) < before) & letter.c.state.not_in(UNSENT)


def _file_ended(before: datetime) -> ColumnElement[bool]:
    return exists().where(letter.c.id == letter_file.c.letter_id, _ended(before))


def _says_something(before: datetime) -> ColumnElement[bool]:
    """The talks that hold more than that they were had: answers, or what they began with, or what was offered."""
    anything = (_holds(talk.c[name]) for name in ("answers", "seed", "held", "offered"))
    return (talk.c.updated_at < before) & or_(*anything)


def _with_words(before: datetime) -> ColumnElement[bool]:
    words = (ticket.c.text != "") | ticket.c.answer.is_not(None) | _holds(ticket.c.thread)
    return ticket.c.id.in_(_closed(before)) & words


def _holds(column: Column[Any]) -> ColumnElement[bool]:
    """Whether there is anything in this JSON; compared as it is kept, unopened."""
    return func.coalesce(cast(column, Text), "null").not_in(EMPTY)


def _departed(before: datetime) -> ColumnElement[bool]:
    """Those who have left everything since then, and of whom anything is known."""
    has_role = exists().where(role.c.person_id == person.c.id, role.c.closed_at.is_(None))
    is_known = person.c.name.is_not(None) | exists().where(address.c.person_id == person.c.id)
    return (person.c.closed_at < before) & is_known & ~has_role


def _open_tickets() -> Select[tuple[int]]:
    return select(ticket.c.id).where(OPEN)


def _sent_before(before: datetime) -> Select[tuple[int]]:
    return select(declaration.c.id).where(declaration.c.sent_at < before)


KINDS: Final = (
    Kind("departed", (Sweep(person, _departed, each=erasing.erase_departed),)),
    Kind(
        "enquiries",
        (
            Sweep(
                enquiry,
                lambda before: (
                    (enquiry.c.asked_at < before)
                    & (enquiry.c.ticket_id.is_(None) | enquiry.c.ticket_id.not_in(_open_tickets()))
                ),
            ),
        ),
    ),
    Kind(
        "parked",
        (
            Sweep(
                parked_mail,
                lambda before: (parked_mail.c.parked_at < before) & parked_mail.c.raw.is_not(None),
                {"raw": None},
            ),
            Sweep(
                inbox,
                lambda before: (inbox.c.parked_at < before) & inbox.c.text.is_not(None),
                {"text": None},
            ),
        ),
    ),
    Kind(
        "letters",
        (
            Sweep(
                letter,
                lambda before: _ended(before) & WITH_WORDS,
                {"html": "", "buttons": [], "subject": None, "thread": None},
            ),
        ),
    ),
    Kind(
        "letter-files",
        (Sweep(letter_file, _file_ended),),
    ),
    Kind(
        "answers",
        (
            Sweep(
                talk,
                _says_something,
                {
                    "seed": {},
                    "answers": {},
                    "held": None,
                    "offered": [],
                    "editing": "",
                    "state": TalkState.FINISHED,
                    "version": talk.c.version + 1,
                },
            ),
        ),
    ),
    Kind(
        "tickets",
        (
            Sweep(
                ticket,
                _with_words,
                {"text": "", "answer": None, "thread": None},
            ),
            Sweep(
                ticket_event,
                lambda before: ticket_event.c.ticket_id.in_(_closed(before)) & (ticket_event.c.words != ""),
                {"words": ""},
            ),
            Sweep(
                ticket_care,
                lambda before: ticket_care.c.ticket_id.in_(_closed(before)) & (ticket_care.c.tried != ""),
                {"tried": ""},
            ),
            Sweep(registration, lambda before: registration.c.ticket_id.in_(_closed(before))),
            Sweep(alert_wait, lambda before: alert_wait.c.at < before),
        ),
    ),
    Kind(
        "codes",
        (
            Sweep(link_code, lambda before: link_code.c.made_at < before),
            # One that is used is of no more use than a code; another one may still lie in somebody's mailbox.
            Sweep(
                invitation,
                lambda before: (invitation.c.used_at < before) | (invitation.c.made_at < before - LIFE),
            ),
        ),
    ),
    Kind("roster-files", (Sweep(roster_file, lambda before: roster_file.c.made_at < before),)),
    Kind(
        "reminders",
        (
            Sweep(reminder, lambda before: reminder.c.at < before),
            Sweep(
                campaign,
                lambda before: (campaign.c.ended_at < before) & campaign.c.note.is_not(None),
                {"note": None},
            ),
        ),
    ),
    Kind("machine-answers", (Sweep(machine_answer, lambda before: machine_answer.c.at < before),)),
    Kind("inbox", (Sweep(inbox, lambda before: inbox.c.first_at < before),)),
    Kind(
        "declarations",
        (
            Sweep(
                declaration_version,
                lambda before: declaration_version.c.declaration_id.in_(_sent_before(before)),
            ),
            Sweep(
                declaration_handover,
                lambda before: declaration_handover.c.declaration_id.in_(_sent_before(before)),
            ),
            Sweep(declaration, lambda before: declaration.c.sent_at < before),
            Sweep(no_use, lambda before: no_use.c.said_at < before),
            Sweep(headcount, lambda before: headcount.c.confirmed_at < before),
            Sweep(account, lambda before: account.c.listed_at < before),
        ),
    ),
)
"""Every kind of data that does not stay for good."""
