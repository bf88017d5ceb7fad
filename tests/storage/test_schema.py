"""Migrations lead to the tables as they are declared, on an empty database and on one that is up to date."""

from __future__ import annotations

import asyncio
import warnings
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import insert, text
from sqlalchemy.exc import IntegrityError, OperationalError

from storage import roster, schema
from storage.database import Transaction, open_database
from storage.people import Place
from storage.roster import School
from storage.schema import migrate
from storage.states import Role, Sector
from storage.tables import metadata, role
from tests.fakes.clock import TickedClock


def differences(tx: Transaction) -> list[object]:
    """What stands in the tables' declaration and not in the database, or the other way round."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # SQLite cannot say what an index on an expression is
        return list(compare_metadata(MigrationContext.configure(tx), metadata))


async def test_the_migrations_make_the_tables_as_declared(database_url: str) -> None:
    database = open_database(database_url)
    assert await database.read(differences) == []
    assert await database.read(schema.current_revision) == schema.newest_revision()
    await database.close()


async def test_every_migration_can_be_taken_back(database_url: str) -> None:
    database = open_database(database_url)
    await database.write(lambda tx: command.downgrade(schema.alembic_config(tx), "base"))
    assert await database.read(schema.current_revision) is None
    await migrate(database)
    assert await database.read(differences) == []
    await database.close()


async def test_two_processes_that_start_at_once_migrate_once(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'new.db'}"
    first, second = open_database(url), open_database(url)
    await asyncio.gather(migrate(first), migrate(second))
    assert await second.read(differences) == []
    await asyncio.gather(first.close(), second.close())


async def test_nobody_has_the_same_role_at_the_same_place_twice(database_url: str) -> None:
    database, now = open_database(database_url), TickedClock().now()

    def twice(tx: Transaction) -> None:
        person = roster.add_person(tx, "Camille", "fr", (Place(Role.OPERATOR),), now)
        tx.execute(insert(role).values(person_id=person, role=Role.OPERATOR))

    with pytest.raises(IntegrityError):
        await database.write(twice)
    await database.close()


async def test_no_two_private_schools_have_one_name(database_url: str) -> None:
    database = open_database(database_url)

    def twice(tx: Transaction) -> None:
        roster.add_school(tx, School("Collège fictif", Sector.PRIVATE))
        roster.add_school(tx, School("Collège fictif", Sector.PRIVATE))

    with pytest.raises(IntegrityError):
        await database.write(twice)
    await database.close()


async def test_a_reader_changes_nothing(sqlite_url: str) -> None:
    database = open_database(sqlite_url)
    with pytest.raises(OperationalError, match="readonly"):
        await database.read(lambda tx: tx.execute(text("DELETE FROM person")))
    await database.close()
