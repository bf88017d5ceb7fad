"""What was declared, or that there is nothing to declare."""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    Date,
    Float,
    ForeignKey,
    Index,
    Integer,
    SmallInteger,
    String,
    Table,
    Text,
    text,
)

from storage.columns import Instant
from storage.sealing import SealedJson, SealedLine
from storage.states import DeclarationState
from storage.tables.base import RowId, metadata, one_of

declaration = Table(
    "declaration",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("talk_id", ForeignKey("talk.id"), unique=True),
    Column("person_id", ForeignKey("person.id"), nullable=False),
    Column("school_id", ForeignKey("school.id")),
    Column("period", String(6), nullable=False),
    Column("kind", String(12), nullable=False),
    Column("source", String(12)),
    Column("isbn", String(13)),
    Column("title", String(300), nullable=False),
    Column("author", String(300)),
    Column("publisher", String(300)),
    Column("year", SmallInteger),
    Column("total_pages", Integer),
    Column("copied", Text, nullable=False),
    Column("pages", Integer),
    Column("share", Float),
    Column("over", Boolean),
    Column("medium", String(10), nullable=False),
    Column("pupils", Integer, nullable=False),
    Column("used_on", Date, nullable=False),
    Column("level", String(100)),
    Column("note", SealedLine(1000)),
    Column("work_key", String(340), nullable=False),
    Column("late", Boolean, nullable=False),
    Column("destination", String(10), nullable=False),
    Column("sent_at", Instant, nullable=False),
    Column("state", String(12), nullable=False, server_default=DeclarationState.SENT.value),
    Column("version", Integer, nullable=False, server_default=text("1")),
    Column("changed_at", Instant),
    Column("decided_by", ForeignKey("person.id")),
    Column("decided_at", Instant),
    Column("reason", SealedLine(1000)),
    Column("ticket_id", ForeignKey("ticket.id")),
    one_of("state", DeclarationState, "state"),
    CheckConstraint("version > 0", name="version"),
    CheckConstraint("pupils > 0", name="pupils"),
    CheckConstraint("total_pages > 0", name="total_pages"),
    CheckConstraint("pages > 0 AND (total_pages IS NULL OR pages <= total_pages)", name="pages"),
    # With all that tells whether and since when somebody takes part.
    Index("ix_declaration_period_person_id", "period", "person_id", "state", "sent_at"),
    Index("ix_declaration_person_id_id", "person_id", "id"),
    Index("ix_declaration_school_id_period", "school_id", "period"),
    Index("ix_declaration_school_id_id", "school_id", "id"),
    Index("ix_declaration_person_id_work_key", "person_id", "work_key"),
    Index("ix_declaration_school_id_work_key", "school_id", "work_key"),
    Index("ix_declaration_ticket_id", "ticket_id", unique=True),
)

declaration_version = Table(
    "declaration_version",
    metadata,
    Column("declaration_id", ForeignKey("declaration.id"), primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("values", SealedJson, nullable=False),
    Column("changed_at", Instant, nullable=False),
    Column("changed_by", ForeignKey("person.id"), nullable=False),
)

period_closing = Table(
    "period_closing",
    metadata,
    Column("period", String(6), primary_key=True),
    Column("open", Boolean, nullable=False),
    Column("changed_at", Instant, nullable=False),
)

no_use = Table(
    "no_use",
    metadata,
    Column("person_id", ForeignKey("person.id"), primary_key=True),
    Column("period", String(6), primary_key=True),
    Column("said_at", Instant, nullable=False),
)
