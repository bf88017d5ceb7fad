"""`declic retention`: forgets what has been kept long enough, or says what that would be."""

from __future__ import annotations

from bot.cli.start import database_of
from bot.cli.told import Told, operators_wording
from bot.clock import SystemClock
from bot.settings import Settings
from storage import retention
from storage.schema import migrate


async def tidy(settings: Settings, *, dry_run: bool) -> Told:
    """By kind: how many, and after how many days."""
    database, now = database_of(settings), SystemClock().now()
    try:
        await migrate(database)
        if dry_run:
            counts = await database.read(lambda tx: retention.due(tx, settings.keep, now))
        else:
            counts = await retention.forget(database, settings.keep, now)
    finally:
        await database.close()
    due = [(kind, settings.keep[kind], count) for kind, count in counts.items()]
    return operators_wording().told("cli/retention", {"due": due, "dry": dry_run})
