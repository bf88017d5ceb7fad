"""Databases with the cast in them, in memory where the machine offers it: for tests that are not about the disk."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from storage.database import open_database
from storage.schema import migrate
from tests.stage import Stage

MEMORY = Path("/", "dev", "shm")


@contextmanager
def memory_folder() -> Iterator[Path]:
    """A folder that is removed in the end."""
    with tempfile.TemporaryDirectory(dir=MEMORY if MEMORY.is_dir() else None) as folder:
        yield Path(folder)


def make_database(file: Path) -> Path:
    """A new SQLite database, migrated, with the cast in it."""
    asyncio.run(_make(f"sqlite:///{file}"))
    return file


async def _make(url: str) -> None:
    database = open_database(url)
    await migrate(database)
    await database.close()
    async with Stage(url):
        pass
