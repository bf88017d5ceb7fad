"""Reminders: campaigns, the ledger of whom they reached, and what people want of them."""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    Index,
    SmallInteger,
    String,
    Table,
    text,
)

from storage.columns import Instant
from storage.sealing import Sealed
from storage.states import Audience, CampaignState, ReminderOutcome
from storage.tables.base import RowId, metadata, one_of

campaign = Table(
    "campaign",
    metadata,
    Column("id", RowId, primary_key=True),
    # What makes it one: its rule, period and offset; of one made by hand, chance.
    Column("key", String(80), nullable=False, unique=True),
    Column("rule", String(30), nullable=False),
    Column("audience", String(12), nullable=False),
    Column("period", String(6), nullable=False),
    # Days before the deadline; negative after it. None: made by hand.
    Column("offset", SmallInteger),
    # The local day on which it begins.
    Column("day", Date, nullable=False, index=True),
    Column("useful_until", Instant, nullable=False),
    # Whose people, where it is not everybody.
    Column("school_id", ForeignKey("school.id")),
    Column("centre_id", ForeignKey("service_centre.id")),
    # Of a campaign made by hand for staff: only those who stand so.
    Column("standing", String(12)),
    # What whoever made it wants to say.
    Column("note", Sealed),
    Column("made_by", ForeignKey("person.id")),
    Column("made_at", Instant, nullable=False),
    Column("state", String(10), nullable=False, server_default=CampaignState.FILLING.value),
    Column("reason", String(40)),
    # People up to this id have been decided on.
    Column("filled_to", RowId, nullable=False, server_default=text("0")),
    Column("ended_at", Instant),
    one_of("state", CampaignState, "state"),
    one_of("audience", Audience, "audience"),
    CheckConstraint("school_id IS NULL OR centre_id IS NULL", name="one_scope"),
)

reminder = Table(
    "reminder",
    metadata,
    Column("campaign_id", ForeignKey("campaign.id"), primary_key=True),
    Column("person_id", ForeignKey("person.id"), primary_key=True),
    Column("outcome", String(10), nullable=False),
    # Of staff, what they had done for the period when it was decided.
    Column("standing", String(12)),
    # Why it was skipped.
    Column("reason", String(40)),
    Column("channel", String(20)),
    # No foreign key: letters are forgotten sooner.
    Column("letter_id", RowId),
    Column("at", Instant, nullable=False),
    # When it left unasked; once more on another day is asked for.
    Column("unasked_at", Instant),
    one_of("outcome", ReminderOutcome, "outcome"),
    Index("ix_reminder_person_id_at", "person_id", "at"),
)

reminder_choice = Table(
    "reminder_choice",
    metadata,
    Column("person_id", ForeignKey("person.id"), primary_key=True),
    Column("kind", String(12), primary_key=True),
    Column("wanted", Boolean, nullable=False),
)
