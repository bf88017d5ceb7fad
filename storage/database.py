"""Where the data lives: whole transactions, one function each, on SQLite or PostgreSQL.

A transaction is a plain function over a connection, so that nothing slow can be awaited inside it. On SQLite it runs
in one go on the one writer thread; on PostgreSQL on a connection of the asyncio pool.
"""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from socket import gaierror
from typing import Any, Protocol, TypeVar

from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, InterfaceError
from sqlalchemy.pool import QueuePool

from storage.sealing import Vault, furnish

T = TypeVar("T")

Transaction = Connection
"""What a statement runs in; only storage looks inside."""

READERS = 2
OUT_OF_REACH = (
    "SQLITE_BUSY",
    "SQLITE_LOCKED",
    "SQLITE_IOERR",
    "SQLITE_FULL",
    "SQLITE_CANTOPEN",
    "SQLITE_NOTADB",
)
"""What a SQLite file may say that passes by itself or once somebody has mended it; all else is our fault."""
REFUSED = ("08", "25006", "28", "3D", "40", "53", "57P")
"""The same for PostgreSQL, by how SQLSTATE begins.

No line, a standby that takes no writing, nobody let in, no such database, a deadlock, full, starting or going down.
"""

NO_COMPILING = {"jit": "off"}
"""PostgreSQL would compile what it thinks takes long, for seconds; all that is asked here takes milliseconds."""

WHY = {
    "SQLITE_BUSY": "db-busy",
    "SQLITE_LOCKED": "db-busy",
    "SQLITE_IOERR": "db-disk",
    "SQLITE_FULL": "db-full",
    "SQLITE_CANTOPEN": "db-cannot-open",
    "SQLITE_NOTADB": "db-not-one",
    "25006": "db-read-only",
    "28": "db-sign-in",
    "3D": "db-none",
    "53": "db-full",
    "57P": "db-starting",
}
WHY_NO_LINE: dict[type[BaseException], str] = {
    gaierror: "db-host",
    TimeoutError: "db-late",
    OSError: "db-refused",
    ArgumentError: "db-address",
    ValueError: "db-address",
}
"""Each of them in a word, by code or by kind; the narrower kinds first."""


class DatabaseDown(Exception):
    """The database does not answer: wait, and do the same again; nothing was changed."""

    @property
    def reason(self) -> str:
        """What it or its driver said."""
        return str(getattr(self.__cause__, "orig", self.__cause__))

    @property
    def why(self) -> str:
        """The same in a word that the operator's wording explains; empty: there is none for it."""
        said = getattr(self.__cause__, "orig", self.__cause__)
        code = getattr(said, "sqlite_errorname", None) or getattr(said, "sqlstate", None) or ""
        by_code = next((why for begins, why in WHY.items() if code.startswith(begins)), "")
        return by_code or next((why for kind, why in WHY_NO_LINE.items() if isinstance(said, kind)), "")


class WorkFailed(Exception):
    """What was done in the transaction raised an OSError, its cause: our fault, and no sign of a database down."""


class Database(Protocol):
    """Runs a function in a transaction of its own and commits, or rolls back when it raises."""

    async def write(self, work: Callable[[Transaction], T]) -> T:
        """In a transaction that may change data."""
        ...

    async def read(self, work: Callable[[Transaction], T]) -> T:
        """In a transaction that may not, beside any writer."""
        ...

    async def close(self) -> None:
        """Gives every connection back."""
        ...


def open_database(url: str, keys: Sequence[str] = ()) -> Database:
    """The database at `sqlite:///FILE` or `postgresql://...`; DatabaseDown when that can be no address.

    `keys` seal what is sensitive, the newest first; may raise KeyFaulty.
    """
    vault = Vault(keys)
    try:
        backend = make_url(url).get_backend_name()
    except (ArgumentError, ValueError) as error:
        raise DatabaseDown from error
    return SqliteDatabase(url, vault) if backend == "sqlite" else PostgresDatabase(url, vault)


