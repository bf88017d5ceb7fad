"""Works that are excluded, and how the declarations of one work are found."""

import sqlalchemy as sa
from alembic import op

from storage.columns import Instant

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "excluded_work",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("year", sa.SmallInteger(), nullable=False),
        sa.Column("isbn", sa.String(length=13), nullable=True),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("title_key", sa.String(length=340), nullable=False),
        sa.Column("publisher", sa.String(length=300), nullable=True),
        sa.Column("category", sa.String(length=100), nullable=True),
        sa.Column("imported_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_excluded_work")),
    )
    op.create_index("ix_excluded_work_isbn_year", "excluded_work", ["isbn", "year"])
    op.create_index("ix_excluded_work_year", "excluded_work", ["year"])
    op.create_table(
        "excluded_word",
        sa.Column("word", sa.String(length=10), nullable=False),
        sa.Column("year", sa.SmallInteger(), nullable=False),
        sa.Column("work_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(["work_id"], ["excluded_work.id"], name=op.f("fk_excluded_word_work_id")),
        sa.PrimaryKeyConstraint("word", "year", "work_id", name=op.f("pk_excluded_word")),
    )
    op.create_index("ix_excluded_word_work_id", "excluded_word", ["work_id"])
    op.create_index("ix_declaration_person_id_work_key", "declaration", ["person_id", "work_key"])
    op.create_index("ix_declaration_school_id_work_key", "declaration", ["school_id", "work_key"])


def downgrade() -> None:
    op.drop_index("ix_declaration_school_id_work_key", "declaration")
    op.drop_index("ix_declaration_person_id_work_key", "declaration")
    op.drop_table("excluded_word")
    op.drop_table("excluded_work")
