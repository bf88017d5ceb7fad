"""Mail that could not be read or may not be answered: kept for a human, with its bytes, for a while."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from sqlalchemy import delete, func, select
from sqlalchemy.dialects.postgresql import insert

from storage.database import Transaction
from storage.tables import parked_mail


@dataclass(frozen=True, slots=True)
class ParkedMail:
    """One of them, without its bytes."""

    id: int
    mailbox: str
    reason: str
    parked_at: datetime


def park(tx: Transaction, mailbox: str, raw: bytes, reason: str, now: datetime) -> int | None:
    """Puts a mail aside: its number; None when the same bytes of this mailbox are there already."""
    row = insert(parked_mail).values(
        mailbox=mailbox, digest=sha256(raw).hexdigest(), reason=reason, raw=raw, parked_at=now
    )
    made = tx.execute(
        row.on_conflict_do_nothing(index_elements=["mailbox", "digest"]).returning(parked_mail.c.id)
    )
    number: int | None = made.scalar()
    return number


def newest(tx: Transaction, limit: int = 100) -> tuple[ParkedMail, ...]:
    """Those kept now, newest first."""
    columns = (parked_mail.c.id, parked_mail.c.mailbox, parked_mail.c.reason, parked_mail.c.parked_at)
    rows = tx.execute(select(*columns).order_by(parked_mail.c.id.desc()).limit(limit))
    return tuple(ParkedMail(**row._mapping) for row in rows)


def bytes_of(tx: Transaction, number: int) -> bytes | None:
    """The mail with this number, as it came."""
    raw: bytes | None = tx.execute(select(parked_mail.c.raw).where(parked_mail.c.id == number)).scalar()
    return raw


def count(tx: Transaction) -> int:
    """How many are kept."""
    return int(tx.execute(select(func.count()).select_from(parked_mail)).scalar_one())


def forget(tx: Transaction, before: datetime) -> int:
    """Deletes those parked before then: how many."""
    return tx.execute(delete(parked_mail).where(parked_mail.c.parked_at < before)).rowcount
