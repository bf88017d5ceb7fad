"""Periods that the operator has closed or reopened by hand."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert

from storage.database import Transaction
from storage.tables import period_closing


def by_hand(tx: Transaction) -> Mapping[str, bool]:
    """Whether each of these periods is open, by its key; all others follow the calendar."""
    rows = tx.execute(select(period_closing.c.period, period_closing.c.open))
    return {row.period: row.open for row in rows}


def as_the_calendar(tx: Transaction, period: str) -> bool:
    """Decides nothing by hand any more; False where nothing was."""
    return tx.execute(delete(period_closing).where(period_closing.c.period == period)).rowcount > 0


def set_open(tx: Transaction, period: str, is_open: bool, now: datetime) -> None:
    """Opens or closes a period, whatever the calendar says."""
    row = {"period": period, "open": is_open, "changed_at": now}
    statement = insert(period_closing).values(row)
    tx.execute(statement.on_conflict_do_update(index_elements=["period"], set_=row))
