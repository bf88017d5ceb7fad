"""Brings a database to the newest form of the tables."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import text

from storage.database import Database, Transaction

MIGRATIONS = Path(__file__).parent / "migrations"
POSTGRES_LOCK = 7_239_015
"""Any number that is ours: two processes that start at once migrate one after the other."""


async def migrate(database: Database) -> None:
    """Creates or updates the tables; does nothing to a database that is up to date."""
    await database.write(_migrate)


def _migrate(tx: Transaction) -> None:
    if tx.dialect.name == "postgresql":
        tx.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": POSTGRES_LOCK})
    if current_revision(tx) != newest_revision():
        command.upgrade(alembic_config(tx), "head")


def current_revision(tx: Transaction) -> str | None:
    """The revision that the database stands at."""
    return MigrationContext.configure(tx).get_current_revision()


def newest_revision() -> str | None:
    """The revision that this release needs."""
    return ScriptDirectory(str(MIGRATIONS)).get_current_head()


def alembic_config(tx: Transaction) -> Config:
    """Alembic's configuration for an open connection."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = tx
    return config
