"""Brings a database to the newest form of the tables."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import inspect, text

from storage.database import Database, Transaction
from storage.keys import recognise

if TYPE_CHECKING:
    from alembic.config import Config

MIGRATIONS = Path(__file__).parent / "migrations"
POSTGRES_LOCK = 7_239_015
"""Any number that is ours: two processes that start at once migrate one after the other."""


class DatabaseNewer(Exception):
    """A newer release has changed the tables: run that one, or go back to the copy made before."""


async def migrate(database: Database) -> None:
    """Creates or updates the tables, and sees that what is sealed in them can be opened.

    Does nothing to a database that is up to date. May raise DatabaseNewer or KeyMissing.
    """
    await database.write(_migrate)


def _migrate(tx: Transaction) -> None:
    if tx.dialect.name == "postgresql":
        tx.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": POSTGRES_LOCK})
    now, newest = current_revision(tx), newest_revision()
    if now and now > newest:
        raise DatabaseNewer
    if now != newest:
        # Alembic is 8 MB and a tenth of a second, wanted once in the life of a release.
        from alembic import command  # noqa: PLC0415

        command.upgrade(alembic_config(tx), "head")
    recognise(tx)


def current_revision(tx: Transaction) -> str | None:
    """The revision that the database stands at."""
    if not inspect(tx).has_table("alembic_version"):
        return None
    return tx.execute(text("SELECT version_num FROM alembic_version")).scalar()


def newest_revision() -> str:
    """The revision that this release needs: the number that the last migration's file begins with."""
    return max(file.name.partition("_")[0] for file in MIGRATIONS.glob("versions/*_*.py"))


def alembic_config(tx: Transaction) -> Config:
    """Alembic's configuration for an open connection."""
    from alembic.config import Config  # noqa: PLC0415 - as above

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = tx
    return config
