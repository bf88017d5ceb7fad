"""What leaves with letters, and what a library told about books."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Column, ForeignKey, Integer, SmallInteger, String, Table

from storage.columns import Instant
from storage.sealing import SealedBytes
from storage.tables.base import metadata

letter_file = Table(
    "letter_file",
    metadata,
    Column("letter_id", ForeignKey("letter.id", ondelete="CASCADE"), primary_key=True),
    Column("position", SmallInteger, primary_key=True),
    Column("name", String(200), nullable=False),
    Column("media_type", String(100), nullable=False),
    Column("content", SealedBytes, nullable=False),
)

book = Table(
    "book",
    metadata,
    Column("isbn", String(13), primary_key=True),
    # None: the library knows no such book.
    Column("title", String(300)),
    Column("author", String(300)),
    Column("publisher", String(300)),
    Column("year", SmallInteger),
    Column("pages", Integer),
    Column("found_at", Instant, nullable=False),
    CheckConstraint("pages > 0", name="pages"),
)
