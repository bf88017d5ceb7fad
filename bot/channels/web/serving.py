"""Serves the pages until it is cancelled, then finishes those that are asked for."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from logging import CRITICAL, getLogger
from typing import Final

import structlog
from aiohttp.web import AppRunner, TCPSite

from bot.channels.ending import FINISH
from bot.channels.web.site import Site, application
from bot.settings.web import Listening

log = structlog.get_logger()

AGAIN: Final = timedelta(seconds=30)
"""Before another try at a port that is taken: by another process of ours, which may end."""
IDLE: Final = 15.0
"""Seconds that a line is kept open for the next page."""


async def serve(site: Site, at: Listening) -> None:
    """Where the port is taken, all else goes on, and this is tried again."""
    while True:
        try:
            async with served(site, at) as port:
                log.info("listening", host=at.host, port=port)
                await asyncio.Event().wait()
        except OSError as error:
            log.error("cannot-listen", host=at.host, port=at.port, reason=type(error).__name__)
            await site.clock.sleep(AGAIN.total_seconds())


@asynccontextmanager
async def served(site: Site, at: Listening) -> AsyncIterator[int]:
    """The port; raises OSError where nobody can listen there."""
    runner = AppRunner(
        application(site),
        access_log=None,
        logger=_silent(),
        keepalive_timeout=IDLE,
        shutdown_timeout=FINISH.total_seconds(),
    )
    await runner.setup()
    try:
        await TCPSite(runner, at.host, at.port).start()
        yield int(runner.addresses[0][1])
    finally:
        await runner.cleanup()


def _silent() -> object:
    """aiohttp tells of requests that it cannot read, and quotes them; what breaks in ours is logged by us."""
    silent = getLogger("bot.channels.web.silent")
    silent.setLevel(CRITICAL + 1)
    return silent
