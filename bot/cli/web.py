"""The pages of the web, where they are configured.

Nothing of the server is imported where they are not.
"""
# ruff: noqa: PLC0415 - see above

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from bot.cli.channels import Source, Tools
from bot.settings import Settings
from handlers.calendar.by_role import calendar_of

if TYPE_CHECKING:
    from bot.channels.web import Site

KEPT = 32
"""Calendars: each role in each language, of today and the day before."""


def pages_of(tools: Tools) -> Sequence[Source]:
    """What serves them; nothing where nobody is to listen."""
    at = tools.house.settings.listening
    if at is None:
        return ()
    from bot.channels.web import serve

    return (serve(site_of(tools), at),)


def site_of(tools: Tools) -> Site:
    """What the pages are made from."""
    from bot.channels.web import Site

    wording, settings, clock = tools.house.wording, tools.house.settings, tools.clock
    return Site(
        wording,
        tools.database,
        clock,
        today=lambda: clock.now().astimezone(settings.zone).date(),
        calendars=lru_cache(KEPT)(lambda role, language, day: calendar_of(role, wording, language, day)),
        language=settings.language,
        mail_address=settings.mailing.address if settings.mailing else None,
    )


async def standing_of(settings: Settings) -> Mapping[str, object] | None:
    """Where it listens, under which public address, and how that looks from here; None: there is no web."""
    if settings.listening is None:
        return None
    from bot.channels.web import probe

    standing = await probe(settings.listening)
    return {
        "listen": str(settings.listening),
        "public": settings.public_url,
        "standing": standing.value,
    }
