"""When nothing leaves: after a backup was restored; and what was handed over to whoever collects."""

import sqlalchemy as sa
from alembic import op

from storage.columns import Instant

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
STANDING = sa.text("released_at IS NULL")
REASONS = "'restored', 'went-back', 'by-hand'"


def upgrade() -> None:
    op.create_table(
        "hold",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("reason", sa.String(length=10), nullable=False),
        sa.Column("since", Instant(), nullable=False),
        sa.Column("released_at", Instant(), nullable=True),
        sa.CheckConstraint(f"reason IN ({REASONS})", name=op.f("ck_hold_reason")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hold")),
    )
    op.create_index(
        "uq_hold_standing", "hold", ["reason"], unique=True, sqlite_where=STANDING, postgresql_where=STANDING
    )
    op.create_table(
        "declaration_handover",
        sa.Column("declaration_id", NUMBER, autoincrement=False, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["declaration_id"], ["declaration.id"], name=op.f("fk_declaration_handover_declaration_id")
        ),
        sa.PrimaryKeyConstraint("declaration_id", name=op.f("pk_declaration_handover")),
    )
    op.add_column("mailbox", sa.Column("heard_to", sa.BigInteger(), nullable=True))


def downgrade() -> None:
    op.drop_column("mailbox", "heard_to")
    op.drop_table("declaration_handover")
    op.drop_index("uq_hold_standing", "hold")
    op.drop_table("hold")
