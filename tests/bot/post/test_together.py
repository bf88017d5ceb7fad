from __future__ import annotations

import asyncio
from collections import Counter

from bot.post import Post
from storage.database import open_database
from storage.outbox import put
from tests.bot.post.office import campaign, to
from tests.fakes.clock import TickedClock
from tests.fakes.post import Pigeon


async def test_posts_in_several_processes_share_the_work_and_send_each_letter_once(database_url: str) -> None:
    clock = TickedClock()
    databases = [open_database(database_url) for _ in range(3)]
    pigeons = [Pigeon(clock) for _ in databases]
    posts = [
        Post(database, [pigeon], clock, f"w{number}")
        for number, (database, pigeon) in enumerate(zip(databases, pigeons, strict=True))
    ]
    letters = [write(f"a{number % 40}", f"{number}") for number in range(80) for write in (to, campaign)]
    await databases[0].write(lambda tx: put(tx, letters, clock.now()))
    async with asyncio.timeout(60), asyncio.TaskGroup() as tasks:
        for post in posts:
            tasks.create_task(post.run())
        while sum(len(pigeon.sent) for pigeon in pigeons) < len(letters):
            await asyncio.gather(*(database.read(lambda _: None) for database in databases))
            await clock.tick(0.01)
        for post in posts:
            await post.stop()
    sent = Counter((one.address, one.html) for pigeon in pigeons for one in pigeon.sent)
    assert (len(sent), set(sent.values())) == (80, {2})
    for database in databases:
        await database.close()
