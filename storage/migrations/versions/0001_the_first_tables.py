"""The first tables."""

import sqlalchemy as sa
from alembic import op

from storage.columns import Instant, json_column

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "channel_pace",
        sa.Column("channel", sa.String(length=20), nullable=False),
        sa.Column("next_us", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("channel", name=op.f("pk_channel_pace")),
    )
    op.create_table(
        "chat_pace",
        sa.Column("channel", sa.String(length=20), nullable=False),
        sa.Column("address", sa.String(length=320), nullable=False),
        sa.Column("next_us", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("channel", "address", name=op.f("pk_chat_pace")),
    )
    op.create_table(
        "inbox",
        sa.Column("channel", sa.String(length=20), nullable=False),
        sa.Column("sender", sa.String(length=320), nullable=False),
        sa.Column("key", sa.String(length=300), nullable=False),
        sa.Column("first_at", Instant(), nullable=False),
        sa.Column("attempts", sa.SmallInteger(), server_default=sa.text("1"), nullable=False),
        sa.Column("heard_at", Instant(), nullable=True),
        sa.Column("parked_at", Instant(), nullable=True),
        sa.Column("text", sa.Text(), nullable=True),
        sa.CheckConstraint("heard_at IS NULL OR parked_at IS NULL", name=op.f("ck_inbox_heard_or_parked")),
        sa.CheckConstraint(
            "text IS NULL OR parked_at IS NOT NULL", name=op.f("ck_inbox_text_only_while_parked")
        ),
        sa.PrimaryKeyConstraint("channel", "sender", "key", name=op.f("pk_inbox")),
    )
    op.create_table(
        "person",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=True),
        sa.Column("language", sa.String(length=2), nullable=True),
        sa.Column("reminders", sa.Boolean(), server_default=sa.true(), nullable=False),
        sa.Column("offered", json_column(), server_default=sa.text("'[]'"), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.CheckConstraint("language IN ('fr', 'en')", name=op.f("ck_person_language")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
    )
    op.create_table(
        "service_centre",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_service_centre")),
        sa.UniqueConstraint("name", name=op.f("uq_service_centre_name")),
    )
    op.create_table(
        "address",
        sa.Column("channel", sa.String(length=20), nullable=False),
        sa.Column("value", sa.String(length=320), nullable=False),
        sa.Column("person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("linked_at", Instant(), nullable=True),
        sa.Column("dead_at", Instant(), nullable=True),
        sa.Column("dead_reason", sa.String(length=200), nullable=True),
        sa.CheckConstraint(
            "(dead_at IS NULL) = (dead_reason IS NULL)", name=op.f("ck_address_dead_has_reason")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_address_person_id")),
        sa.PrimaryKeyConstraint("channel", "value", name=op.f("pk_address")),
    )
    with op.batch_alter_table("address") as batch_op:
        batch_op.create_index(batch_op.f("ix_address_person_id"), ["person_id"], unique=False)

    op.create_table(
        "no_use",
        sa.Column("person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("period", sa.String(length=6), nullable=False),
        sa.Column("said_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_no_use_person_id")),
        sa.PrimaryKeyConstraint("person_id", "period", name=op.f("pk_no_use")),
    )
    op.create_table(
        "school",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("sector", sa.String(length=10), nullable=False),
        sa.Column("centre_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("participating", sa.Boolean(), server_default=sa.true(), nullable=False),
        sa.Column("headcount", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "(sector = 'private') = (centre_id IS NULL)", name=op.f("ck_school_private_has_no_centre")
        ),
        sa.CheckConstraint("sector IN ('public', 'private')", name=op.f("ck_school_sector")),
        sa.CheckConstraint("headcount >= 0", name=op.f("ck_school_headcount")),
        sa.ForeignKeyConstraint(["centre_id"], ["service_centre.id"], name=op.f("fk_school_centre_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_school")),
    )
    op.create_table(
        "talk",
        sa.Column("id", sa.String(length=12), nullable=False),
        sa.Column("person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("conversation", sa.String(length=40), nullable=False),
        sa.Column("seed", json_column(), nullable=False),
        sa.Column("answers", json_column(), nullable=False),
        sa.Column("editing", sa.String(length=40), server_default="", nullable=False),
        sa.Column("offered", json_column(), server_default=sa.text("'[]'"), nullable=False),
        sa.Column("held", json_column(), nullable=True),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("started_at", Instant(), nullable=False),
        sa.Column("updated_at", Instant(), nullable=False),
        sa.CheckConstraint(
            "state IN ('foreground', 'aside', 'finished', 'cancelled')", name=op.f("ck_talk_state")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_talk_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_talk")),
    )
    with op.batch_alter_table("talk") as batch_op:
        batch_op.create_index("ix_talk_person_id_updated_at", ["person_id", "updated_at"], unique=False)
        batch_op.create_index(
            "uq_talk_foreground",
            ["person_id"],
            unique=True,
            sqlite_where=sa.text("state = 'foreground'"),
            postgresql_where=sa.text("state = 'foreground'"),
        )

    op.create_table(
        "declaration",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("talk_id", sa.String(length=12), nullable=True),
        sa.Column("person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("school_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("period", sa.String(length=6), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("source", sa.String(length=12), nullable=True),
        sa.Column("isbn", sa.String(length=13), nullable=True),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("author", sa.String(length=300), nullable=True),
        sa.Column("publisher", sa.String(length=300), nullable=True),
        sa.Column("year", sa.SmallInteger(), nullable=True),
        sa.Column("total_pages", sa.Integer(), nullable=True),
        sa.Column("copied", sa.Text(), nullable=False),
        sa.Column("pages", sa.Integer(), nullable=True),
        sa.Column("share", sa.Float(), nullable=True),
        sa.Column("over", sa.Boolean(), nullable=True),
        sa.Column("medium", sa.String(length=10), nullable=False),
        sa.Column("pupils", sa.Integer(), nullable=False),
        sa.Column("used_on", sa.Date(), nullable=False),
        sa.Column("level", sa.String(length=100), nullable=True),
        sa.Column("note", sa.String(length=1000), nullable=True),
        sa.Column("work_key", sa.String(length=340), nullable=False),
        sa.Column("late", sa.Boolean(), nullable=False),
        sa.Column("destination", sa.String(length=10), nullable=False),
        sa.Column("sent_at", Instant(), nullable=False),
        sa.CheckConstraint(
            "pages > 0 AND (total_pages IS NULL OR pages <= total_pages)", name=op.f("ck_declaration_pages")
        ),
        sa.CheckConstraint("pupils > 0", name=op.f("ck_declaration_pupils")),
        sa.CheckConstraint("total_pages > 0", name=op.f("ck_declaration_total_pages")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_declaration_person_id")),
        sa.ForeignKeyConstraint(["school_id"], ["school.id"], name=op.f("fk_declaration_school_id")),
        sa.ForeignKeyConstraint(["talk_id"], ["talk.id"], name=op.f("fk_declaration_talk_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_declaration")),
        sa.UniqueConstraint("talk_id", name=op.f("uq_declaration_talk_id")),
    )
    with op.batch_alter_table("declaration") as batch_op:
        batch_op.create_index("ix_declaration_person_id_id", ["person_id", "id"], unique=False)
        batch_op.create_index("ix_declaration_person_id_period", ["person_id", "period"], unique=False)
        batch_op.create_index("ix_declaration_school_id_id", ["school_id", "id"], unique=False)
        batch_op.create_index("ix_declaration_school_id_period", ["school_id", "period"], unique=False)

    op.create_table(
        "role",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.Column("school_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("centre_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.CheckConstraint(
            "(role = 'css-admin') = (centre_id IS NOT NULL)", name=op.f("ck_role_css_role_has_centre")
        ),
        sa.CheckConstraint(
            "(role IN ('teacher', 'specialist', 'professional', 'school-admin', 'secretary')) = (school_id IS NOT NULL)",
            name=op.f("ck_role_school_role_has_school"),
        ),
        sa.CheckConstraint(
            "role IN ('teacher', 'specialist', 'professional', 'school-admin', 'secretary', 'css-admin', 'parent', 'operator')",
            name=op.f("ck_role_role"),
        ),
        sa.ForeignKeyConstraint(["centre_id"], ["service_centre.id"], name=op.f("fk_role_centre_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_role_person_id")),
        sa.ForeignKeyConstraint(["school_id"], ["school.id"], name=op.f("fk_role_school_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_role")),
    )
    with op.batch_alter_table("role") as batch_op:
        batch_op.create_index(batch_op.f("ix_role_centre_id"), ["centre_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_role_person_id"), ["person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_role_school_id"), ["school_id"], unique=False)

    op.create_table(
        "ticket",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("talk_id", sa.String(length=12), nullable=True),
        sa.Column("person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("channel", sa.String(length=20), nullable=False),
        sa.Column("address", sa.String(length=320), nullable=False),
        sa.Column("state", sa.String(length=10), server_default="open", nullable=False),
        sa.Column("opened_at", Instant(), nullable=False),
        sa.CheckConstraint("state IN ('open', 'answered')", name=op.f("ck_ticket_state")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_ticket_person_id")),
        sa.ForeignKeyConstraint(["talk_id"], ["talk.id"], name=op.f("fk_ticket_talk_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ticket")),
        sa.UniqueConstraint("talk_id", name=op.f("uq_ticket_talk_id")),
    )
    with op.batch_alter_table("ticket") as batch_op:
        batch_op.create_index(batch_op.f("ix_ticket_person_id"), ["person_id"], unique=False)

    op.create_table(
        "letter",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("key", sa.String(length=200), nullable=True),
        sa.Column("channel", sa.String(length=20), nullable=False),
        sa.Column("address", sa.String(length=320), nullable=False),
        sa.Column("lane", sa.SmallInteger(), nullable=False),
        sa.Column("strict", sa.Boolean(), nullable=False),
        sa.Column("html", sa.Text(), nullable=False),
        sa.Column("buttons", json_column(), nullable=False),
        sa.Column("numbered", sa.Boolean(), server_default=sa.true(), nullable=False),
        sa.Column("ticket_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("due", Instant(), nullable=False),
        sa.Column("useful_until", Instant(), nullable=True),
        sa.Column("state", sa.String(length=10), server_default="waiting", nullable=False),
        sa.Column("attempts", sa.SmallInteger(), server_default=sa.text("0"), nullable=False),
        sa.Column("worker", sa.String(length=60), nullable=True),
        sa.Column("sent_at", Instant(), nullable=True),
        sa.Column("remote_id", sa.String(length=300), nullable=True),
        sa.Column("reason", sa.String(length=300), nullable=True),
        sa.CheckConstraint("(state = 'sent') = (sent_at IS NOT NULL)", name=op.f("ck_letter_sent_has_time")),
        sa.CheckConstraint(
            "state <> 'started' OR worker IS NOT NULL", name=op.f("ck_letter_started_has_worker")
        ),
        sa.CheckConstraint(
            "state IN ('waiting', 'started', 'sent', 'dead', 'skipped', 'unknown')",
            name=op.f("ck_letter_state"),
        ),
        sa.ForeignKeyConstraint(["ticket_id"], ["ticket.id"], name=op.f("fk_letter_ticket_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letter")),
        sa.UniqueConstraint("key", name=op.f("uq_letter_key")),
    )
    with op.batch_alter_table("letter") as batch_op:
        batch_op.create_index(
            "ix_letter_alert",
            ["channel", "remote_id"],
            unique=False,
            sqlite_where=sa.text("ticket_id IS NOT NULL"),
            postgresql_where=sa.text("ticket_id IS NOT NULL"),
        )
        batch_op.create_index(
            "ix_letter_queue",
            ["channel", "lane", "due", "id"],
            unique=False,
            sqlite_where=sa.text("state IN ('waiting', 'started')"),
            postgresql_where=sa.text("state IN ('waiting', 'started')"),
        )
        batch_op.create_index(
            "ix_letter_unsent_of_address",
            ["channel", "address", "id"],
            unique=False,
            sqlite_where=sa.text("state IN ('waiting', 'started')"),
            postgresql_where=sa.text("state IN ('waiting', 'started')"),
        )

    op.create_index(
        "uq_school_name_centre", "school", ["name", sa.text("coalesce(centre_id, 0)")], unique=True
    )
    op.create_index(
        "uq_role_person_place",
        "role",
        ["person_id", "role", sa.text("coalesce(school_id, 0)"), sa.text("coalesce(centre_id, 0)")],
        unique=True,
    )


def downgrade() -> None:
    with op.batch_alter_table("letter") as batch_op:
        batch_op.drop_index(
            "ix_letter_unsent_of_address",
            sqlite_where=sa.text("state IN ('waiting', 'started')"),
            postgresql_where=sa.text("state IN ('waiting', 'started')"),
        )
        batch_op.drop_index(
            "ix_letter_queue",
            sqlite_where=sa.text("state IN ('waiting', 'started')"),
            postgresql_where=sa.text("state IN ('waiting', 'started')"),
        )
        batch_op.drop_index(
            "ix_letter_alert",
            sqlite_where=sa.text("ticket_id IS NOT NULL"),
            postgresql_where=sa.text("ticket_id IS NOT NULL"),
        )

    op.drop_table("letter")
    with op.batch_alter_table("ticket") as batch_op:
        batch_op.drop_index(batch_op.f("ix_ticket_person_id"))

    op.drop_table("ticket")
    with op.batch_alter_table("role") as batch_op:
        batch_op.drop_index(batch_op.f("ix_role_school_id"))
        batch_op.drop_index(batch_op.f("ix_role_person_id"))
        batch_op.drop_index(batch_op.f("ix_role_centre_id"))

    op.drop_table("role")
    with op.batch_alter_table("declaration") as batch_op:
        batch_op.drop_index("ix_declaration_school_id_period")
        batch_op.drop_index("ix_declaration_school_id_id")
        batch_op.drop_index("ix_declaration_person_id_period")
        batch_op.drop_index("ix_declaration_person_id_id")

    op.drop_table("declaration")
    with op.batch_alter_table("talk") as batch_op:
        batch_op.drop_index(
            "uq_talk_foreground",
            sqlite_where=sa.text("state = 'foreground'"),
            postgresql_where=sa.text("state = 'foreground'"),
        )
        batch_op.drop_index("ix_talk_person_id_updated_at")

    op.drop_table("talk")
    op.drop_table("school")
    op.drop_table("no_use")
    with op.batch_alter_table("address") as batch_op:
        batch_op.drop_index(batch_op.f("ix_address_person_id"))

    op.drop_table("address")
    op.drop_table("service_centre")
    op.drop_table("person")
    op.drop_table("inbox")
    op.drop_table("chat_pace")
    op.drop_table("channel_pace")
