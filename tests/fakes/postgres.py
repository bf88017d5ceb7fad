"""A PostgreSQL server of the tests' own, from the installed binaries: no network port, no trace left."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import asyncpg

from tests.memory import in_memory

OWNERS = ("postgres", "nobody")
"""Whom the server runs as when the tests run as root, which initdb refuses."""
SUPERUSER = "declic"
CLUSTER = ("--username", SUPERUSER, "--auth", "trust", "--encoding", "UTF8", "--no-locale", "--no-sync")
SETTINGS = {
    "listen_addresses": "",
    "max_connections": "60",
    "shared_buffers": "32MB",
    # Tests end with the machine: durability would only make them slow. It is measured in the benchmark.
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    # Statistics that come in the middle of a test would change what it reads of a plan.
    "autovacuum": "off",
}
SINCE_15 = " STRATEGY file_copy"
"""Files are copied whole, as before 15; by page and through the log takes twice the time."""
KEEPER = """
trap '' INT TERM HUP PIPE
cd /
binaries=$1 folder=$2 options=$3
shift 3
{
    "$binaries/initdb" --pgdata "$folder/data" "$@" &&
    "$binaries/pg_ctl" --pgdata "$folder/data" --log "$folder/log" --wait --options "$options" start
} >"$folder/said" 2>&1 && echo ready || cat "$folder/said" "$folder/log" | tr '\\n' ' '
echo
cat >/dev/null
"$binaries/pg_ctl" --pgdata "$folder/data" --mode immediate --wait stop >/dev/null 2>&1
rm -rf "$folder"
"""
"""Starts the server, and ends it when its input closes: also when the tests were killed, at any moment."""


class PostgresMissingError(RuntimeError):
    """No PostgreSQL binaries on this machine: install the package `postgresql` (any version from 13)."""


class PostgresFailedError(RuntimeError):
    """The binaries are there, but no server came up: the message is what they said."""


@dataclass(frozen=True, slots=True)
class PostgresServer:
    """A running server; its databases are made and dropped through it."""

    folder: Path

    def url(self, database: str) -> str:
        """How SQLAlchemy reaches a database of this server."""
        return f"postgresql+asyncpg://{SUPERUSER}@/{database}?host={self.folder}"

    async def create(self, database: str, template: str = "template0") -> str:
        """A new database, a copy of the template; returns its URL."""
        await self._execute(f'CREATE DATABASE "{database}" TEMPLATE "{template}"', SINCE_15)
        return self.url(database)

    async def drop(self, database: str) -> None:
        """Drops a database, with whoever still holds it open."""
        await self._execute(f'DROP DATABASE "{database}" WITH (FORCE)')

    async def _execute(self, statement: str, since_15: str = "") -> None:
        connection = await asyncpg.connect(host=str(self.folder), user=SUPERUSER, database="postgres")
        try:
            newer = connection.get_server_version().major >= 15
            await connection.execute(statement + (since_15 if newer else ""))
        finally:
            await connection.close()


def find_binaries() -> Path:
    """The folder with `initdb` and `pg_ctl`."""
    for folder in _places():
        if (folder / "initdb").exists() and (folder / "pg_ctl").exists():
            return folder
    raise PostgresMissingError(PostgresMissingError.__doc__)


def _places() -> Iterator[Path]:
    if config := shutil.which("pg_config"):
        yield Path(
            subprocess.run([config, "--bindir"], capture_output=True, text=True, check=True).stdout.strip()
        )
    if initdb := shutil.which("initdb"):
        yield Path(initdb).resolve().parent
    by_version = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda place: float(place.parent.name))
    yield from reversed(by_version)


@contextmanager
def running_postgres(*, durable: bool = False) -> Iterator[PostgresServer]:
    """A server in a folder of its own, reached by a socket in it; stopped and removed at the end.

    Unless it is durable, in memory: a copy of a database has a thousand files, and each test makes one.
    """
    binaries, owner = find_binaries(), _owner()
    folder = Path(tempfile.mkdtemp(prefix="declic-pg-", dir=None if durable else in_memory()))
    if owner:
        shutil.chown(folder, owner)
    chosen = {name: value for name, value in SETTINGS.items() if not (durable and value == "off")}
    given = " ".join(f"-c {name}='{value}'" for name, value in chosen.items())
    options = f"{given} -c unix_socket_directories='{folder}'"
    keeper = subprocess.Popen(
        ["sh", "-c", KEEPER, "sh", binaries, folder, options, *CLUSTER],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
        user=owner,
    )
    try:
        assert keeper.stdout is not None
        said = keeper.stdout.readline().strip()
        if said != "ready":
            raise PostgresFailedError(said)
        yield PostgresServer(folder)
    finally:
        keeper.communicate()


def _owner() -> str | None:
    """The user to become, or None when the tests are not root."""
    if os.geteuid():
        return None
    known = {user.pw_name for user in pwd.getpwall()}
    return next((name for name in OWNERS if name in known), None)
