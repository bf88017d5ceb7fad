import subprocess
import sys
from pathlib import Path

import asyncpg
import pytest
from sqlalchemy import make_url

from storage.database import open_database
from storage.schema import current_revision, newest_revision
from tests.conftest import missing_service
from tests.fakes.postgres import SUPERUSER, PostgresServer


async def test_a_test_gets_a_database_in_the_newest_form(database_url: str) -> None:
    database = open_database(database_url)
    assert await database.read(current_revision) == newest_revision() is not None
    await database.close()


@pytest.mark.parametrize("round_", [1, 2])
async def test_what_a_test_wrote_is_not_there_for_the_next(
    postgres: PostgresServer, postgres_url: str, round_: int
) -> None:
    connection = await asyncpg.connect(
        host=str(postgres.folder), user=SUPERUSER, database=make_url(postgres_url).database
    )
    await connection.execute("CREATE TABLE left_behind (n int)")
    await connection.close()


def test_a_missing_service_skips_at_a_desk_and_fails_where_all_are_promised(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("DECLIC_REQUIRE_SERVICES", raising=False)
    with pytest.raises(pytest.skip.Exception, match="install the package"):
        missing_service("install the package")
    monkeypatch.setenv("DECLIC_REQUIRE_SERVICES", "1")
    with pytest.raises(pytest.fail.Exception, match="install the package"):
        missing_service("install the package")


STARTS_AND_WAITS = """
from tests.conftest import missing_service
from tests.fakes.postgres import running_postgres

with running_postgres() as server:
    print(server.folder, flush=True)
    input()
"""


def test_a_killed_run_leaves_no_server_behind(postgres: PostgresServer) -> None:
    run = subprocess.Popen(
        [sys.executable, "-c", STARTS_AND_WAITS],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert run.stdout is not None
    folder = Path(run.stdout.readline().strip())
    assert (folder / "data/postmaster.pid").exists()
    run.kill()
    run.communicate()  # ends when the server's keeper, which shares stderr, has ended too
    assert not folder.exists()
