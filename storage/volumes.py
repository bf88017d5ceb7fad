"""How many mails a machine has lately answered to each address, so that two machines do not go on for ever."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func, insert, select

from storage.database import Transaction
from storage.tables import machine_answer


def add(tx: Transaction, address: str, now: datetime) -> None:
    """One more answer to this address."""
    tx.execute(insert(machine_answer).values(address=address, at=now))


def count(tx: Transaction, address: str, since: datetime) -> int:
    """How many there were since then."""
    found = select(func.count()).where(machine_answer.c.address == address, machine_answer.c.at > since)
    return int(tx.execute(found).scalar_one())


def newest(tx: Transaction, address: str) -> datetime | None:
    """When this address was last answered, as far as it is still known."""
    found = select(machine_answer.c.at).where(machine_answer.c.address == address)
    at: datetime | None = tx.execute(found.order_by(machine_answer.c.at.desc()).limit(1)).scalar()
    return at
