from __future__ import annotations

from datetime import UTC, datetime, timedelta

from bot.clock import SystemClock


async def test_the_systems_clock_tells_the_time_in_utc_and_waits() -> None:
    clock = SystemClock()
    begin = clock.now()
    await clock.sleep(0.01)
    assert begin.tzinfo is UTC
    assert abs(datetime.now(UTC) - begin) < timedelta(minutes=1)
    assert clock.now() - begin >= timedelta(milliseconds=9)
