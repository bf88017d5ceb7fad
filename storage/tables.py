"""The tables, with the constraints that make mistakes impossible."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    SmallInteger,
    String,
    Table,
    Text,
    text,
    true,
)

from storage.columns import Instant, json_column
from storage.states import (
    SCHOOL_ROLES,
    UNSENT,
    LetterState,
    Role,
    Sector,
    TalkState,
    TicketState,
)

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


def _one_of(column: str, allowed: Iterable[StrEnum], name: str) -> CheckConstraint:
    words = ", ".join(f"'{word}'" for word in allowed)
    return CheckConstraint(f"{column} IN ({words})", name=name)


service_centre = Table(
    "service_centre",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("name", String(200), nullable=False, unique=True),
)

school = Table(
    "school",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("name", String(200), nullable=False),
    Column("sector", String(10), nullable=False),
    Column("centre_id", ForeignKey("service_centre.id")),
    Column("participating", Boolean, nullable=False, server_default=true()),
    Column("headcount", Integer),
    Index("uq_school_name_centre", "name", text("coalesce(centre_id, 0)"), unique=True),
    _one_of("sector", Sector, "sector"),
    CheckConstraint("(sector = 'private') = (centre_id IS NULL)", name="private_has_no_centre"),
    CheckConstraint("headcount >= 0", name="headcount"),
)

person = Table(
    "person",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("name", String(200)),
    Column("language", String(2)),
    Column("reminders", Boolean, nullable=False, server_default=true()),
    Column("offered", json_column(), nullable=False, server_default=text("'[]'")),
    Column("created_at", Instant, nullable=False),
    CheckConstraint("language IN ('fr', 'en')", name="language"),
)

_in_a_school = ", ".join(f"'{role}'" for role in SCHOOL_ROLES)

role = Table(
    "role",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("person_id", ForeignKey("person.id"), nullable=False, index=True),
    Column("role", String(20), nullable=False),
    Column("school_id", ForeignKey("school.id"), index=True),
    Column("centre_id", ForeignKey("service_centre.id"), index=True),
    Index(
        "uq_role_person_place",
        "person_id",
        "role",
        text("coalesce(school_id, 0)"),
        text("coalesce(centre_id, 0)"),
        unique=True,
    ),
    _one_of("role", Role, "role"),
    CheckConstraint(f"(role IN ({_in_a_school})) = (school_id IS NOT NULL)", name="school_role_has_school"),
    CheckConstraint("(role = 'css-admin') = (centre_id IS NOT NULL)", name="css_role_has_centre"),
)

address = Table(
    "address",
    metadata,
    Column("channel", String(20), primary_key=True),
    Column("value", String(320), primary_key=True),
    Column("person_id", ForeignKey("person.id"), nullable=False, index=True),
    Column("linked_at", Instant),
    Column("dead_at", Instant),
    Column("dead_reason", String(200)),
    CheckConstraint("(dead_at IS NULL) = (dead_reason IS NULL)", name="dead_has_reason"),
)

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
    Column("text", Text),
    CheckConstraint("heard_at IS NULL OR parked_at IS NULL", name="heard_or_parked"),
    CheckConstraint("text IS NULL OR parked_at IS NOT NULL", name="text_only_while_parked"),
)

talk = Table(
    "talk",
    metadata,
    Column("id", String(12), primary_key=True),
    Column("person_id", ForeignKey("person.id"), nullable=False),
    Column("conversation", String(40), nullable=False),
    Column("seed", json_column(), nullable=False),
    Column("answers", json_column(), nullable=False),
    Column("editing", String(40), nullable=False, server_default=""),
    Column("offered", json_column(), nullable=False, server_default=text("'[]'")),
    Column("held", json_column()),
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
    _one_of("state", TalkState, "state"),
)

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
    Column("note", String(1000)),
    Column("work_key", String(340), nullable=False),
    Column("late", Boolean, nullable=False),
    Column("destination", String(10), nullable=False),
    Column("sent_at", Instant, nullable=False),
    CheckConstraint("pupils > 0", name="pupils"),
    CheckConstraint("total_pages > 0", name="total_pages"),
    CheckConstraint("pages > 0 AND (total_pages IS NULL OR pages <= total_pages)", name="pages"),
    Index("ix_declaration_person_id_period", "person_id", "period"),
    Index("ix_declaration_person_id_id", "person_id", "id"),
    Index("ix_declaration_school_id_period", "school_id", "period"),
    Index("ix_declaration_school_id_id", "school_id", "id"),
)

no_use = Table(
    "no_use",
    metadata,
    Column("person_id", ForeignKey("person.id"), primary_key=True),
    Column("period", String(6), primary_key=True),
    Column("said_at", Instant, nullable=False),
)

ticket = Table(
    "ticket",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("talk_id", ForeignKey("talk.id"), unique=True),
    Column("person_id", ForeignKey("person.id"), nullable=False, index=True),
    Column("kind", String(40), nullable=False),
    Column("text", Text, nullable=False),
    Column("channel", String(20), nullable=False),
    Column("address", String(320), nullable=False),
    Column("state", String(10), nullable=False, server_default=TicketState.OPEN.value),
    Column("opened_at", Instant, nullable=False),
    _one_of("state", TicketState, "state"),
)


def _unsent(name: str, *columns: str) -> Index:
    """An index of the letters that still have to leave: years of sent ones do not slow it down."""
    words = ", ".join(f"'{state}'" for state in UNSENT)
    unsent = text(f"state IN ({words})")
    return Index(name, *columns, sqlite_where=unsent, postgresql_where=unsent)


letter = Table(
    "letter",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("key", String(200), unique=True),
    Column("channel", String(20), nullable=False),
    Column("address", String(320), nullable=False),
    Column("lane", SmallInteger, nullable=False),
    Column("strict", Boolean, nullable=False),
    Column("html", Text, nullable=False),
    Column("buttons", json_column(), nullable=False),
    Column("numbered", Boolean, nullable=False, server_default=true()),
    Column("ticket_id", ForeignKey("ticket.id")),
    # When it may next be taken up: its time, the next try, or the end of the lease while it is started.
    Column("due", Instant, nullable=False),
    Column("useful_until", Instant),
    Column("state", String(10), nullable=False, server_default=LetterState.WAITING.value),
    Column("attempts", SmallInteger, nullable=False, server_default=text("0")),
    Column("worker", String(60)),
    Column("sent_at", Instant),
    Column("remote_id", String(300)),
    Column("reason", String(300)),
    _one_of("state", LetterState, "state"),
    CheckConstraint("(state = 'sent') = (sent_at IS NOT NULL)", name="sent_has_time"),
    CheckConstraint("state <> 'started' OR worker IS NOT NULL", name="started_has_worker"),
    _unsent("ix_letter_queue", "channel", "lane", "due", "id"),
    _unsent("ix_letter_unsent_of_address", "channel", "address", "id"),
    Index(
        "ix_letter_alert",
        "channel",
        "remote_id",
        sqlite_where=text("ticket_id IS NOT NULL"),
        postgresql_where=text("ticket_id IS NOT NULL"),
    ),
)

# Paces count in whole microseconds since 1970: both databases add to them in one statement.
channel_pace = Table(
    "channel_pace",
    metadata,
    Column("channel", String(20), primary_key=True),
    Column("next_us", BigInteger, nullable=False),
)

chat_pace = Table(
    "chat_pace",
    metadata,
    Column("channel", String(20), primary_key=True),
    Column("address", String(320), primary_key=True),
    Column("next_us", BigInteger, nullable=False),
)
