"""Databases in memory where the machine offers it: for tests that are not about the disk."""

from __future__ import annotations

import asyncio
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from storage.database import open_database
from storage.schema import migrate
from tests.cast import seed

MEMORY = Path("/", "dev", "shm")
ENOUGH = 2_000_000_000
"""Bytes that have to be free there: containers are often given 64 MB."""


@contextmanager
def memory_folder() -> Iterator[Path]:
    """A folder that is removed in the end."""
    with tempfile.TemporaryDirectory(dir=in_memory()) as folder:
        yield Path(folder)


def in_memory() -> Path | None:
    """Where folders lie in memory; None where there is no such place, or no room in it."""
    return MEMORY if MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > ENOUGH else None


def make_database(file: Path, at: datetime) -> Path:
    """A new SQLite database, migrated, with the cast that came into it at that moment."""
    asyncio.run(_make(f"sqlite:///{file}", at))
    return file


async def _make(url: str, at: datetime) -> None:
    database = open_database(url)
    await migrate(database)
    await database.write(lambda tx: seed(tx, at))
    await database.close()
