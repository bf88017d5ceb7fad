from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from jinja2 import TemplateNotFound
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from storage.database import Database, DatabaseDown, Transaction, WorkFailed, open_database

RAISE = "DO $$ BEGIN RAISE EXCEPTION 'no' USING ERRCODE = '{}'; END $$"


@pytest.fixture
async def postgresql(emptied_postgres_url: str) -> AsyncIterator[Database]:
    opened = open_database(emptied_postgres_url)
    yield opened
    await opened.close()


@pytest.mark.parametrize(
    ("fault", "seen"),
    [
        pytest.param(TemplateNotFound("support/sorry"), WorkFailed, id="no template"),
        pytest.param(PermissionError("entries"), WorkFailed, id="no permission"),
        pytest.param(KeyError("name"), KeyError, id="no file at all"),
        pytest.param(BrokenPipeError(), DatabaseDown, id="the line breaks"),
        pytest.param(TimeoutError(), DatabaseDown, id="no answer"),
    ],
)
async def test_a_file_that_the_work_misses_is_told_from_a_server_that_is_gone(
    postgresql: Database, fault: Exception, seen: type[Exception]
) -> None:
    def work(_tx: Transaction) -> None:
        raise fault

    with pytest.raises(seen) as raised:
        await postgresql.write(work)
    assert fault in {raised.value, raised.value.__cause__}


@pytest.mark.parametrize(
    ("code", "passes"),
    [
        pytest.param("40P01", True, id="deadlock"),
        pytest.param("40001", True, id="serialization failure"),
        pytest.param("25006", True, id="a standby"),
        pytest.param("57P03", True, id="starting up"),
        pytest.param("53300", True, id="too many connections"),
        pytest.param("25P02", False, id="our transaction is broken"),
        pytest.param("22003", False, id="a number too large"),
        pytest.param("23505", False, id="a second one of the same"),
    ],
)
async def test_what_passes_by_itself_is_told_from_our_own_faults(
    postgresql: Database, code: str, passes: bool
) -> None:
    with pytest.raises(DatabaseDown if passes else DBAPIError):
        await postgresql.write(lambda tx: tx.execute(text(RAISE.format(code))))


async def test_what_is_broken_off_leaves_nothing_behind(database: Database) -> None:
    def work(tx: Transaction) -> None:
        tx.execute(text("INSERT INTO service_centre (name) VALUES ('Centre fictif')"))
        raise FileNotFoundError

    with pytest.raises((FileNotFoundError, WorkFailed)):
        await database.write(work)
    assert await database.read(lambda tx: tx.execute(text("SELECT * FROM service_centre")).all()) == []
