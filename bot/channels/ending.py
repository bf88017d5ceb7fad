"""How what receives ends: what is being taken in is first taken in to its end, unless that takes too long."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from datetime import timedelta
from typing import Any

FINISH = timedelta(seconds=5)
"""Who stops a service waits for some ten seconds before they kill it; the post needs a part of these."""


async def to_the_end(work: Coroutine[Any, Any, None], within: timedelta) -> None:
    """Awaits the work; when cancelled meanwhile, it first lets the work go on for so long."""
    task = asyncio.ensure_future(work)
    try:
        await asyncio.shield(task)
    except asyncio.CancelledError:
        await asyncio.wait([task], timeout=within.total_seconds())
        task.cancel()
        await asyncio.wait([task])
        raise
