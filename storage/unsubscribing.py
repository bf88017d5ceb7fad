"""Ends the reminders of whom a letter reminded: what the link in its heading does."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import select

from bot.messages import Page, Thread
from storage import outbox, people
from storage.database import Transaction
from storage.outbox import NewLetter
from storage.tables import letter


@dataclass(frozen=True, slots=True)
class Reminded:
    """A reminder that has left, or is about to, and whom it reminds."""

    letter_id: int
    channel: str
    address: str
    person_id: int
    subject: str
    language: str
    token: str = field(repr=False)


def reminded_by(tx: Transaction, letter_id: int) -> Reminded | None:
    """Whom a letter reminded; None where it is no reminder, or its secret is forgotten."""
    row = tx.execute(select(letter).where(letter.c.id == letter_id, letter.c.person_id.is_not(None))).first()
    if row is None or not row.token:
        return None
    return Reminded(
        row.id, row.channel, row.address, row.person_id, row.subject or "", row.language, row.token
    )


def end_reminders(
    tx: Transaction, reminded: Reminded, confirmed: Page, thread: Thread | None, now: datetime
) -> bool:
    """The same as STOP; whether there was anything to end, which is then confirmed where the reminder went."""
    if not people.wants_reminders(tx, reminded.person_id):
        return False
    people.set_reminders(tx, reminded.person_id, wanted=False)
    # Two clicks at once end them twice; a second letter with this key is none.
    key = f"unsubscribed:{reminded.letter_id}:{now:%Y-%m-%d}"
    answer = NewLetter(reminded.channel, reminded.address, confirmed, key=key, thread=thread)
    outbox.put(tx, [answer], now)
    return True
