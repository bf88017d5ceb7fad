"""Column types that mean the same on SQLite and PostgreSQL."""

from __future__ import annotations

from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import JSON, DateTime, Dialect, TypeDecorator
from sqlalchemy.dialects.postgresql import JSONB

from bot.messages import Thread
from storage.sealing import SealedJson


class Instant(TypeDecorator[datetime]):
    """A moment: aware in Python, UTC in the database; a naive one is refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs a zone")
        utc = value.astimezone(UTC)
        return utc.replace(tzinfo=None) if dialect.name == "sqlite" else utc

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def json_column() -> JSON[Any]:
    """JSON, in the form that PostgreSQL can index."""
    return JSON().with_variant(JSONB(), "postgresql")


class ThreadColumn(SealedJson):
    """What a letter goes on with, sealed: a subject is somebody's words."""

    impl = JSON(none_as_null=True).with_variant(JSONB(none_as_null=True), "postgresql")
    cache_ok = True

    def process_bind_param(self, value: Thread | None, dialect: Dialect) -> Any:
        return super().process_bind_param(asdict(value) if value else None, dialect)

    def process_result_value(self, value: Any, dialect: Dialect) -> Thread | None:
        kept = super().process_result_value(value, dialect)
        return Thread(kept["subject"], kept["message_id"], tuple(kept["references"])) if kept else None
