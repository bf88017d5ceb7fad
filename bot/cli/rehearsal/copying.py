"""A copy to rehearse in, in a folder that is gone afterwards; the database itself is only read."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from bot.settings import Settings
from bot.settings.operating import SQLITE, sqlite_file
from storage import copies, rehearsal, telegram_off
from storage.database import Database, open_database
from storage.schema import migrate


@asynccontextmanager
async def copy_of(settings: Settings, *, empty: bool) -> AsyncIterator[Database]:
    """`empty`: no copy at all, for those who have no database yet.

    Raises CopyFaulty, DatabaseOlder, DatabaseNewer, KeyMissing or DatabaseDown.
    """
    with tempfile.TemporaryDirectory(prefix="declic-") as folder:
        file, source = Path(folder) / "rehearsal.db", sqlite_file(settings.database)
        if source and not empty:
            await asyncio.to_thread(copies.copy, source, file)
        copy = open_database(f"{SQLITE}{file}", settings.sealing_keys)
        try:
            await migrate(copy)
            if not source and not empty:
                await _fill(settings, file)
            await copy.write(lambda tx: telegram_off.keep_only(tx, settings.telegram_off))
            yield copy
        finally:
            await copy.close()


async def _fill(settings: Settings, file: Path) -> None:
    original = open_database(settings.database, settings.sealing_keys)
    try:
        await original.read(lambda tx: rehearsal.copy_needed(tx, file, settings.sealing_keys))
    finally:
        await original.close()
