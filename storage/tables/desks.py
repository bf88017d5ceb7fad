"""Who takes up a ticket, what became of it, and what waits to be told to those in charge."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    SmallInteger,
    String,
    Table,
    text,
)

from storage.columns import Instant
from storage.sealing import Sealed, SealedJson
from storage.states import Desk, TicketStep
from storage.tables.base import RowId, metadata, one_of

# Beside the table `ticket`, which says what was asked and whether somebody has answered: SQLite cannot change
# the checks of a table that others refer to.
ticket_care = Table(
    "ticket_care",
    metadata,
    Column("ticket_id", ForeignKey("ticket.id"), primary_key=True, autoincrement=False),
    Column("tried", Sealed, nullable=False, server_default=""),
    Column("desk", String(10), nullable=False, server_default=Desk.OPERATORS.value),
    Column("school_id", ForeignKey("school.id")),
    Column("taken_by", ForeignKey("person.id")),
    Column("taken_at", Instant),
    Column("changed_at", Instant, nullable=False),
    # Since when somebody waits for a human; begins again when they have more to say.
    Column("waiting_since", Instant, nullable=False),
    Column("reminders", SmallInteger, nullable=False, server_default=text("0")),
    Column("closed_at", Instant),
    Column("solved", Boolean),
    Column("rating", SmallInteger),
    one_of("desk", Desk, "desk"),
    CheckConstraint("desk <> 'school' OR school_id IS NOT NULL", name="desk_of_a_school"),
    CheckConstraint("(taken_by IS NULL) = (taken_at IS NULL)", name="taken_has_time"),
    CheckConstraint("rating BETWEEN 1 AND 5", name="rating"),
)

ticket_event = Table(
    "ticket_event",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("ticket_id", ForeignKey("ticket.id"), nullable=False, index=True),
    Column("at", Instant, nullable=False),
    Column("by", ForeignKey("person.id")),
    Column("what", String(10), nullable=False),
    Column("words", Sealed, nullable=False, server_default=""),
    one_of("what", TicketStep, "what"),
)

discussion = Table(
    "discussion",
    metadata,
    Column("person_id", ForeignKey("person.id"), primary_key=True, autoincrement=False),
    Column("ticket_id", ForeignKey("ticket.id"), nullable=False),
    Column("human_id", ForeignKey("person.id"), nullable=False),
    Column("channel", String(20), nullable=False),
    Column("address", String(320), nullable=False),
    Column("last_at", Instant, nullable=False, index=True),
)

# An alert that somebody is not shown at once; it is kept while `Voir no 12` may ask for it.
alert_wait = Table(
    "alert_wait",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("desk", String(40), nullable=False),
    Column("kind", String(40), nullable=False),
    Column("ticket_id", ForeignKey("ticket.id"), nullable=False, index=True),
    Column("key", String(120), nullable=False, unique=True),
    Column("pages", SealedJson, nullable=False),
    Column("at", Instant, nullable=False, index=True),
    Column("listed_at", Instant),
    Index(
        "ix_alert_wait_unlisted",
        "desk",
        "kind",
        "id",
        sqlite_where=text("listed_at IS NULL"),
        postgresql_where=text("listed_at IS NULL"),
    ),
)

# The ticket of this kind whose alert went out at once, how often, and how many lists have followed since.
alert_burst = Table(
    "alert_burst",
    metadata,
    Column("desk", String(40), primary_key=True),
    Column("kind", String(40), primary_key=True),
    Column("ticket_id", BigInteger, nullable=False),
    Column("began_at", Instant, nullable=False),
    Column("at_once", SmallInteger, nullable=False, server_default=text("1")),
    Column("lists", SmallInteger, nullable=False, server_default=text("0")),
)
