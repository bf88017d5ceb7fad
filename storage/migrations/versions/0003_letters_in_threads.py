"""Letters that go on with a thread, mailboxes, and what is out of order."""

import sqlalchemy as sa
from alembic import op

from storage.columns import Instant, json_column

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

HAS_LEFT = sa.text("remote_id IS NOT NULL")
ABOUT_TICKET = sa.text("ticket_id IS NOT NULL")


def upgrade() -> None:
    op.add_column("letter", sa.Column("subject", sa.String(length=300), nullable=True))
    op.add_column("letter", sa.Column("language", sa.String(length=2), server_default="fr", nullable=False))
    op.add_column("letter", sa.Column("talk_id", sa.String(length=12), nullable=True))
    op.add_column("letter", sa.Column("token", sa.String(length=32), nullable=True))
    op.add_column("letter", sa.Column("thread", json_column(), nullable=True))
    op.add_column("letter", sa.Column("put_off_at", Instant(), nullable=True))
    op.drop_index("ix_letter_alert", "letter")
    op.create_index(
        "ix_letter_remote",
        "letter",
        ["channel", "address", "remote_id"],
        sqlite_where=HAS_LEFT,
        postgresql_where=HAS_LEFT,
    )
    op.add_column("ticket", sa.Column("thread", json_column(), nullable=True))
    op.add_column(
        "address", sa.Column("bounces", sa.SmallInteger(), server_default=sa.text("0"), nullable=False)
    )
    op.create_table(
        "mailbox",
        sa.Column("name", sa.String(length=400), nullable=False),
        sa.Column("uidvalidity", sa.BigInteger(), nullable=False),
        sa.Column("last_uid", sa.BigInteger(), nullable=False),
        sa.Column("since", Instant(), nullable=False),
        sa.Column("polled_at", Instant(), nullable=False),
        sa.Column("mail_at", Instant(), nullable=True),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_mailbox")),
    )
    op.create_table(
        "parked_mail",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("mailbox", sa.String(length=400), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("reason", sa.String(length=60), nullable=False),
        sa.Column("raw", sa.LargeBinary(), nullable=True),
        sa.Column("cut", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("parked_at", Instant(), nullable=False),
        sa.Column("told_at", Instant(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_parked_mail")),
    )
    op.create_index(op.f("ix_parked_mail_parked_at"), "parked_mail", ["parked_at"])
    op.create_index(op.f("ix_parked_mail_told_at"), "parked_mail", ["told_at"])
    op.create_index("uq_parked_mail_mailbox_digest", "parked_mail", ["mailbox", "digest"], unique=True)
    op.create_table(
        "machine_answer",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("address", sa.String(length=320), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_machine_answer")),
    )
    op.create_index(op.f("ix_machine_answer_at"), "machine_answer", ["at"])
    op.create_index("ix_machine_answer_address_at", "machine_answer", ["address", "at"])
    op.create_table(
        "outage",
        sa.Column("line", sa.String(length=400), nullable=False),
        sa.Column("since", Instant(), nullable=False),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.Column("told_at", Instant(), nullable=True),
        sa.PrimaryKeyConstraint("line", name=op.f("pk_outage")),
    )


def downgrade() -> None:
    for table in ("outage", "machine_answer", "parked_mail", "mailbox"):
        op.drop_table(table)
    op.drop_column("address", "bounces")
    op.drop_column("ticket", "thread")
    op.drop_index("ix_letter_remote", "letter")
    for column in ("put_off_at", "thread", "token", "talk_id", "language", "subject"):
        op.drop_column("letter", column)
    op.create_index(
        "ix_letter_alert",
        "letter",
        ["channel", "remote_id"],
        sqlite_where=ABOUT_TICKET,
        postgresql_where=ABOUT_TICKET,
    )
