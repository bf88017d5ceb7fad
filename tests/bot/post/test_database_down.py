from __future__ import annotations

from datetime import timedelta

import pytest
from structlog.testing import capture_logs

from storage.database import DatabaseDown
from tests.bot.post.office import Office, to
from tests.fakes.post import pass_time


async def test_a_database_that_is_down_is_waited_for_and_said_once(office: Office) -> None:
    begin = office.clock.now()
    await office.put(to("ana", "un"))
    office.database.down_for = 7
    with capture_logs() as events:
        async with office.open():
            await pass_time(office.clock, office.database, lambda: len(office.pigeon.sent) == 1)
    assert office.pigeon.sent[0].at - begin == timedelta(seconds=1 + 2 + 4 + 8 + 16 + 30 + 30)
    said = [one["event"] for one in events if one["event"].startswith("post-")]
    assert said == ["post-waits", "post-goes-on"]


async def test_what_was_sent_while_the_database_was_down_is_kept_when_it_is_back(office: Office) -> None:
    await office.put(to("ana", "un"), to("bo", "deux"))
    office.pigeon.open.clear()
    async with office.open():
        await office.pigeon.delivered(2)
        await office.database.quiet()
        office.database.down_for = 3
        office.pigeon.open.set()
        await pass_time(office.clock, office.database, lambda: not office.database.down_for)
    assert set((await office.states()).values()) == {"sent"}
    assert len(office.pigeon.sent) == 2


async def test_a_drain_says_that_the_database_is_down(office: Office) -> None:
    await office.put(to("ana", "un"))
    office.database.down_for = 1
    with pytest.raises(DatabaseDown):
        await office.post.drain()
    await office.post.drain()
    assert office.pigeon.texts == ["un"]


async def test_a_stop_does_not_wait_for_a_database_that_is_down(office: Office) -> None:
    await office.put(to("ana", "un"))
    office.pigeon.open.clear()
    async with office.open():
        await office.pigeon.delivered(1)
        await office.database.quiet()
        office.database.down_for = 99
        office.pigeon.open.set()
    office.database.down_for = 0
    assert await office.states() == {"un": "started"}
