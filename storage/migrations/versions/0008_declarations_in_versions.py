"""Declarations in versions."""

from datetime import date
from typing import Any

import sqlalchemy as sa
from alembic import op

from storage.columns import Instant, json_column

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

AT_ONCE = 500
"""Rows."""
ALONE = {"resolve_fks": False}
"""SQLite makes the table anew; those that it refers to stay as they are, and unread."""
KEPT_APART = ("id", "person_id")
"""What no edit changes."""


def upgrade() -> None:
    with op.batch_alter_table("declaration", reflect_kwargs=ALONE) as table:
        table.add_column(sa.Column("state", sa.String(length=12), server_default="sent", nullable=False))
        table.add_column(sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False))
        table.add_column(sa.Column("changed_at", Instant(), nullable=True))
        table.add_column(sa.Column("decided_by", _row_id(), nullable=True))
        table.add_column(sa.Column("decided_at", Instant(), nullable=True))
        table.add_column(sa.Column("reason", sa.String(length=1000), nullable=True))
        table.add_column(sa.Column("ticket_id", _row_id(), nullable=True))
        table.create_foreign_key(op.f("fk_declaration_decided_by"), "person", ["decided_by"], ["id"])
        table.create_foreign_key(op.f("fk_declaration_ticket_id"), "ticket", ["ticket_id"], ["id"])
        table.create_check_constraint(
            op.f("ck_declaration_state"), "state IN ('sent', 'to-complete', 'refused', 'withdrawn')"
        )
        table.create_check_constraint(op.f("ck_declaration_version"), "version > 0")
    op.create_index("ix_declaration_ticket_id", "declaration", ["ticket_id"], unique=True)
    version = op.create_table(
        "declaration_version",
        sa.Column("declaration_id", _row_id(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("values", json_column(), nullable=False),
        sa.Column("changed_at", Instant(), nullable=False),
        sa.Column("changed_by", _row_id(), nullable=False),
        sa.ForeignKeyConstraint(
            ["changed_by"], ["person.id"], name=op.f("fk_declaration_version_changed_by")
        ),
        sa.ForeignKeyConstraint(
            ["declaration_id"], ["declaration.id"], name=op.f("fk_declaration_version_declaration_id")
        ),
        sa.PrimaryKeyConstraint("declaration_id", "version", name=op.f("pk_declaration_version")),
    )
    op.create_table(
        "period_closing",
        sa.Column("period", sa.String(length=6), nullable=False),
        sa.Column("open", sa.Boolean(), nullable=False),
        sa.Column("changed_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("period", name=op.f("pk_period_closing")),
    )
    _keep_first_versions(op.get_bind(), version)


def downgrade() -> None:
    op.drop_table("period_closing")
    op.drop_table("declaration_version")
    op.drop_index("ix_declaration_ticket_id", "declaration")
    with op.batch_alter_table("declaration", reflect_kwargs=ALONE) as table:
        for check in ("ck_declaration_state", "ck_declaration_version"):
            table.drop_constraint(op.f(check), type_="check")
        for key in ("fk_declaration_decided_by", "fk_declaration_ticket_id"):
            table.drop_constraint(op.f(key), type_="foreignkey")
        for column in ("ticket_id", "reason", "decided_at", "decided_by", "changed_at", "version", "state"):
            table.drop_column(column)


def _row_id() -> Any:
    return sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def _keep_first_versions(tx: sa.Connection, version: sa.Table) -> None:
    """What was sent so far, as first versions."""
    sent = [sa.column(name, type_) for name, type_ in SENT.items()]
    rows = tx.execute(sa.select(*sent).select_from(sa.table("declaration"))).all()
    for begin in range(0, len(rows), AT_ONCE):
        tx.execute(version.insert(), [_first_version(row._mapping) for row in rows[begin : begin + AT_ONCE]])


def _first_version(sent: Any) -> dict[str, Any]:
    values = {name: value for name, value in sent.items() if name not in KEPT_APART}
    return {
        "declaration_id": sent["id"],
        "version": 1,
        "values": {name: _written(value) for name, value in values.items()},
        "changed_at": sent["sent_at"],
        "changed_by": sent["person_id"],
    }


def _written(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


SENT: dict[str, Any] = {
    "id": sa.Integer(),
    "person_id": sa.Integer(),
    "school_id": sa.Integer(),
    "period": sa.String(),
    "kind": sa.String(),
    "source": sa.String(),
    "isbn": sa.String(),
    "title": sa.String(),
    "author": sa.String(),
    "publisher": sa.String(),
    "year": sa.Integer(),
    "total_pages": sa.Integer(),
    "copied": sa.Text(),
    "pages": sa.Integer(),
    "share": sa.Float(),
    "over": sa.Boolean(),
    "medium": sa.String(),
    "pupils": sa.Integer(),
    "used_on": sa.Date(),
    "level": sa.String(),
    "note": sa.String(),
    "work_key": sa.String(),
    "late": sa.Boolean(),
    "destination": sa.String(),
    "sent_at": Instant(),
}
