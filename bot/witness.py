"""The witness: a small file outside the database that tells when the database has gone back, as to a backup."""

from __future__ import annotations

import asyncio
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any, Final

import structlog

from bot.clock import Clock
from storage import copies, holds, lineage
from storage.database import Database, DatabaseDown, Transaction
from storage.lineage import Past
from storage.schema import current_revision, newest_revision

log = structlog.get_logger()

EVERY: Final = timedelta(seconds=3)
"""What leaves in so short a time before a crash may go unseen."""

Testimony = Mapping[str, Past]
"""What was seen of each database, by its identity."""


class WitnessUnreadable(Exception):
    """What stands in the file is no testimony; it is written anew."""


@dataclass(slots=True)
class Witness:
    """Watches one database. Any number of them may watch the same one, each with a file of its own or with one file."""

    file: Path
    database: Database
    clock: Clock
    _told: set[str] = field(default_factory=set)
    """What the log has been told, so as not to tell it at every look."""

    async def run(self) -> None:
        """Until it is cancelled. It stops nothing: whatever goes wrong is logged."""
        while True:
            await self.clock.sleep(EVERY.total_seconds())
            await self.look_again()

    async def look_again(self) -> None:
        """One look; a database that is down is looked at later."""
        try:
            await self.look()
        except DatabaseDown:
            log.debug("witness-waits")
        except Exception:
            log.exception("witness-failed")

    async def look(self) -> None:
        """Holds a database that has gone back; else writes down how far it is.

        What is written was read after its commit: a crash at any point leaves a file that says less, never more.
        """
        testimony = await asyncio.to_thread(self._read)
        known_as, past = await self.database.read(_now)
        if known_as is None:
            known_as = await self.database.write(lineage.identity)
        seen = testimony.get(known_as)
        if seen is None:
            self._tell("witness-knows-others" if testimony else "witness-begins", database=known_as)
        elif past.knows_less_than(seen):
            return await self._hold(known_as, seen)
        if seen != past:
            further = past.with_departures_of(seen or Past())
            await asyncio.to_thread(self._write, {**testimony, known_as: further})
        return None

    async def _hold(self, known_as: str, seen: Past) -> None:
        now = self.clock.now()
        if await self.database.write(lambda tx: holds.put_if_gone_back(tx, known_as, seen, now)):
            log.error("database-went-back", witness=str(self.file), meaning=MEANING)

    def _read(self) -> Testimony:
        try:
            return read(self.file)
        except FileNotFoundError:
            return {}
        except (OSError, WitnessUnreadable) as error:
            self._tell("witness-unreadable", witness=str(self.file), error=type(error).__name__)
            return {}

    def _write(self, testimony: Testimony) -> None:
        try:
            write(self.file, testimony)
        except OSError as error:
            self._tell("witness-not-written", witness=str(self.file), error=type(error).__name__)

    def _tell(self, event: str, **facts: str) -> None:
        if event not in self._told:
            self._told.add(event)
            level = log.info if event == "witness-begins" else log.warning
            level(event, **facts)


MEANING: Final = "an older copy was restored: nothing leaves until `declic hold release`"


def trouble_with(file: Path, tx: Transaction) -> str | None:
    """What there is to tell of a witness before the next run: `went-back`, `unreadable`, `lost`; None: nothing."""
    if current_revision(tx) != newest_revision():
        return None
    known_as, past = _now(tx)
    try:
        seen = read(file).get(known_as or "")
    except FileNotFoundError:
        seen = None
    except (OSError, WitnessUnreadable):
        return "unreadable"
    if seen is None:
        return "lost" if past.departures else None
    return "went-back" if past.knows_less_than(seen) else None


def read(file: Path) -> Testimony:
    """What was seen; raises OSError or WitnessUnreadable."""
    try:
        return {known_as: _past(seen) for known_as, seen in json.loads(file.read_text("utf-8")).items()}
    except (ValueError, TypeError, AttributeError, KeyError) as error:
        raise WitnessUnreadable from error


def write(file: Path, testimony: Testimony) -> None:
    """In one go: whoever reads it meanwhile, or after a power cut, finds what it held before or what it holds now."""
    said = {
        known_as: {"departures": dict(seen.departures), "mailboxes": dict(seen.mailboxes)}
        for known_as, seen in testimony.items()
    }
    file.parent.mkdir(parents=True, exist_ok=True)
    beside = file.with_name(f"{file.name}.{os.getpid()}.new")
    with beside.open("w", encoding="utf-8") as new:
        json.dump(said, new)
        new.flush()
        os.fsync(new.fileno())
    beside.replace(file)
    copies.sync_folder(file.parent)


def _past(seen: Mapping[str, Any]) -> Past:
    departures = {str(channel): int(at) for channel, at in seen["departures"].items()}
    places = {str(name): (int(place[0]), int(place[1])) for name, place in seen["mailboxes"].items()}
    return Past(departures, places)


def _now(tx: Transaction) -> tuple[str | None, Past]:
    return lineage.known_as(tx), lineage.past(tx)
