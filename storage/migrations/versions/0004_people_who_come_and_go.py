"""People who come and go, and the lists of them that wait for a yes."""

import sqlalchemy as sa
from alembic import op

from storage.columns import Instant, json_column

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("school", sa.Column("phone", sa.String(length=60), nullable=True))
    op.add_column("person", sa.Column("closed_at", Instant(), nullable=True))
    op.add_column("role", sa.Column("closed_at", Instant(), nullable=True))
    op.create_table(
        "roster_file",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("lines", json_column(), nullable=False),
        sa.Column("shown", sa.String(length=16), nullable=False),
        sa.Column("asked_twice", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("made_at", Instant(), nullable=False),
        sa.Column("settled_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_roster_file_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_roster_file")),
    )
    op.create_index(op.f("ix_roster_file_person_id"), "roster_file", ["person_id"])
    op.create_index(op.f("ix_roster_file_made_at"), "roster_file", ["made_at"])


def downgrade() -> None:
    op.drop_table("roster_file")
    for table, column in (("role", "closed_at"), ("person", "closed_at"), ("school", "phone")):
        op.drop_column(table, column)
