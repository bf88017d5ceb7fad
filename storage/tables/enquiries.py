"""What people ask that the knowledge base should know, and what becomes of it."""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    String,
    Table,
    false,
    text,
)

from storage.columns import Instant, ThreadColumn, json_column
from storage.sealing import Sealed, SealedBytes
from storage.states import TicketState
from storage.tables.base import RowId, metadata, one_of

ticket = Table(
    "ticket",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("talk_id", ForeignKey("talk.id"), unique=True),
    Column("person_id", ForeignKey("person.id"), nullable=False, index=True),
    Column("kind", String(40), nullable=False),
    Column("text", Sealed, nullable=False),
    Column("channel", String(20), nullable=False),
    Column("address", String(320), nullable=False),
    Column("state", String(10), nullable=False, server_default=TicketState.OPEN.value),
    Column("opened_at", Instant, nullable=False),
    Column("answer", Sealed),
    Column("thread", ThreadColumn),
    one_of("state", TicketState, "state"),
    Index(
        "ix_ticket_open",
        "id",
        sqlite_where=text("state = 'open'"),
        postgresql_where=text("state = 'open'"),
    ),
)

enquiry = Table(
    "enquiry",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("person_id", ForeignKey("person.id"), nullable=False),
    Column("channel", String(20), nullable=False),
    Column("address", String(320), nullable=False),
    Column("language", String(2), nullable=False),
    Column("asked_in", String(2), nullable=False),
    Column("text", Sealed, nullable=False),
    Column("sense", SealedBytes),
    Column("entry", String(80)),
    Column("nearest", json_column(), nullable=False),
    Column("next_said", Boolean, nullable=False, server_default=false()),
    Column("helped", Boolean),
    Column("ticket_id", ForeignKey("ticket.id"), index=True),
    Column("asked_at", Instant, nullable=False, index=True),
    CheckConstraint("language IN ('fr', 'en')", name="language"),
    CheckConstraint("asked_in IN ('fr', 'en')", name="asked_in"),
    Index("ix_enquiry_person_id_id", "person_id", "id"),
)

lesson = Table(
    "lesson",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("language", String(2), nullable=False),
    Column("text", Sealed, nullable=False),
    Column("entry", String(80)),
    Column("answer", Sealed),
    Column("taught_by", ForeignKey("person.id"), nullable=False),
    Column("taught_at", Instant, nullable=False),
    Column("withdrawn_at", Instant),
    CheckConstraint("language IN ('fr', 'en')", name="language"),
    CheckConstraint("(entry IS NULL) <> (answer IS NULL)", name="entry_or_answer"),
)
