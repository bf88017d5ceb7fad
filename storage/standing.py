"""An address that can be written to again."""

from __future__ import annotations

from sqlalchemy import update

from storage.database import Transaction
from storage.tables import address


def revive(tx: Transaction, channel: str, value: str) -> None:
    """Somebody can be reached here again; what had waited for them before is not sent any more."""
    found = (address.c.channel == channel) & (address.c.value == value)
    tx.execute(update(address).where(found).values(dead_at=None, dead_reason=None))
