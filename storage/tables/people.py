"""Who works where, in what role, and where they are reached."""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    SmallInteger,
    String,
    Table,
    false,
    text,
    true,
)

from storage.columns import Instant
from storage.sealing import SealedJson
from storage.states import SCHOOL_ROLES, Role, Sector
from storage.tables.base import RowId, metadata, one_of

service_centre = Table(
    "service_centre",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("name", String(200), nullable=False, unique=True),
)

school = Table(
    "school",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("name", String(200), nullable=False),
    Column("sector", String(10), nullable=False),
    Column("centre_id", ForeignKey("service_centre.id")),
    Column("participating", Boolean, nullable=False, server_default=true()),
    Column("headcount", Integer),
    Column("phone", String(60)),
    Index("uq_school_name_centre", "name", text("coalesce(centre_id, 0)"), unique=True),
    one_of("sector", Sector, "sector"),
    CheckConstraint("(sector = 'private') = (centre_id IS NULL)", name="private_has_no_centre"),
    CheckConstraint("headcount >= 0", name="headcount"),
)

person = Table(
    "person",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("name", String(200)),
    Column("language", String(2)),
    Column("reminders", Boolean, nullable=False, server_default=true()),
    # The channel on which they want reminders, where they said so.
    Column("reminds_on", String(20)),
    Column("offered", SealedJson, nullable=False, server_default=text("'[]'")),
    Column("created_at", Instant, nullable=False),
    # Since when none of their roles counts any more.
    Column("closed_at", Instant),
    CheckConstraint("language IN ('fr', 'en')", name="language"),
)

_in_a_school = ", ".join(f"'{role}'" for role in SCHOOL_ROLES)

role = Table(
    "role",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("person_id", ForeignKey("person.id"), nullable=False, index=True),
    Column("role", String(20), nullable=False),
    Column("school_id", ForeignKey("school.id")),
    Column("centre_id", ForeignKey("service_centre.id"), index=True),
    # A role that is closed is kept, and opened again when they come back.
    Column("closed_at", Instant),
    Index(
        "uq_role_person_place",
        "person_id",
        "role",
        text("coalesce(school_id, 0)"),
        text("coalesce(centre_id, 0)"),
        unique=True,
    ),
    # Everybody who works in a school, without a look at the table.
    Index("ix_role_school_id", "school_id", "person_id", "role", "closed_at"),
    one_of("role", Role, "role"),
    CheckConstraint(f"(role IN ({_in_a_school})) = (school_id IS NOT NULL)", name="school_role_has_school"),
    CheckConstraint("(role = 'css-admin') = (centre_id IS NOT NULL)", name="css_role_has_centre"),
)

address = Table(
    "address",
    metadata,
    Column("channel", String(20), primary_key=True),
    Column("value", String(320), primary_key=True),
    Column("person_id", ForeignKey("person.id"), nullable=False, index=True),
    Column("linked_at", Instant),
    Column("dead_at", Instant),
    Column("dead_reason", String(200)),
    Column("bounces", SmallInteger, nullable=False, server_default=text("0")),
    # Whether they tied it themselves, by a code or an invitation; the roster brings the others.
    Column("own", Boolean, nullable=False, server_default=false()),
    CheckConstraint("(dead_at IS NULL) = (dead_reason IS NULL)", name="dead_has_reason"),
)

roster_file = Table(
    "roster_file",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("person_id", ForeignKey("person.id"), nullable=False, index=True),
    # Emptied once it is settled: the roster then says the same.
    Column("lines", SealedJson, nullable=False),
    Column("shown", String(16), nullable=False),
    Column("asked_twice", Boolean, nullable=False, server_default=false()),
    Column("made_at", Instant, nullable=False, index=True),
    Column("settled_at", Instant),
)
