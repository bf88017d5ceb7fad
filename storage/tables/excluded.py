"""Works that the agreement excludes, as the lists of each year name them."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, SmallInteger, String, Table

from storage.columns import Instant
from storage.tables.base import RowId, metadata

excluded_work = Table(
    "excluded_work",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("year", SmallInteger, nullable=False),
    Column("isbn", String(13)),
    Column("title", String(300), nullable=False),
    Column("title_key", String(340), nullable=False),
    Column("publisher", String(300)),
    Column("category", String(100)),
    Column("imported_at", Instant, nullable=False),
    Index("ix_excluded_work_isbn_year", "isbn", "year"),
    Index("ix_excluded_work_year", "year"),
)

excluded_word = Table(
    "excluded_word",
    metadata,
    Column("word", String(10), primary_key=True),
    Column("year", SmallInteger, primary_key=True),
    Column("work_id", ForeignKey("excluded_work.id"), primary_key=True),
    Index("ix_excluded_word_work_id", "work_id"),
)
"""The rarest words of each title: a work is looked for among those that share one with it."""
