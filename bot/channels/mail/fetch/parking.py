"""Mail put aside for a human: its bytes are kept, the operators told, and the next one is taken."""

from __future__ import annotations

from collections.abc import Iterator
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
    number = parked.park(tx, mailbox, raw, reason, now)
    if number is None:
        return False
    log.warning("mail-parked", mailbox=mailbox, number=number, reason=reason)
    if once or _calm(tx, now):
        reply = Reply("mail/alert-parked", {"number": number, "reason": reason})
        key = f"mail-parked:{once or number}"
        outbox.put(tx, to_operators(tx, wording, reply, key=key), now)
    return True


def _calm(tx: Transaction, now: datetime) -> bool:
    """Whether few have been put aside lately: whoever sends thousands does not fill the operators' mailboxes."""
    return sum(1 for _ in _lately(tx, now)) <= MOST_TOLD


def _lately(tx: Transaction, now: datetime) -> Iterator[int]:
    return (one.id for one in parked.newest(tx, MOST_TOLD + 1) if one.parked_at > now - HOUR)
