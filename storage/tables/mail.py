"""How far each mailbox was read, what in it could not be, and what is out of order."""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Column, Index, String, Table, false

from storage.columns import Instant
from storage.sealing import SealedBytes
from storage.tables.base import RowId, metadata

mailbox = Table(
    "mailbox",
    metadata,
    Column("name", String(400), primary_key=True),
    Column("uidvalidity", BigInteger, nullable=False),
    Column("last_uid", BigInteger, nullable=False),
    # Older mail than this was there before we were, and is not ours to answer.
    Column("since", Instant, nullable=False),
    Column("polled_at", Instant, nullable=False),
    Column("mail_at", Instant),
    # The mail up to there was heard before the database went back: nobody answers it twice.
    Column("heard_to", BigInteger),
)

parked_mail = Table(
    "parked_mail",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("mailbox", String(400), nullable=False),
    Column("digest", String(64), nullable=False),
    Column("reason", String(60), nullable=False),
    # None once it is forgotten; the digest tells the mail apart when the mailbox shows it again.
    Column("raw", SealedBytes),
    Column("cut", Boolean, nullable=False, server_default=false()),
    Column("parked_at", Instant, nullable=False, index=True),
    Column("told_at", Instant, index=True),
    Index("uq_parked_mail_mailbox_digest", "mailbox", "digest", unique=True),
)

machine_answer = Table(
    "machine_answer",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("address", String(320), nullable=False),
    Column("at", Instant, nullable=False, index=True),
    Index("ix_machine_answer_address_at", "address", "at"),
)

outage = Table(
    "outage",
    metadata,
    Column("line", String(400), primary_key=True),
    Column("since", Instant, nullable=False),
    Column("reason", String(300), nullable=False),
    Column("told_at", Instant),
)
