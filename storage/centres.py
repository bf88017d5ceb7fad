"""The service centres that are known."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from storage.database import Transaction
from storage.tables import service_centre


@dataclass(frozen=True, slots=True)
class Centre:
    """A service centre."""

    id: int
    name: str


def named(tx: Transaction) -> tuple[Centre, ...]:
    """All of them, by name."""
    rows = tx.execute(select(service_centre).order_by(service_centre.c.name))
    return tuple(Centre(row.id, row.name) for row in rows)
