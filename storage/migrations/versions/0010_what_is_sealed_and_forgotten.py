"""What is sealed and forgotten.

Sealed columns stay of the type that they were, words and JSON being longer ones then; but for one short line, where
PostgreSQL counts the letters.
"""

import sqlalchemy as sa
from alembic import op

from storage.columns import Instant

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

FAREWELL = sa.text("address IS NOT NULL")


def upgrade() -> None:
    op.create_table(
        "forgotten",
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("channel", sa.String(length=20), nullable=True),
        sa.Column("address", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_forgotten")),
    )
    op.create_index(
        "ix_forgotten_farewell", "forgotten", ["at"], sqlite_where=FAREWELL, postgresql_where=FAREWELL
    )
    op.create_table(
        "data_export",
        sa.Column("person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_data_export_person_id")),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_data_export")),
    )
    op.create_table(
        "sealing_key",
        sa.Column("name", sa.String(length=12), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_sealing_key")),
    )
    op.create_table(
        "secret",
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_secret")),
    )
    if op.get_bind().dialect.name == "postgresql":
        op.alter_column("letter", "subject", type_=sa.Text())


def downgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.alter_column(
            "letter", "subject", type_=sa.String(length=300), postgresql_using="left(subject, 300)"
        )
    for table in ("secret", "sealing_key", "data_export", "forgotten"):
        op.drop_table(table)
