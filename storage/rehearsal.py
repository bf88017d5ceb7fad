"""A copy of the database to rehearse in: what reminders go by, and nothing that was ever to leave."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Final

from sqlalchemy import create_engine, delete, func, insert, or_, select, text, update

from storage import schema, sealing
from storage.campaigns import OPEN
from storage.database import Transaction
from storage.order import is_state
from storage.sealing import Vault
from storage.states import DECLARING_ROLES, CampaignState, LetterState, ReminderOutcome, Standing
from storage.tables import (
    account,
    address,
    campaign,
    channel_off,
    channel_pace,
    chat_pace,
    declaration,
    headcount,
    hold,
    letter,
    letter_file,
    no_use,
    period_closing,
    person,
    reminder,
    reminder_choice,
    role,
    school,
    service_centre,
    talk,
)

NEEDED: Final = (
    service_centre,
    school,
    person,
    role,
    address,
    account,
    headcount,
    talk,
    declaration,
    no_use,
    period_closing,
    reminder_choice,
    campaign,
    reminder,
    channel_off,
)
"""What reminders go by."""
NEVER_LEAVES: Final = (letter_file, letter, hold, channel_pace, chat_pace)
"""What is emptied in a copy: what waits today, or holds it back, is no part of a rehearsal."""
AT_ONCE: Final = 1000
"""Rows that are in memory at a time."""


class DatabaseOlder(Exception):
    """The tables are those of an older release: let any other command bring them up to date first."""


@dataclass(frozen=True, slots=True)
class Told:
    """What became of one reminder to one person."""

    key: str
    """Of the campaign."""
    person_id: int
    outcome: ReminderOutcome
    reason: str | None
    channel: str | None
    at: datetime


@dataclass(frozen=True, slots=True)
class Example:
    """A reminder as somebody would read it."""

    rule: str
    standing: Standing | None
    subject: str | None
    html: str
    buttons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Declares:
    """That somebody declares something."""

    at: datetime
    person_id: int
    period: str


def copy_needed(tx: Transaction, file: Path, keys: Sequence[str]) -> None:
    """Writes what reminders go by into a new SQLite database, which has its tables already; reads and no more.

    Raises DatabaseOlder.
    """
    if tx.dialect.name == "postgresql":
        tx.execute(text("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY"))
    if schema.current_revision(tx) != schema.newest_revision():
        raise DatabaseOlder
    # An engine of its own minds no foreign keys: a declaration may come of a ticket, which stays where it is.
    engine = create_engine(f"sqlite:///{file}")
    sealing.furnish(engine.dialect, Vault(keys))
    try:
        with closing(engine.connect()) as copy, copy.begin():
            for table in NEEDED:
                rows = tx.execute(select(table), execution_options={"yield_per": AT_ONCE})
                for some in rows.mappings().partitions(AT_ONCE):
                    copy.execute(insert(table), [dict(row) for row in some])
    finally:
        engine.dispose()


def make_ready(tx: Transaction, first: date, begins: datetime) -> None:
    """As it is to be when the first day begins: nothing waits, and nothing of that day or later has been sent."""
    for table in NEVER_LEAVES:
        tx.execute(delete(table))
    later = select(campaign.c.id).where(campaign.c.day >= first)
    tx.execute(delete(reminder).where(or_(reminder.c.at >= begins, reminder.c.campaign_id.in_(later))))
    tx.execute(delete(campaign).where(campaign.c.day >= first))
    over = update(campaign).where(campaign.c.state.in_(OPEN))
    tx.execute(over.values(state=CampaignState.DONE, ended_at=begins))
    # What is planned before anybody is here is left out.
    oldest = select(func.min(person.c.id)).scalar_subquery()
    here = update(person).where(person.c.id == oldest, person.c.created_at > begins)
    tx.execute(here.values(created_at=begins))


def channels(tx: Transaction) -> tuple[str, ...]:
    """Those on which anybody is reached."""
    reached = select(address.c.channel).where(address.c.linked_at.is_not(None), address.c.dead_at.is_(None))
    return tuple(tx.scalars(reached.distinct().order_by(address.c.channel)))


def who_declares(tx: Transaction) -> tuple[int, ...]:
    """The ids of those who have to declare."""
    found = (
        select(role.c.person_id)
        .join(school, school.c.id == role.c.school_id)
        .where(role.c.role.in_(DECLARING_ROLES), role.c.closed_at.is_(None), school.c.participating.is_(True))
    )
    return tuple(tx.scalars(found.distinct().order_by(role.c.person_id)))


def declare(tx: Transaction, sent: Iterable[Declares]) -> None:
    """Something or other is declared: only that they have taken part counts."""
    rows = [
        {
            **_SOMETHING,
            "person_id": one.person_id,
            "period": one.period,
            "sent_at": one.at,
            "used_on": one.at.date(),
        }
        for one in sent
    ]
    if rows:
        tx.execute(insert(declaration), rows)


def waits(tx: Transaction, now: datetime) -> bool:
    """Whether a reminder is still to leave that may leave by now."""
    due = select(letter.c.id).where(is_state(letter, LetterState.WAITING), letter.c.due <= now)
    return tx.execute(due.limit(1)).first() is not None


def told(tx: Transaction, first: date) -> tuple[Told, ...]:
    """The ledger of the campaigns from that day on."""
    found = (
        select(
            campaign.c.key,
            reminder.c.person_id,
            reminder.c.outcome,
            reminder.c.reason,
            reminder.c.channel,
            reminder.c.at,
        )
        .join_from(reminder, campaign)
        .where(campaign.c.day >= first)
        .order_by(campaign.c.day, campaign.c.id, reminder.c.at)
    )
    rows = tx.execute(found)
    return tuple(
        Told(row.key, row.person_id, ReminderOutcome(row.outcome), row.reason, row.channel, row.at)
        for row in rows
    )


def examples(tx: Transaction, first: date) -> tuple[Example, ...]:
    """One of each text of the campaigns from that day on that left, in the order in which they first did."""
    firsts = (
        select(campaign.c.rule, reminder.c.standing, func.min(reminder.c.letter_id).label("letter_id"))
        .join_from(reminder, campaign)
        .where(reminder.c.outcome == ReminderOutcome.LEFT, campaign.c.day >= first)
        .group_by(campaign.c.rule, reminder.c.standing)
        .subquery()
    )
    found = select(firsts, letter.c.subject, letter.c.html, letter.c.buttons).join_from(
        firsts, letter, letter.c.id == firsts.c.letter_id
    )
    return tuple(
        Example(
            row.rule,
            Standing(row.standing) if row.standing else None,
            row.subject,
            row.html,
            tuple(label for label, _press, _also in row.buttons),
        )
        for row in tx.execute(found.order_by(letter.c.id))
    )


_SOMETHING: Final = {
    "kind": "other",
    "title": "-",
    "copied": "whole",
    "medium": "paper",
    "pupils": 1,
    "work_key": "-",
    "late": False,
    "destination": "collector",
}
