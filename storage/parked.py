"""Mail that could not be read or may not be answered: kept for a human, with its bytes, for a while."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from sqlalchemy import func, select, update
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
    cut: bool = False
    """Whether only its beginning is kept."""


def park(
    tx: Transaction, mailbox: str, raw: bytes, reason: str, now: datetime, keep: int | None = None
) -> int | None:
    """Puts a mail aside: its number; None when the same bytes of this mailbox were put aside before.

    `keep`: only so many of its bytes.
    """
    kept = raw[:keep]
    row = insert(parked_mail).values(
        mailbox=mailbox,
        digest=sha256(raw).hexdigest(),
        reason=reason,
        raw=kept,
        cut=len(kept) < len(raw),
        parked_at=now,
    )
    made = tx.execute(
        row.on_conflict_do_nothing(index_elements=["mailbox", "digest"]).returning(parked_mail.c.id)
    )
    number: int | None = made.scalar()
    return number


def newest(tx: Transaction, limit: int = 100) -> tuple[ParkedMail, ...]:
    """Those kept now, newest first."""
    columns = (parked_mail.c[name] for name in ParkedMail.__dataclass_fields__)
    rows = tx.execute(select(*columns).where(_KEPT).order_by(parked_mail.c.id.desc()).limit(limit))
    return tuple(ParkedMail(**row._mapping) for row in rows)


def bytes_of(tx: Transaction, number: int) -> bytes | None:
    """The mail with this number, as it came; None when it is not kept."""
    raw: bytes | None = tx.execute(select(parked_mail.c.raw).where(parked_mail.c.id == number)).scalar()
    return raw


def count(tx: Transaction) -> int:
    """How many are kept."""
    return int(tx.execute(select(func.count()).select_from(parked_mail).where(_KEPT)).scalar_one())


def bytes_since(tx: Transaction, since: datetime) -> int:
    """How many bytes are kept of those put aside since then."""
    weight = select(func.coalesce(func.sum(func.length(parked_mail.c.raw)), 0))
    return int(tx.execute(weight.where(_KEPT, parked_mail.c.parked_at > since)).scalar_one())


def tell(tx: Transaction, number: int, now: datetime) -> None:
    """The operators are told of this one."""
    tx.execute(update(parked_mail).where(parked_mail.c.id == number).values(told_at=now))


def told_since(tx: Transaction, since: datetime) -> int:
    """Of how many they were told since then."""
    told = select(func.count()).select_from(parked_mail).where(parked_mail.c.told_at > since)
    return int(tx.execute(told).scalar_one())


_KEPT = parked_mail.c.raw.is_not(None)
