"""What all tables share: their metadata and the names of their constraints."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from sqlalchemy import BigInteger, CheckConstraint, Integer, MetaData

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    }
)

RowId = BigInteger().with_variant(Integer(), "sqlite")
"""SQLite numbers rows only in a column of its own INTEGER type."""


def one_of(column: str, allowed: Iterable[StrEnum], name: str) -> CheckConstraint:
    """A column that takes these words only."""
    words = ", ".join(f"'{word}'" for word in allowed)
    return CheckConstraint(f"{column} IN ({words})", name=name)
