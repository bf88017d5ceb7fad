"""`declic mail parked`: the mails that a human has to look at, and one of them as it came."""

from __future__ import annotations

import sys
from pathlib import Path

from bot.cli.start import database_of
from bot.cli.status import local
from bot.cli.told import Told, operators_wording
from bot.settings import Settings
from storage import parked
from storage.schema import migrate


async def listed(settings: Settings) -> Told:
    """Those kept now, newest first."""
    database = database_of(settings)
    try:
        await migrate(database)
        found, kept = await database.read(lambda tx: (parked.newest(tx), parked.count(tx)))
    finally:
        await database.close()
    mails = [(mail, local(mail.parked_at, settings.zone)) for mail in found]
    return operators_wording().told(
        "cli/mail/parked", {"mails": mails, "others": kept - len(mails), "days": settings.keep_parked}
    )


async def written(settings: Settings, number: int, output: Path | None) -> Told:
    """The bytes of one, on stdout or into a file that is not there yet."""
    database = database_of(settings)
    try:
        await migrate(database)
        raw = await database.read(lambda tx: parked.bytes_of(tx, number))
    finally:
        await database.close()
    wording = operators_wording()
    if raw is None:
        return wording.told(
            "cli/mail/no-such-mail", {"number": number, "days": settings.keep_parked}, ok=False
        )
    try:
        _write(raw, output)
    except OSError as error:
        return wording.told("cli/mail/not-written", {"file": output, "reason": error.strerror}, ok=False)
    return Told()


def _write(raw: bytes, output: Path | None) -> None:
    if output is None:
        sys.stdout.buffer.write(raw)
        sys.stdout.flush()
        return
    with output.open("xb") as file:
        file.write(raw)
