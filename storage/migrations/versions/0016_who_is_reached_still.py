"""Who is reached still: the channels that nobody serves, and since when something unasked counts."""

import sqlalchemy as sa
from alembic import op

from storage.columns import Instant

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "channel_off",
        sa.Column("name", sa.String(length=20), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_channel_off")),
    )
    op.add_column("reminder", sa.Column("unasked_at", Instant(), nullable=True))
    op.execute("UPDATE reminder SET unasked_at = at WHERE outcome IN ('left', 'tomorrow')")


def downgrade() -> None:
    op.drop_column("reminder", "unasked_at")
    op.drop_table("channel_off")
