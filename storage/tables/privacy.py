"""What keeps a promise made to people: who is forgotten, what was handed out, with what it is sealed."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, String, Table, text

from storage.columns import Instant
from storage.sealing import Sealed
from storage.tables.base import metadata

_farewell = text("address IS NOT NULL")

forgotten = Table(
    "forgotten",
    metadata,
    Column("digest", String(64), primary_key=True),
    Column("at", Instant, nullable=False),
    # Until the last letter has left, a day at most: then they are nothing but a digest.
    Column("channel", String(20)),
    Column("address", Sealed),
    Index("ix_forgotten_farewell", "at", sqlite_where=_farewell, postgresql_where=_farewell),
)

data_export = Table(
    "data_export",
    metadata,
    Column("person_id", ForeignKey("person.id"), primary_key=True),
    Column("at", Instant, nullable=False),
)

# Each key that may still be needed, by name: whoever starts without it learns so at once.
sealing_key = Table("sealing_key", metadata, Column("name", String(12), primary_key=True))

secret = Table(
    "secret",
    metadata,
    Column("name", String(40), primary_key=True),
    Column("value", Sealed, nullable=False),
)
