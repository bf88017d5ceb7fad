"""Who is expected to take part, as others tell: head counts, and accounts with who collects the declarations."""

from __future__ import annotations

from sqlalchemy import Boolean, CheckConstraint, Column, ForeignKey, Integer, SmallInteger, Table

from storage.columns import Instant
from storage.tables.base import metadata

headcount = Table(
    "headcount",
    metadata,
    Column("school_id", ForeignKey("school.id"), primary_key=True),
    # The calendar year in which the school year begins.
    Column("year", SmallInteger, primary_key=True, autoincrement=False),
    # Each is known only where whoever confirmed it told them apart.
    Column("teachers", Integer),
    Column("specialists", Integer),
    Column("professionals", Integer),
    Column("total", Integer, nullable=False),
    Column("confirmed_by", ForeignKey("person.id")),
    Column("confirmed_at", Instant, nullable=False),
    CheckConstraint(
        "total >= 0 AND teachers >= 0 AND specialists >= 0 AND professionals >= 0", name="no_fewer_than_none"
    ),
)

account = Table(
    "account",
    metadata,
    Column("person_id", ForeignKey("person.id"), primary_key=True),
    Column("year", SmallInteger, primary_key=True, autoincrement=False),
    Column("has_account", Boolean, nullable=False),
    Column("listed_at", Instant, nullable=False),
)