class SqliteDatabase:
    """SQLite in WAL mode: one writer on a thread of its own, readers apart."""

    def __init__(self, url: str, vault: Vault) -> None:
        self._writer = _sqlite_engine(url, begin="BEGIN IMMEDIATE", size=1)
        self._reader = _sqlite_engine(url, begin="BEGIN", size=READERS)
        for engine in (self._writer, self._reader):
            furnish(engine.dialect, vault)
        event.listen(self._reader, "connect", _query_only)
        self._write_thread = ThreadPoolExecutor(1, thread_name_prefix="sqlite-write")
        self._read_threads = ThreadPoolExecutor(READERS, thread_name_prefix="sqlite-read")

    async def write(self, work: Callable[[Transaction], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._write_thread, _run, self._writer, work)

    async def read(self, work: Callable[[Transaction], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._read_threads, _run, self._reader, work)

    async def close(self) -> None:
        for threads, engine in ((self._write_thread, self._writer), (self._read_threads, self._reader)):
            await asyncio.to_thread(threads.shutdown)
            engine.dispose()


class PostgresDatabase:
    """PostgreSQL through asyncpg: any number of processes work off the same tables."""

    def __init__(self, url: str, vault: Vault) -> None:
        # SQLAlchemy's asyncio side brings its whole ORM: 6 MB and a tenth of a second that SQLite need not pay.
        from sqlalchemy.ext.asyncio import create_async_engine  # noqa: PLC0415

        self._engine = create_async_engine(
            make_url(url).set(drivername="postgresql+asyncpg"),
            pool_size=8,
            hide_parameters=True,
            connect_args={"server_settings": NO_COMPILING},
        )
        furnish(self._engine.dialect, vault)

    async def write(self, work: Callable[[Transaction], T]) -> T:
        try:
            async with self._engine.begin() as connection:
                return await connection.run_sync(_apart, work)
        except (OSError, DBAPIError) as error:
            if isinstance(error, OSError) or is_down(error):
                raise DatabaseDown from error
            raise

    async def read(self, work: Callable[[Transaction], T]) -> T:
        return await self.write(work)

    async def close(self) -> None:
        await self._engine.dispose()


def is_down(error: BaseException) -> bool:
    """Whether the database is out of reach, refuses or is busy: what was asked of it is not at fault."""
    if not isinstance(error, DBAPIError):
        return isinstance(error, ConnectionError | TimeoutError)
    code = getattr(error.orig, "sqlite_errorname", None) or getattr(error.orig, "sqlstate", None) or ""
    no_line = isinstance(error, InterfaceError) and not isinstance(error.orig, sqlite3.Error)
    return no_line or error.connection_invalidated or code.startswith((*OUT_OF_REACH, *REFUSED))


def _apart(tx: Transaction, work: Callable[[Transaction], T]) -> T:
    """Tells a file that the work misses (a template, say) from a line to the server that is gone."""
    try:
        return work(tx)
    except (ConnectionError, TimeoutError):
        raise
    except OSError as error:
        raise WorkFailed from error


def _run(engine: Engine, work: Callable[[Transaction], T]) -> T:
    try:
        with engine.begin() as connection:
            return work(connection)
    except DBAPIError as error:
        if is_down(error):
            raise DatabaseDown from error
        raise


def _sqlite_engine(url: str, *, begin: str, size: int) -> Engine:
    engine = create_engine(
        make_url(url).set(drivername="sqlite+pysqlite"),
        poolclass=QueuePool,
        pool_size=size,
        max_overflow=0,
        hide_parameters=True,
        connect_args={"check_same_thread": False, "timeout": 30},
    )
    event.listen(engine, "connect", _durable)
    event.listen(engine, "begin", lambda connection: connection.exec_driver_sql(begin))
    return engine


def _durable(connection: Any, _record: object) -> None:
    """Every commit reaches the disk: an acknowledged message survives a power cut."""
    connection.isolation_level = None
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=30000"):
        connection.execute(f"PRAGMA {pragma}")


def _query_only(connection: Any, _record: object) -> None:
    connection.execute("PRAGMA query_only=ON")
