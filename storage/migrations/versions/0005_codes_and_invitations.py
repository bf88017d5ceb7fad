"""Codes, invitations, registrations, and to whom Telegram is closed."""

import sqlalchemy as sa
from alembic import op

from storage.columns import Instant

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TABLES = ("telegram_off", "registration", "invitation", "link_code")


def upgrade() -> None:
    op.add_column("address", sa.Column("own", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.create_table(
        "link_code",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("channel", sa.String(length=20), nullable=False),
        sa.Column("address", sa.String(length=320), nullable=False),
        sa.Column("mailed_to", sa.String(length=320), nullable=False),
        sa.Column("person_id", NUMBER, nullable=True),
        sa.Column("salt", sa.LargeBinary(length=16), nullable=False),
        sa.Column("digest", sa.LargeBinary(length=32), nullable=False),
        sa.Column("tries", sa.SmallInteger(), server_default=sa.text("0"), nullable=False),
        sa.Column("made_at", Instant(), nullable=False),
        sa.Column("tried_at", Instant(), nullable=True),
        sa.Column("used_at", Instant(), nullable=True),
        sa.CheckConstraint("(tries = 0) = (tried_at IS NULL)", name=op.f("ck_link_code_tried_has_time")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_link_code_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_link_code")),
    )
    op.create_index("ix_link_code_writer", "link_code", ["channel", "address", "made_at"])
    op.create_index("ix_link_code_mailed_to", "link_code", ["mailed_to", "made_at"])
    op.create_index("ix_link_code_made_at", "link_code", ["made_at"])
    op.create_table(
        "invitation",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("person_id", NUMBER, nullable=False),
        sa.Column("digest", sa.LargeBinary(length=32), nullable=False),
        sa.Column("made_at", Instant(), nullable=False),
        sa.Column("used_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_invitation_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitation")),
        sa.UniqueConstraint("digest", name=op.f("uq_invitation_digest")),
    )
    op.create_index(op.f("ix_invitation_person_id"), "invitation", ["person_id"])
    op.create_table(
        "registration",
        sa.Column("ticket_id", NUMBER, nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("school_id", NUMBER, nullable=True),
        sa.Column("school_named", sa.String(length=200), nullable=False),
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.Column("email", sa.String(length=320), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("channel", sa.String(length=20), nullable=False),
        sa.Column("address", sa.String(length=320), nullable=False),
        sa.Column("accepted", sa.Boolean(), nullable=True),
        sa.Column("decided_by", NUMBER, nullable=True),
        sa.Column("decided_at", Instant(), nullable=True),
        sa.Column("reason", sa.String(length=500), nullable=True),
        sa.CheckConstraint(
            "role IN ('teacher', 'specialist', 'professional', 'school-admin', 'secretary')",
            name=op.f("ck_registration_role"),
        ),
        sa.CheckConstraint(
            "(accepted IS NULL) = (decided_at IS NULL)", name=op.f("ck_registration_decided_has_time")
        ),
        sa.CheckConstraint(
            "(accepted IS NULL) = (decided_by IS NULL)", name=op.f("ck_registration_decided_has_somebody")
        ),
        sa.ForeignKeyConstraint(["ticket_id"], ["ticket.id"], name=op.f("fk_registration_ticket_id")),
        sa.ForeignKeyConstraint(["school_id"], ["school.id"], name=op.f("fk_registration_school_id")),
        sa.ForeignKeyConstraint(["decided_by"], ["person.id"], name=op.f("fk_registration_decided_by")),
        sa.PrimaryKeyConstraint("ticket_id", name=op.f("pk_registration")),
    )
    op.create_table(
        "telegram_off",
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_telegram_off")),
    )


def downgrade() -> None:
    for table in TABLES:
        op.drop_table(table)
    op.drop_column("address", "own")
