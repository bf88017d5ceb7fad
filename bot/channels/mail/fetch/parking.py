"""Mail put aside for a human: its bytes are kept, the operators told, and the next one is taken."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

import structlog

from bot.alerts import to_operators
from bot.messages import Reply
from bot.render import Wording
from storage import outbox, parked
from storage.database import Transaction

log = structlog.get_logger()

MOST_TOLD: Final = 5
"""Alerts an hour about mails put aside; `declic mail parked` lists them all."""
HOUR: Final = timedelta(hours=1)
DAY: Final = timedelta(days=1)
MOST_BYTES: Final = 200_000_000
"""What is kept whole in a day: whoever sends thousands of mails does not fill the disk."""
BEGINNING: Final = 64 * 1024
"""Bytes that are kept of each mail beyond that; what people write stands first."""


def put_aside(
    tx: Transaction,
    wording: Wording,
    mailbox: str,
    raw: bytes,
    reason: str,
    now: datetime,
    once: str = "",
) -> bool:
    """Keeps a mail and tells the operators, of all mails with the same `once` one time; False for a repeat.

    `reason` is a word that the template cli/mail/shown has a label for.
    """
    number = keep_aside(tx, mailbox, raw, reason, now)
    if number is None:
        return False
    if parked.told_since(tx, now - HOUR) < MOST_TOLD:
        reply = Reply("mail/alert-parked", {"number": number, "reason": reason})
        alert = to_operators(tx, wording, reply, key=f"mail-parked:{once or number}")
        if outbox.put(tx, alert, now).new:
            parked.tell(tx, number, now)
    return True


def keep_aside(tx: Transaction, mailbox: str, raw: bytes, reason: str, now: datetime) -> int | None:
    """Keeps a mail and tells nobody: its number; None for a repeat."""
    room = parked.bytes_since(tx, now - DAY) + len(raw) <= MOST_BYTES
    number = parked.park(tx, mailbox, raw, reason, now, keep=None if room else BEGINNING)
    if number is not None:
        log.warning("mail-parked", mailbox=mailbox, number=number, reason=reason, bytes=len(raw), whole=room)
    return number
