"""How long each kind of data is kept: one table of kinds, worked off in small batches so that nobody waits for it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from typing import Any, Final

from sqlalchemy import (
    Column,
    ColumnElement,
    Select,
    Table,
    Text,
    cast,
    delete,
    func,
    or_,
    select,
    tuple_,
    update,
)

from storage.database import Database, Transaction
from storage.invitations import LIFE
from storage.keys import EMPTY
from storage.states import UNSENT, TalkState, TicketState
from storage.tables import (
    alert_wait,
    declaration,
    declaration_version,
    enquiry,
    inbox,
    invitation,
    letter,
    letter_file,
    link_code,
    machine_answer,
    no_use,
    parked_mail,
    registration,
    roster_file,
    talk,
    ticket,
    ticket_care,
    ticket_event,
)
from storage.tickets import OPEN

AT_ONCE: Final = 500
"""Rows that one transaction takes: some milliseconds."""

Due = Callable[[datetime], ColumnElement[bool]]
"""What has been kept long enough, given the moment before which it ended."""


@dataclass(frozen=True, slots=True)
class Sweep:
    """One table that a kind of data stands in, and what becomes of a row that is due."""

    table: Table
    due: Due
    blank: Mapping[str, Any] = field(default_factory=dict)
    """What its columns then hold; empty: the row is deleted."""


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of data that is kept for a time of its own, set by `DECLIC_KEEP_NAME`."""

    name: str
    sweeps: tuple[Sweep, ...]
    """In this order: what refers to another row goes first."""


def _closed(before: datetime) -> Select[tuple[int]]:
    """The tickets that are done with since then."""
    since = func.coalesce(ticket_care.c.closed_at, ticket_care.c.changed_at)
    found = select(ticket.c.id).join(ticket_care, ticket_care.c.ticket_id == ticket.c.id)
    return found.where(ticket.c.state != TicketState.OPEN, since < before)


def _ended(before: datetime) -> Select[tuple[int]]:
    """The letters with files that left, or never will, since then."""
    since = func.coalesce(letter.c.sent_at, letter.c.due)
    return select(letter.c.id).where(letter.c.files > 0, letter.c.state.not_in(UNSENT), since < before)


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


def _open_tickets() -> Select[tuple[int]]:
    return select(ticket.c.id).where(OPEN)


def _sent_before(before: datetime) -> Select[tuple[int]]:
    return select(declaration.c.id).where(declaration.c.sent_at < before)


KINDS: Final = (
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
                lambda before: (
                    letter.c.state.not_in(UNSENT)
                    & (func.coalesce(letter.c.sent_at, letter.c.due) < before)
                    & (letter.c.html != "")
                ),
                {"html": "", "buttons": [], "subject": None, "thread": None},
            ),
        ),
    ),
    Kind(
        "letter-files",
        (Sweep(letter_file, lambda before: letter_file.c.letter_id.in_(_ended(before))),),
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
    Kind("machine-answers", (Sweep(machine_answer, lambda before: machine_answer.c.at < before),)),
    Kind("inbox", (Sweep(inbox, lambda before: inbox.c.first_at < before),)),
    Kind(
        "declarations",
        (
            Sweep(
                declaration_version,
                lambda before: declaration_version.c.declaration_id.in_(_sent_before(before)),
            ),
            Sweep(declaration, lambda before: declaration.c.sent_at < before),
            Sweep(no_use, lambda before: no_use.c.said_at < before),
        ),
    ),
)
"""Every kind of data that does not stay for good."""


def due(tx: Transaction, keep: Mapping[str, int], now: datetime) -> dict[str, int]:
    """How many rows of each kind have been kept long enough; `keep` gives days by the kind's name."""
    return {
        kind.name: sum(_count(tx, sweep, _before(kind, keep, now)) for sweep in kind.sweeps) for kind in KINDS
    }


async def forget(database: Database, keep: Mapping[str, int], now: datetime) -> dict[str, int]:
    """Forgets what is due, each batch in a transaction of its own: how many rows of each kind."""
    return {
        kind.name: sum([await _sweep(database, sweep, _before(kind, keep, now)) for sweep in kind.sweeps])
        for kind in KINDS
    }


def _before(kind: Kind, keep: Mapping[str, int], now: datetime) -> datetime:
    return now - timedelta(days=keep[kind.name])


def _count(tx: Transaction, sweep: Sweep, before: datetime) -> int:
    counted = select(func.count()).select_from(sweep.table).where(sweep.due(before))
    return int(tx.execute(counted).scalar_one())


async def _sweep(database: Database, sweep: Sweep, before: datetime) -> int:
    batch = partial(_batch, sweep=sweep, before=before)
    done = 0
    while some := await database.write(batch):
        done += some
    return done


def _batch(tx: Transaction, sweep: Sweep, before: datetime) -> int:
    ids = tuple(sweep.table.primary_key.columns)
    some = select(*ids).where(sweep.due(before)).limit(AT_ONCE)
    those = (tuple_(*ids) if len(ids) > 1 else ids[0]).in_(some)
    done = update(sweep.table).values(**sweep.blank) if sweep.blank else delete(sweep.table)
    return tx.execute(done.where(those)).rowcount
