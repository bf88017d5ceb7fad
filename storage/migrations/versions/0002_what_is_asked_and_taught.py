"""What is asked, and what is taught."""

import sqlalchemy as sa
from alembic import op

from storage.columns import Instant, json_column

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("ticket", sa.Column("answer", sa.Text(), nullable=True))
    op.create_table(
        "enquiry",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("channel", sa.String(length=20), nullable=False),
        sa.Column("address", sa.String(length=320), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("asked_in", sa.String(length=2), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("sense", sa.LargeBinary(), nullable=True),
        sa.Column("entry", sa.String(length=80), nullable=True),
        sa.Column("nearest", json_column(), nullable=False),
        sa.Column("next_said", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("helped", sa.Boolean(), nullable=True),
        sa.Column("ticket_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("asked_at", Instant(), nullable=False),
        sa.CheckConstraint("asked_in IN ('fr', 'en')", name=op.f("ck_enquiry_asked_in")),
        sa.CheckConstraint("language IN ('fr', 'en')", name=op.f("ck_enquiry_language")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_enquiry_person_id")),
        sa.ForeignKeyConstraint(["ticket_id"], ["ticket.id"], name=op.f("fk_enquiry_ticket_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_enquiry")),
    )
    op.create_index(op.f("ix_enquiry_asked_at"), "enquiry", ["asked_at"])
    op.create_index("ix_enquiry_person_id_id", "enquiry", ["person_id", "id"])
    op.create_index(op.f("ix_enquiry_ticket_id"), "enquiry", ["ticket_id"])
    op.create_table(
        "lesson",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("entry", sa.String(length=80), nullable=True),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.Column("taught_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("taught_at", Instant(), nullable=False),
        sa.Column("withdrawn_at", Instant(), nullable=True),
        sa.CheckConstraint("(entry IS NULL) <> (answer IS NULL)", name=op.f("ck_lesson_entry_or_answer")),
        sa.CheckConstraint("language IN ('fr', 'en')", name=op.f("ck_lesson_language")),
        sa.ForeignKeyConstraint(["taught_by"], ["person.id"], name=op.f("fk_lesson_taught_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lesson")),
    )


def downgrade() -> None:
    op.drop_table("lesson")
    op.drop_table("enquiry")
    op.drop_column("ticket", "answer")
