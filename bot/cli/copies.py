"""`declic backup` and `declic restore`: a whole copy of the database, and one put in its place."""

from __future__ import annotations

import asyncio
import shlex
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit, urlunsplit

from bot import witness
from bot.cli.consent import Consent
from bot.cli.told import OperatorsWording, Told, operators_wording
from bot.clock import SystemClock
from bot.settings import Settings
from bot.settings.operating import SQLITE, sqlite_file
from bot.settings.unfit import trouble_of
from bot.witness import WitnessUnreadable
from storage import copies, holds, lineage, mailboxes
from storage.copies import CopyFaulty, DatabaseInUse
from storage.database import Transaction, open_database
from storage.lineage import Past
from storage.schema import migrate
from storage.states import HoldReason

ASIDE: Final = "%Y-%m-%d-%H%M%S"


async def back_up(settings: Settings, target: Path) -> Told:
    """Writes a copy that was read back, while everything runs on; for PostgreSQL, how its own program does it."""
    wording, source = operators_wording(), sqlite_file(settings.database)
    if source is None:
        return wording.told("cli/backup-postgres", _commands(settings, target), ok=False)
    try:
        size = await asyncio.to_thread(copies.copy, source, target)
    except (CopyFaulty, OSError) as error:
        return _faulty(wording, source if isinstance(error, CopyFaulty) else target, error)
    return wording.told("cli/backed-up", {"file": target, "bytes": size})


async def restore(settings: Settings, file: Path, consent: Consent) -> Told:
    """Makes a copy the database, from which nothing leaves until it is released; the one there is kept aside.

    May raise DatabaseNewer, KeyMissing or SealBroken, with nothing changed.
    """
    wording, place = operators_wording(), sqlite_file(settings.database)
    if place is None:
        return wording.told("cli/restore-postgres", _commands(settings, file), ok=False)
    now = SystemClock().now().astimezone(settings.zone)
    aside = place.with_name(f"{place.name}.{now:{ASIDE}}")
    is_there = place.exists()
    told = {"file": file, "place": place, "aside": aside if is_there else None}
    try:
        await asyncio.to_thread(copies.check, file)
        if is_there and copies.is_in_use(place):
            raise DatabaseInUse
        if refused := consent.refused(wording, "cli/restore-ask", told):
            return refused
        await _restore(settings, file, place, aside, now, is_there=is_there)
    except DatabaseInUse:
        return wording.told("cli/restore-in-use", told, ok=False)
    except (CopyFaulty, OSError) as error:
        return _faulty(wording, file, error)
    return wording.told("cli/restored", told)


async def _restore(
    settings: Settings, file: Path, place: Path, aside: Path, now: datetime, *, is_there: bool
) -> None:
    """All is made ready beside, so that the copy holds letters back from the moment that it is the database."""
    new = place.with_name(f"{place.name}.restoring")
    copies.remove(new)
    try:
        await asyncio.to_thread(copies.copy, file, new)
        seen = await _last_seen(settings, place) if is_there else None
        await _make_ready(settings, new, seen, now)
        copies.put_in_place(new, place, aside)
    finally:
        copies.remove(new)


async def _make_ready(settings: Settings, new: Path, seen: Past | None, now: datetime) -> None:
    """Up to date, held, and told what was heard already: by the database that it replaces, or by the witness."""
    database = open_database(f"{SQLITE}{new}", settings.sealing_keys)
    try:
        await migrate(database)
        known_as = await database.write(lineage.identity)
        heard = seen or _testimony(settings.witness_file).get(known_as, Past())

        def work(tx: Transaction) -> None:
            holds.put(tx, HoldReason.RESTORED, now)
            mailboxes.heard_before(tx, heard.mailboxes)

        await database.write(work)
    finally:
        await database.close()
    copies.is_in_use(new)  # nothing stays in the log beside it


async def _last_seen(settings: Settings, place: Path) -> Past | None:
    """How far the present database is, which the witness is told too; None where it cannot be read."""
    database = open_database(settings.database, settings.sealing_keys)
    try:
        known_as, past = await database.read(lambda tx: (lineage.known_as(tx), lineage.past(tx)))
    except Exception:  # noqa: BLE001 - what is to be replaced may be broken in any way
        return None
    finally:
        await database.close()
        copies.is_in_use(place)
    if known_as:
        testimony = _testimony(settings.witness_file)
        further = past.with_departures_of(testimony.get(known_as, Past()))
        witness.write(settings.witness_file, {**testimony, known_as: further})
    return past


def _testimony(file: Path) -> witness.Testimony:
    try:
        return witness.read(file)
    except (OSError, WitnessUnreadable):
        return {}


def _faulty(wording: OperatorsWording, file: Path, error: CopyFaulty | OSError) -> Told:
    why = error.why if isinstance(error, CopyFaulty) else trouble_of(error)
    return wording.told("cli/copy-faulty", {"file": file, "reason": wording.why(why) or why}, ok=False)


def _commands(settings: Settings, file: Path) -> Mapping[str, object]:
    """PostgreSQL's own, as a shell takes them; the password is asked for, or stands in ~/.pgpass."""
    parts = urlsplit(settings.database)
    account, at, host = parts.netloc.rpartition("@")
    bare = urlunsplit(parts._replace(netloc=f"{account.partition(':')[0]}{at}{host}"))
    address, name = shlex.quote(bare), shlex.quote(str(file))
    return {
        "dump": f"pg_dump --format=custom --no-owner --file={name} --dbname={address}",
        "restore": "pg_restore --clean --if-exists --no-owner --single-transaction"
        f" --dbname={address} {name}",
    }
