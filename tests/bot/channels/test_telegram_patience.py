"""What is being heard when the receiver is told to stop."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from bot.channels.ending import to_the_end


@pytest.mark.parametrize(
    ("within", "done"), [(timedelta(minutes=1), ["begun", "ended"]), (timedelta(0), ["begun", "cancelled"])]
)
async def test_it_is_heard_to_its_end_unless_that_takes_too_long(within: timedelta, done: list[str]) -> None:
    happened: list[str] = []
    begun, released = asyncio.Event(), asyncio.Event()

    async def hear() -> None:
        happened.append("begun")
        begun.set()
        try:
            await released.wait()
        except asyncio.CancelledError:
            happened.append("cancelled")
            raise
        happened.append("ended")

    hearing = asyncio.create_task(to_the_end(hear(), within))
    await begun.wait()
    hearing.cancel()
    if within:
        asyncio.get_running_loop().call_soon(released.set)
    with pytest.raises(asyncio.CancelledError):
        await hearing
    assert happened == done
