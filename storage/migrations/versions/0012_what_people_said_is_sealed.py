"""More of what people said is sealed, and the secret of each letter; letters to be emptied are found at once.

Questions that were taught and what a question means lie in columns that take any length; on PostgreSQL, which counts
letters, a letter's secret may be longer then. What stands there already is sealed by `declic keys rotate`.
"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


WITH_WORDS = sa.text("html <> ''")


def upgrade() -> None:
    since = [sa.text("coalesce(sent_at, due)")]
    op.create_index(
        "ix_letter_with_words", "letter", since, sqlite_where=WITH_WORDS, postgresql_where=WITH_WORDS
    )
    if op.get_bind().dialect.name == "postgresql":
        op.alter_column("letter", "token", type_=sa.Text())


def downgrade() -> None:
    op.drop_index("ix_letter_with_words", "letter")
    if op.get_bind().dialect.name == "postgresql":
        op.alter_column("letter", "token", type_=sa.String(length=32), postgresql_using="left(token, 32)")
