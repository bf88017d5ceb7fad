"""A post in a process of its own that is killed in the middle: `python -m tests.bot.post.doomed URL FILE COUNT`."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from pathlib import Path
from types import MappingProxyType

from bot.clock import SystemClock
from bot.messages import Lane, Letter
from bot.post import Habits, Post
from storage.database import open_database

ONE_BY_ONE = Habits(at_once_unpaced=MappingProxyType({Lane.ANSWER: 1, Lane.CAMPAIGN: 3}))


class Book:
    """A channel that is a file; after so many letters, the process is killed before it can say so."""

    name = "chat"
    rate = None

    def __init__(self, file: Path, count: int) -> None:
        self.file = file
        self.left = count

    async def send(self, letter: Letter) -> str:
        with self.file.open("a") as book:
            book.write(f"{letter.page.html}\n")
        self.left -= 1
        if not self.left:
            os.kill(os.getpid(), signal.SIGKILL)
        return str(self.left)


async def main(url: str, file: str, count: str) -> None:
    database = open_database(url)
    await Post(database, [Book(Path(file), int(count))], SystemClock(), "doomed", habits=ONE_BY_ONE).drain()
    await database.close()


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
