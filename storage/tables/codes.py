"""How an address comes to be somebody's; who asks to be let in; and to whom one channel is closed."""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    LargeBinary,
    SmallInteger,
    String,
    Table,
    text,
)

from storage.columns import Instant
from storage.sealing import SealedLine
from storage.states import SCHOOL_ROLES
from storage.tables.base import RowId, metadata, one_of

link_code = Table(
    "link_code",
    metadata,
    Column("id", RowId, primary_key=True),
    # Who asks for it, and where it is mailed to; nobody of the roster need be there.
    Column("channel", String(20), nullable=False),
    Column("address", String(320), nullable=False),
    Column("mailed_to", String(320), nullable=False),
    Column("person_id", ForeignKey("person.id")),
    Column("salt", LargeBinary(16), nullable=False),
    Column("digest", LargeBinary(32), nullable=False),
    Column("tries", SmallInteger, nullable=False, server_default=text("0")),
    Column("made_at", Instant, nullable=False),
    Column("tried_at", Instant),
    Column("used_at", Instant),
    CheckConstraint("(tries = 0) = (tried_at IS NULL)", name="tried_has_time"),
    Index("ix_link_code_writer", "channel", "address", "made_at"),
    Index("ix_link_code_mailed_to", "mailed_to", "made_at"),
    Index("ix_link_code_made_at", "made_at"),
)

invitation = Table(
    "invitation",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("person_id", ForeignKey("person.id"), nullable=False, index=True),
    Column("digest", LargeBinary(32), nullable=False, unique=True),
    Column("made_at", Instant, nullable=False),
    Column("used_at", Instant),
)

registration = Table(
    "registration",
    metadata,
    Column("ticket_id", ForeignKey("ticket.id"), primary_key=True),
    Column("name", SealedLine(200), nullable=False),
    # None where the school is not on the roster.
    Column("school_id", ForeignKey("school.id")),
    Column("school_named", SealedLine(200), nullable=False),
    Column("role", String(20), nullable=False),
    Column("email", String(320), nullable=False),
    Column("language", String(2), nullable=False),
    # Where they wrote from.
    Column("channel", String(20), nullable=False),
    Column("address", String(320), nullable=False),
    Column("accepted", Boolean),
    Column("decided_by", ForeignKey("person.id")),
    Column("decided_at", Instant),
    Column("reason", SealedLine(500)),
    one_of("role", SCHOOL_ROLES, "role"),
    CheckConstraint("(accepted IS NULL) = (decided_at IS NULL)", name="decided_has_time"),
    CheckConstraint("(accepted IS NULL) = (decided_by IS NULL)", name="decided_has_somebody"),
)

channel_off = Table(
    "channel_off",
    metadata,
    # A channel that is in no settings.
    Column("name", String(20), primary_key=True),
)

telegram_off = Table(
    "telegram_off",
    metadata,
    # A role, or the name of a service centre.
    Column("name", String(200), primary_key=True),
)
