"""How long each kind of data is kept: one table of kinds, which `storage.sweeping` works off."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Table

from storage import erasing
from storage.database import Transaction
from storage.due import (
    AWAITED_NO_MORE,
    WITH_WORDS,
    Due,
    departed,
    ended_with_words,
    file_ended,
    of_closed,
    of_sent,
    older,
    says_something,
    spent,
)
from storage.states import TalkState
from storage.tables import (
    account,
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
    roster_file,
    talk,
    ticket,
    ticket_care,
    ticket_event,
)

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


KINDS: Final = (
    Kind("departed", (Sweep(person, departed, each=erasing.erase_departed),)),
    Kind("enquiries", (Sweep(enquiry, older(enquiry.c.asked_at, AWAITED_NO_MORE)),)),
    Kind(
        "parked",
        (
            Sweep(parked_mail, older(parked_mail.c.parked_at, parked_mail.c.raw.is_not(None)), {"raw": None}),
            Sweep(inbox, older(inbox.c.parked_at, inbox.c.text.is_not(None)), {"text": None}),
        ),
    ),
    Kind(
        "letters",
        (Sweep(letter, ended_with_words, {"html": "", "buttons": [], "subject": None, "thread": None}),),
    ),
    Kind("letter-files", (Sweep(letter_file, file_ended),)),
    Kind(
        "answers",
        (
            Sweep(
                talk,
                says_something,
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
            Sweep(ticket, of_closed(ticket.c.id, WITH_WORDS), {"text": "", "answer": None, "thread": None}),
            Sweep(
                ticket_event, of_closed(ticket_event.c.ticket_id, ticket_event.c.words != ""), {"words": ""}
            ),
            Sweep(ticket_care, of_closed(ticket_care.c.ticket_id, ticket_care.c.tried != ""), {"tried": ""}),
            Sweep(registration, of_closed(registration.c.ticket_id)),
            Sweep(alert_wait, older(alert_wait.c.at)),
        ),
    ),
    Kind("codes", (Sweep(link_code, older(link_code.c.made_at)), Sweep(invitation, spent))),
    Kind("roster-files", (Sweep(roster_file, older(roster_file.c.made_at)),)),
    Kind(
        "reminders",
        (
            Sweep(reminder, older(reminder.c.at)),
            Sweep(campaign, older(campaign.c.ended_at, campaign.c.note.is_not(None)), {"note": None}),
        ),
    ),
    Kind("machine-answers", (Sweep(machine_answer, older(machine_answer.c.at)),)),
    Kind("inbox", (Sweep(inbox, older(inbox.c.first_at)),)),
    Kind(
        "declarations",
        (
            Sweep(declaration_version, of_sent(declaration_version.c.declaration_id)),
            Sweep(declaration_handover, of_sent(declaration_handover.c.declaration_id)),
            Sweep(declaration, older(declaration.c.sent_at)),
            Sweep(no_use, older(no_use.c.said_at)),
            Sweep(headcount, older(headcount.c.confirmed_at)),
            Sweep(account, older(account.c.listed_at)),
        ),
    ),
)
"""Every kind of data that does not stay for good."""
