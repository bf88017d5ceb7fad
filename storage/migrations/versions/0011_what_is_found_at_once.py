"""What is found at once, and more that is sealed.

Letters are found by address and by ticket, open tickets among years of closed ones. Words beside a declaration and in
a registration are sealed: lines on PostgreSQL, which counts their letters, may be longer then.
"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

ABOUT_A_TICKET = sa.text("ticket_id IS NOT NULL")
OPEN = sa.text("state = 'open'")
SEALED = (
    ("declaration", "note", 1000),
    ("declaration", "reason", 1000),
    ("registration", "name", 200),
    ("registration", "school_named", 200),
    ("registration", "reason", 500),
)


def upgrade() -> None:
    op.create_index("ix_letter_address", "letter", ["address"])
    op.create_index(
        "ix_letter_ticket_id",
        "letter",
        ["ticket_id"],
        sqlite_where=ABOUT_A_TICKET,
        postgresql_where=ABOUT_A_TICKET,
    )
    op.create_index("ix_ticket_open", "ticket", ["id"], sqlite_where=OPEN, postgresql_where=OPEN)
    if op.get_bind().dialect.name == "postgresql":
        for table, column, _length in SEALED:
            op.alter_column(table, column, type_=sa.Text())


def downgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        for table, column, length in SEALED:
            kept = sa.String(length=length)
            op.alter_column(table, column, type_=kept, postgresql_using=f"left({column}, {length})")
    op.drop_index("ix_ticket_open", "ticket")
    op.drop_index("ix_letter_ticket_id", "letter")
    op.drop_index("ix_letter_address", "letter")
