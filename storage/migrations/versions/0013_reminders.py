"""Reminders: campaigns, the ledger of whom they reached, and what people want of them."""

import sqlalchemy as sa
from alembic import op

from storage.columns import Instant

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
OF_A_CAMPAIGN = sa.text("campaign_id IS NOT NULL")
STATES = "'filling', 'running', 'paused', 'cancelled', 'done', 'skipped'"
AUDIENCES = "'staff', 'absent', 'in-charge', 'centres', 'headcount', 'contacts'"
OUTCOMES = "'left', 'skipped', 'merged', 'tomorrow'"


def upgrade() -> None:
    op.create_table(
        "campaign",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("key", sa.String(length=80), nullable=False),
        sa.Column("rule", sa.String(length=30), nullable=False),
        sa.Column("audience", sa.String(length=12), nullable=False),
        sa.Column("period", sa.String(length=6), nullable=False),
        sa.Column("offset", sa.SmallInteger(), nullable=True),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("useful_until", Instant(), nullable=False),
        sa.Column("school_id", NUMBER, nullable=True),
        sa.Column("centre_id", NUMBER, nullable=True),
        sa.Column("standing", sa.String(length=12), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("made_by", NUMBER, nullable=True),
        sa.Column("made_at", Instant(), nullable=False),
        sa.Column("state", sa.String(length=10), server_default="filling", nullable=False),
        sa.Column("reason", sa.String(length=40), nullable=True),
        sa.Column("filled_to", NUMBER, server_default=sa.text("0"), nullable=False),
        sa.Column("ended_at", Instant(), nullable=True),
        sa.CheckConstraint(f"state IN ({STATES})", name=op.f("ck_campaign_state")),
        sa.CheckConstraint(f"audience IN ({AUDIENCES})", name=op.f("ck_campaign_audience")),
        sa.CheckConstraint("school_id IS NULL OR centre_id IS NULL", name=op.f("ck_campaign_one_scope")),
        sa.ForeignKeyConstraint(["centre_id"], ["service_centre.id"], name=op.f("fk_campaign_centre_id")),
        sa.ForeignKeyConstraint(["made_by"], ["person.id"], name=op.f("fk_campaign_made_by")),
        sa.ForeignKeyConstraint(["school_id"], ["school.id"], name=op.f("fk_campaign_school_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_campaign")),
        sa.UniqueConstraint("key", name=op.f("uq_campaign_key")),
    )
    op.create_index("ix_campaign_day", "campaign", ["day"])
    op.create_table(
        "reminder",
        sa.Column("campaign_id", NUMBER, autoincrement=False, nullable=False),
        sa.Column("person_id", NUMBER, autoincrement=False, nullable=False),
        sa.Column("outcome", sa.String(length=10), nullable=False),
        sa.Column("standing", sa.String(length=12), nullable=True),
        sa.Column("reason", sa.String(length=40), nullable=True),
        sa.Column("channel", sa.String(length=20), nullable=True),
        sa.Column("letter_id", NUMBER, nullable=True),
        sa.Column("at", Instant(), nullable=False),
        sa.CheckConstraint(f"outcome IN ({OUTCOMES})", name=op.f("ck_reminder_outcome")),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaign.id"], name=op.f("fk_reminder_campaign_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_reminder_person_id")),
        sa.PrimaryKeyConstraint("campaign_id", "person_id", name=op.f("pk_reminder")),
    )
    op.create_index("ix_reminder_person_id_at", "reminder", ["person_id", "at"])
    op.create_table(
        "reminder_choice",
        sa.Column("person_id", NUMBER, autoincrement=False, nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("wanted", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_reminder_choice_person_id")),
        sa.PrimaryKeyConstraint("person_id", "kind", name=op.f("pk_reminder_choice")),
    )
    op.add_column("person", sa.Column("reminds_on", sa.String(length=20), nullable=True))
    op.add_column("letter", sa.Column("campaign_id", NUMBER, nullable=True))
    op.add_column("letter", sa.Column("person_id", NUMBER, nullable=True))
    op.create_index(
        "ix_letter_campaign_id_state",
        "letter",
        ["campaign_id", "state"],
        sqlite_where=OF_A_CAMPAIGN,
        postgresql_where=OF_A_CAMPAIGN,
    )


def downgrade() -> None:
    op.drop_index("ix_letter_campaign_id_state", "letter")
    op.drop_column("letter", "person_id")
    op.drop_column("letter", "campaign_id")
    op.drop_column("person", "reminds_on")
    op.drop_table("reminder_choice")
    op.drop_index("ix_reminder_person_id_at", "reminder")
    op.drop_table("reminder")
    op.drop_index("ix_campaign_day", "campaign")
    op.drop_table("campaign")
