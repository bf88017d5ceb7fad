"""Letters with files, and what a library told about books."""

import sqlalchemy as sa
from alembic import op

from storage.columns import Instant

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "letter", sa.Column("files", sa.SmallInteger(), server_default=sa.text("0"), nullable=False)
    )
    op.create_table(
        "letter_file",
        sa.Column("letter_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("position", sa.SmallInteger(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("media_type", sa.String(length=100), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["letter_id"], ["letter.id"], name=op.f("fk_letter_file_letter_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("letter_id", "position", name=op.f("pk_letter_file")),
    )
    op.create_table(
        "book",
        sa.Column("isbn", sa.String(length=13), nullable=False),
        sa.Column("title", sa.String(length=300), nullable=True),
        sa.Column("author", sa.String(length=300), nullable=True),
        sa.Column("publisher", sa.String(length=300), nullable=True),
        sa.Column("year", sa.SmallInteger(), nullable=True),
        sa.Column("pages", sa.Integer(), nullable=True),
        sa.Column("found_at", Instant(), nullable=False),
        sa.CheckConstraint("pages > 0", name=op.f("ck_book_pages")),
        sa.PrimaryKeyConstraint("isbn", name=op.f("pk_book")),
    )


def downgrade() -> None:
    op.drop_table("book")
    op.drop_table("letter_file")
    op.drop_column("letter", "files")
