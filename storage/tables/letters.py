"""What is on its way out, and how fast each channel may send."""

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
    true,
)

from storage.columns import Instant, ThreadColumn
from storage.sealing import Sealed, SealedJson, SealedLine
from storage.states import UNSENT, LetterState
from storage.tables.base import RowId, metadata, one_of


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
    Column("html", Sealed, nullable=False),
    Column("buttons", SealedJson, nullable=False),
    Column("numbered", Boolean, nullable=False, server_default=true()),
    Column("subject", SealedLine(300)),
    Column("language", String(2), nullable=False, server_default="fr"),
    Column("ticket_id", ForeignKey("ticket.id")),
    # No foreign key: letters are the record of what was sent, and outlive the talks that they were about.
    Column("talk_id", String(12)),
    # Of a reminder: its campaign and whom it reminds. Its page is written when it leaves.
    Column("campaign_id", RowId),
    Column("person_id", RowId),
    Column("token", SealedLine(32)),
    Column("thread", ThreadColumn),
    # How many leave with it: most letters need not be looked up among those of others.
    Column("files", SmallInteger, nullable=False, server_default=text("0")),
    # When it may next be taken up: its time, the next try, or the end of the lease while it is started.
    Column("due", Instant, nullable=False),
    # When the channel first asked to wait with it.
    Column("put_off_at", Instant),
    Column("useful_until", Instant),
    Column("state", String(10), nullable=False, server_default=LetterState.WAITING.value),
    Column("attempts", SmallInteger, nullable=False, server_default=text("0")),
    Column("worker", String(60)),
    Column("sent_at", Instant),
    Column("remote_id", String(300)),
    Column("reason", String(300)),
    one_of("state", LetterState, "state"),
    CheckConstraint("(state = 'sent') = (sent_at IS NOT NULL)", name="sent_has_time"),
    CheckConstraint("state <> 'started' OR worker IS NOT NULL", name="started_has_worker"),
    _unsent("ix_letter_queue", "channel", "lane", "due", "id"),
    _unsent("ix_letter_unsent_of_address", "channel", "address", "id"),
    Index("ix_letter_address", "address"),
    # What is still to be emptied, by when it left.
    Index(
        "ix_letter_with_words",
        text("coalesce(sent_at, due)"),
        sqlite_where=text("html <> ''"),
        postgresql_where=text("html <> ''"),
    ),
    Index(
        "ix_letter_ticket_id",
        "ticket_id",
        sqlite_where=text("ticket_id IS NOT NULL"),
        postgresql_where=text("ticket_id IS NOT NULL"),
    ),
    Index(
        "ix_letter_campaign_id_state",
        "campaign_id",
        "state",
        sqlite_where=text("campaign_id IS NOT NULL"),
        postgresql_where=text("campaign_id IS NOT NULL"),
    ),
    Index(
        "ix_letter_remote",
        "channel",
        "address",
        "remote_id",
        sqlite_where=text("remote_id IS NOT NULL"),
        postgresql_where=text("remote_id IS NOT NULL"),
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
