"""`declic status`: how the running assistant stands, from what it has noted in the database."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict
from datetime import datetime, tzinfo

from bot.cli.channels import CHANNELS
from bot.cli.start import opened
from bot.cli.told import Told, operators_wording
from bot.cli.web import standing_of
from bot.settings import Settings
from storage.overview import Letters, Overview, overview

Says = Callable[[datetime | None, tzinfo], str | None]
"""A moment in the organisation's time; None: never."""


async def tell(settings: Settings, *, as_json: bool) -> Told:
    """In words, or as one JSON object; times are the organisation's."""
    async with opened(settings) as database:
        found = await database.read(overview)
    web = await standing_of(settings)
    if as_json:
        state = {**_state(settings, found, _in_full), "web": web}
        return Told(json.dumps(state, ensure_ascii=False))
    return operators_wording().told("cli/status", {"state": {**_state(settings, found, local), "web": web}})


def _state(settings: Settings, found: Overview, said: Says) -> Mapping[str, object]:
    zone = settings.zone
    mailboxes = settings.mailing.mailboxes if settings.mailing else ()
    return {
        "holds": [{"reason": one.reason.value, "since": said(one.since, zone)} for one in found.holds],
        "mailboxes": [_mailbox(mailbox.mailbox, found, zone, said) for mailbox in mailboxes],
        "outages": [
            {
                "line": one.line,
                "since": said(one.since, zone),
                "reason": one.reason,
                "told": bool(one.told_at),
            }
            for one in found.outages
        ],
        "letters": {
            channel: asdict(found.letters.get(channel, Letters()))
            for channel in sorted({*_channels(settings), *found.letters})
        },
        "parked_mails": found.parked_mails,
        "parked_messages": found.parked_messages,
        "open_tickets": found.open_tickets,
    }


def _mailbox(name: str, found: Overview, zone: tzinfo, said: Says) -> Mapping[str, object]:
    cursor = found.cursors.get(name)
    return {
        "name": name,
        "polled_at": said(cursor.polled_at if cursor else None, zone),
        "mail_at": said(cursor.mail_at if cursor else None, zone),
    }


def _channels(settings: Settings) -> tuple[str, ...]:
    return tuple(name for name, (is_configured, _) in CHANNELS.items() if is_configured(settings))


def local(moment: datetime | None, zone: tzinfo) -> str | None:
    """2026-11-22 14:05, in the organisation's time; None: never."""
    return f"{moment.astimezone(zone):%Y-%m-%d %H:%M}" if moment else None


def _in_full(moment: datetime | None, zone: tzinfo) -> str | None:
    """2026-11-22T14:05:00-05:00, for programs."""
    return moment.astimezone(zone).isoformat(timespec="seconds") if moment else None
