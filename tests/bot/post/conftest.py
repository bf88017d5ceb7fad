from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from storage.database import open_database
from tests.bot.post.office import Office
from tests.fakes.post import WatchedDatabase


@pytest.fixture
async def office(sqlite_url: str) -> AsyncIterator[Office]:
    database = WatchedDatabase(open_database(sqlite_url))
    yield Office(database)
    await database.close()
