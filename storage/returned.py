"""Reminders that had left and came back for good: once more on another way that reaches the person, never twice."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from sqlalchemy import bindparam, select, update
from sqlalchemy.dialects.postgresql import insert

from bot.messages import Lane
from storage import addresses
from storage.campaign_letters import ASKED
from storage.database import Transaction
from storage.states import ReminderOutcome
from storage.tables import letter, reminder

AGAIN: Final = ":returned"
"""How the key of such a letter ends, after that of the one that came back."""
RETURNED, UNREACHABLE = "returned", "unreachable"
"""What the ledger says of somebody to whom a reminder came back: it takes another way, or there is none."""


def come_back(tx: Transaction, letter_id: int, now: datetime) -> None:
    """A reminder came back, and its address is marked: it takes another way, if there is one and it is still of use.

    What comes back from there as well takes the next one; each letter goes once more at most.
    """
    row = tx.execute(select(letter).where(letter.c.id == bindparam("the_id")), {"the_id": letter_id}).one()
    other = addresses.other_way(tx, row.channel, row.address)
    mine = update(reminder).where(
        reminder.c.campaign_id == row.campaign_id,
        reminder.c.person_id == row.person_id,
        reminder.c.letter_id == letter_id,
    )
    late = row.useful_until is not None and row.useful_until <= now
    if other is None or late:
        tx.execute(mine.values(outcome=ReminderOutcome.SKIPPED, reason=UNREACHABLE, at=now))
        return
    again = {
        "key": f"{row.key}{AGAIN}",
        "channel": other.channel,
        "address": other.value,
        "lane": int(Lane.CAMPAIGN),
        "strict": True,
        "html": "",
        "buttons": [],
        "language": row.language,
        "campaign_id": row.campaign_id,
        "person_id": row.person_id,
        "due": now,
        "useful_until": row.useful_until,
    }
    if tx.execute(insert(letter).on_conflict_do_nothing(index_elements=[letter.c.key]), again).rowcount:
        # What has reached nobody does not count as sent unasked; of what was asked for, an earlier one had left.
        counts = reminder.c.unasked_at if ASKED in row.key else None
        tx.execute(mine.values(reason=RETURNED, unasked_at=counts))
