"""Requests that humans work on."""

import sqlalchemy as sa
from alembic import op

from storage.columns import Instant, json_column

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
UNLISTED = sa.text("listed_at IS NULL")
STEPS = (
    "'opened', 'taken', 'passed', 'note', 'added', 'answered', "
    "'reopened', 'closed', 'solved', 'rated', 'reminded'"
)


def upgrade() -> None:
    op.create_table(
        "ticket_care",
        sa.Column("ticket_id", NUMBER, autoincrement=False, nullable=False),
        sa.Column("tried", sa.Text(), server_default="", nullable=False),
        sa.Column("desk", sa.String(length=10), server_default="operators", nullable=False),
        sa.Column("school_id", NUMBER, nullable=True),
        sa.Column("taken_by", NUMBER, nullable=True),
        sa.Column("taken_at", Instant(), nullable=True),
        sa.Column("changed_at", Instant(), nullable=False),
        sa.Column("waiting_since", Instant(), nullable=False),
        sa.Column("reminders", sa.SmallInteger(), server_default=sa.text("0"), nullable=False),
        sa.Column("closed_at", Instant(), nullable=True),
        sa.Column("solved", sa.Boolean(), nullable=True),
        sa.Column("rating", sa.SmallInteger(), nullable=True),
        sa.CheckConstraint("desk IN ('operators', 'school')", name=op.f("ck_ticket_care_desk")),
        sa.CheckConstraint(
            "desk <> 'school' OR school_id IS NOT NULL", name=op.f("ck_ticket_care_desk_of_a_school")
        ),
        sa.CheckConstraint(
            "(taken_by IS NULL) = (taken_at IS NULL)", name=op.f("ck_ticket_care_taken_has_time")
        ),
        sa.CheckConstraint("rating BETWEEN 1 AND 5", name=op.f("ck_ticket_care_rating")),
        sa.ForeignKeyConstraint(["ticket_id"], ["ticket.id"], name=op.f("fk_ticket_care_ticket_id")),
        sa.ForeignKeyConstraint(["school_id"], ["school.id"], name=op.f("fk_ticket_care_school_id")),
        sa.ForeignKeyConstraint(["taken_by"], ["person.id"], name=op.f("fk_ticket_care_taken_by")),
        sa.PrimaryKeyConstraint("ticket_id", name=op.f("pk_ticket_care")),
    )
    op.execute(
        "INSERT INTO ticket_care (ticket_id, changed_at, waiting_since) "
        "SELECT id, opened_at, opened_at FROM ticket"
    )
    op.create_table(
        "ticket_event",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("ticket_id", NUMBER, nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("by", NUMBER, nullable=True),
        sa.Column("what", sa.String(length=10), nullable=False),
        sa.Column("words", sa.Text(), server_default="", nullable=False),
        sa.CheckConstraint(f"what IN ({STEPS})", name=op.f("ck_ticket_event_what")),
        sa.ForeignKeyConstraint(["ticket_id"], ["ticket.id"], name=op.f("fk_ticket_event_ticket_id")),
        sa.ForeignKeyConstraint(["by"], ["person.id"], name=op.f("fk_ticket_event_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ticket_event")),
    )
    op.create_index(op.f("ix_ticket_event_ticket_id"), "ticket_event", ["ticket_id"])
    op.create_table(
        "discussion",
        sa.Column("person_id", NUMBER, autoincrement=False, nullable=False),
        sa.Column("ticket_id", NUMBER, nullable=False),
        sa.Column("human_id", NUMBER, nullable=False),
        sa.Column("channel", sa.String(length=20), nullable=False),
        sa.Column("address", sa.String(length=320), nullable=False),
        sa.Column("last_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_discussion_person_id")),
        sa.ForeignKeyConstraint(["ticket_id"], ["ticket.id"], name=op.f("fk_discussion_ticket_id")),
        sa.ForeignKeyConstraint(["human_id"], ["person.id"], name=op.f("fk_discussion_human_id")),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_discussion")),
    )
    op.create_index(op.f("ix_discussion_last_at"), "discussion", ["last_at"])
    op.create_table(
        "alert_wait",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("desk", sa.String(length=40), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("ticket_id", NUMBER, nullable=False),
        sa.Column("key", sa.String(length=120), nullable=False),
        sa.Column("pages", json_column(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("listed_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(["ticket_id"], ["ticket.id"], name=op.f("fk_alert_wait_ticket_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_alert_wait")),
        sa.UniqueConstraint("key", name=op.f("uq_alert_wait_key")),
    )
    op.create_index(op.f("ix_alert_wait_ticket_id"), "alert_wait", ["ticket_id"])
    op.create_index(op.f("ix_alert_wait_at"), "alert_wait", ["at"])
    op.create_index(
        "ix_alert_wait_unlisted",
        "alert_wait",
        ["desk", "kind", "id"],
        sqlite_where=UNLISTED,
        postgresql_where=UNLISTED,
    )
    op.create_table(
        "alert_burst",
        sa.Column("desk", sa.String(length=40), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("ticket_id", sa.BigInteger(), nullable=False),
        sa.Column("began_at", Instant(), nullable=False),
        sa.Column("at_once", sa.SmallInteger(), server_default=sa.text("1"), nullable=False),
        sa.Column("lists", sa.SmallInteger(), server_default=sa.text("0"), nullable=False),
        sa.PrimaryKeyConstraint("desk", "kind", name=op.f("pk_alert_burst")),
    )


def downgrade() -> None:
    for table in ("alert_burst", "alert_wait", "discussion", "ticket_event", "ticket_care"):
        op.drop_table(table)
