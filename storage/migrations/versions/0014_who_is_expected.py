"""Who is expected: head counts and accounts, and what finds quickly who took part."""

import sqlalchemy as sa
from alembic import op

from storage.columns import Instant

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
UNFINISHED = sa.text("state IN ('foreground', 'aside')")
COUNTS = "total >= 0 AND teachers >= 0 AND specialists >= 0 AND professionals >= 0"


def upgrade() -> None:
    op.create_table(
        "headcount",
        sa.Column("school_id", NUMBER, autoincrement=False, nullable=False),
        sa.Column("year", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("teachers", sa.Integer(), nullable=True),
        sa.Column("specialists", sa.Integer(), nullable=True),
        sa.Column("professionals", sa.Integer(), nullable=True),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("confirmed_by", NUMBER, nullable=True),
        sa.Column("confirmed_at", Instant(), nullable=False),
        sa.CheckConstraint(COUNTS, name=op.f("ck_headcount_no_fewer_than_none")),
        sa.ForeignKeyConstraint(["confirmed_by"], ["person.id"], name=op.f("fk_headcount_confirmed_by")),
        sa.ForeignKeyConstraint(["school_id"], ["school.id"], name=op.f("fk_headcount_school_id")),
        sa.PrimaryKeyConstraint("school_id", "year", name=op.f("pk_headcount")),
    )
    op.create_table(
        "account",
        sa.Column("person_id", NUMBER, autoincrement=False, nullable=False),
        sa.Column("year", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("has_account", sa.Boolean(), nullable=False),
        sa.Column("listed_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_account_person_id")),
        sa.PrimaryKeyConstraint("person_id", "year", name=op.f("pk_account")),
    )
    op.drop_index("ix_declaration_person_id_period", "declaration")
    op.create_index(
        "ix_declaration_period_person_id", "declaration", ["period", "person_id", "state", "sent_at"]
    )
    op.drop_index("ix_role_school_id", "role")
    op.create_index("ix_role_school_id", "role", ["school_id", "person_id", "role", "closed_at"])
    op.create_index(
        "ix_talk_unfinished",
        "talk",
        ["person_id", "conversation"],
        sqlite_where=UNFINISHED,
        postgresql_where=UNFINISHED,
    )


def downgrade() -> None:
    op.drop_index("ix_talk_unfinished", "talk")
    op.drop_index("ix_role_school_id", "role")
    op.create_index("ix_role_school_id", "role", ["school_id"])
    op.drop_index("ix_declaration_period_person_id", "declaration")
    op.create_index("ix_declaration_person_id_period", "declaration", ["person_id", "period"])
    op.drop_table("account")
    op.drop_table("headcount")
