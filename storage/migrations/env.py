"""Alembic's entry: migrates the connection that it is handed."""

from typing import Any, Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext

from storage.columns import Instant
from storage.tables import metadata


def render_item(kind: str, item: Any, autogen: AutogenContext) -> str | Literal[False]:
    """Writes our own column types by name, so that a migration reads like the tables."""
    if kind == "type" and isinstance(item, Instant):
        autogen.imports.add("from storage.columns import Instant")
        return "Instant()"
    if kind == "type" and item.__visit_name__ == "JSON":
        autogen.imports.add("from storage.columns import json_column")
        return "json_column()"
    return False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
    render_item=render_item,
    transactional_ddl=False,
)
context.run_migrations()
