"""What was heard, and the talks under way."""

from __future__ import annotations

from sqlalchemy import (
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    SmallInteger,
    String,
    Table,
    text,
)

from storage.columns import Instant
from storage.sealing import Sealed, SealedJson
from storage.states import TalkState
from storage.tables.base import metadata, one_of

inbox = Table(
    "inbox",
    metadata,
    Column("channel", String(20), primary_key=True),
    Column("sender", String(320), primary_key=True),
    Column("key", String(300), primary_key=True),
    Column("first_at", Instant, nullable=False),
    Column("attempts", SmallInteger, nullable=False, server_default=text("1")),
    Column("heard_at", Instant),
    Column("parked_at", Instant),
    Column("text", Sealed),
    CheckConstraint("heard_at IS NULL OR parked_at IS NULL", name="heard_or_parked"),
    CheckConstraint("text IS NULL OR parked_at IS NOT NULL", name="text_only_while_parked"),
)

talk = Table(
    "talk",
    metadata,
    Column("id", String(12), primary_key=True),
    Column("person_id", ForeignKey("person.id"), nullable=False),
    Column("conversation", String(40), nullable=False),
    Column("seed", SealedJson, nullable=False),
    Column("answers", SealedJson, nullable=False),
    Column("editing", String(40), nullable=False, server_default=""),
    Column("offered", SealedJson, nullable=False, server_default=text("'[]'")),
    Column("held", SealedJson),
    Column("state", String(12), nullable=False),
    Column("version", Integer, nullable=False, server_default=text("1")),
    Column("started_at", Instant, nullable=False),
    Column("updated_at", Instant, nullable=False),
    Index(
        "uq_talk_foreground",
        "person_id",
        unique=True,
        sqlite_where=text("state = 'foreground'"),
        postgresql_where=text("state = 'foreground'"),
    ),
    Index("ix_talk_person_id_updated_at", "person_id", "updated_at"),
    Index(
        "ix_talk_unfinished",
        "person_id",
        "conversation",
        sqlite_where=text("state IN ('foreground', 'aside')"),
        postgresql_where=text("state IN ('foreground', 'aside')"),
    ),
    one_of("state", TalkState, "state"),
)
