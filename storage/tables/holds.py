"""That nothing may leave, and what was handed over to whoever collects."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Integer, String, Table, text

from storage.columns import Instant
from storage.states import HoldReason
from storage.tables.base import RowId, metadata, one_of

_standing = text("released_at IS NULL")

hold = Table(
    "hold",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("reason", String(10), nullable=False),
    Column("since", Instant, nullable=False),
    # None while it stands.
    Column("released_at", Instant),
    one_of("reason", HoldReason, "reason"),
    Index("uq_hold_standing", "reason", unique=True, sqlite_where=_standing, postgresql_where=_standing),
)

declaration_handover = Table(
    "declaration_handover",
    metadata,
    Column("declaration_id", ForeignKey("declaration.id"), primary_key=True),
    # The one that was handed over last.
    Column("version", Integer, nullable=False),
    Column("at", Instant, nullable=False),
)
