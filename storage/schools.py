"""The schools that are known, as somebody may name one."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from storage.database import Transaction
from storage.tables import school


@dataclass(frozen=True, slots=True)
class NamedSchool:
    """A school by its name, and how its secretariat is reached."""

    name: str
    id: int | None = None
    """None where it is none of ours."""
    phone: str | None = None


def named(tx: Transaction) -> tuple[NamedSchool, ...]:
    """All of them, by name."""
    rows = tx.execute(select(school.c.id, school.c.name, school.c.phone).order_by(school.c.name, school.c.id))
    return tuple(NamedSchool(row.name, row.id, row.phone) for row in rows)
