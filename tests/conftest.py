"""What every test may ask for: databases, made anew for each."""

from __future__ import annotations

import itertools
import os
import shutil
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
import structlog
from hypothesis import settings

from storage.database import open_database
from storage.schema import migrate
from tests.fakes.postgres import PostgresMissingError, PostgresServer, running_postgres

# Machines that are shared make any deadline a coin toss. In CI every run tries the same examples.
settings.register_profile("declic", deadline=None, print_blob=True, derandomize="CI" in os.environ)
settings.load_profile("declic")

TEMPLATE = "migrated"
_numbers = itertools.count(1)


def pytest_configure(config: pytest.Config) -> None:
    """What the knowledge base works out is kept between runs, and away from whoever runs the tests."""
    os.environ["XDG_CACHE_HOME"] = str(config.cache.mkdir("declic"))


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    """A private PostgreSQL server; without binaries, what wants it is skipped or fails."""
    try:
        with running_postgres() as server:
            yield server
    except PostgresMissingError as error:
        missing_service(str(error))


@pytest.fixture(autouse=True)
def _logs_as_they_were() -> Iterator[None]:
    """A test that quiets the logs quiets them for itself alone."""
    yield
    structlog.reset_defaults()


def missing_service(reason: str) -> None:
    """Skips the test, or fails it where DECLIC_REQUIRE_SERVICES=1 promises every service."""
    if os.environ.get("DECLIC_REQUIRE_SERVICES") == "1":
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture(scope="session")
def _templates(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The URL of the migrated database to copy from, by backend; filled by the first test that needs it."""
    return {"folder": str(tmp_path_factory.mktemp("templates"))}


@pytest.fixture
async def postgres_url(postgres: PostgresServer, _templates: dict[str, str]) -> AsyncIterator[str]:
    """A fresh migrated PostgreSQL database."""
    if "postgresql" not in _templates:
        _templates["postgresql"] = await _migrated(await postgres.create(TEMPLATE))
    database = f"test_{next(_numbers)}"
    yield await postgres.create(database, TEMPLATE)
    await postgres.drop(database)


@pytest.fixture
async def sqlite_url(tmp_path: Path, _templates: dict[str, str]) -> str:
    """A fresh migrated SQLite database."""
    template = Path(_templates["folder"]) / "template.db"
    if "sqlite" not in _templates:
        _templates["sqlite"] = await _migrated(f"sqlite:///{template}")
    file = tmp_path / "declic.db"
    shutil.copyfile(template, file)
    return f"sqlite:///{file}"


async def _migrated(url: str) -> str:
    database = open_database(url)
    try:
        await migrate(database)
    finally:
        await database.close()
    return url


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> str:
    """A fresh migrated database, on each of the two in turn."""
    name = {"sqlite": "sqlite_url", "postgresql": "postgres_url"}[request.param]
    url: str = request.getfixturevalue(name)
    return url
