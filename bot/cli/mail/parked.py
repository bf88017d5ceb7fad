"""`declic mail parked`: the mails that a human has to look at, and one of them as it came."""

from __future__ import annotations

import sys
from pathlib import Path

from bot.cli.start import opened
from bot.cli.status import local
from bot.cli.told import Told, operators_wording
from bot.settings import Settings
from bot.settings.unfit import trouble_of
from storage import parked


async def listed(settings: Settings) -> Told:
    """Those kept now, newest first."""
    async with opened(settings) as database:
        found, kept = await database.read(lambda tx: (parked.newest(tx), parked.count(tx)))
    mails = [(mail, local(mail.parked_at, settings.zone)) for mail in found]
    return operators_wording().told(
        "cli/mail/parked", {"mails": mails, "others": kept - len(mails), "days": settings.keep_parked}
    )


async def written(settings: Settings, number: int, output: Path | None) -> Told:
    """The bytes of one, on stdout or into a file that is not there yet."""
    async with opened(settings) as database:
        raw = await database.read(lambda tx: parked.bytes_of(tx, number))
    wording = operators_wording()
    if raw is None:
        return wording.told(
            "cli/mail/no-such-mail", {"number": number, "days": settings.keep_parked}, ok=False
        )
    try:
        _write(raw, output)
    except OSError as error:
        return wording.told(
            "cli/mail/not-written", {"file": output, "reason": wording.why(trouble_of(error))}, ok=False
        )
    return Told()


def _write(raw: bytes, output: Path | None) -> None:
    if output is None:
        sys.stdout.buffer.write(raw)
        sys.stdout.flush()
        return
    with output.open("xb") as file:
        file.write(raw)
