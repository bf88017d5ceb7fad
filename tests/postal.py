"""The whole assistant at real mail servers, in one process: what end-to-end tests of e-mail use."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

from sqlalchemy import select

from bot.assistant import Assistant
from bot.cli.channels import Tools, opened
from bot.clock import SystemClock
from bot.knowledge import Knowledge
from bot.post import Post
from bot.settings import Settings
from storage import people
from storage.database import Database, Transaction
from storage.tables import person
from tests.cast import CAST, seed
from tests.correspondents import Correspondent
from tests.fakes.mail import PASSWORD, MailServer
from tests.stage import furnished, library

T = TypeVar("T")

PATIENCE = timedelta(seconds=90)


@dataclass(slots=True)
class PostOffice:
    """An assistant that is reached by e-mail alone."""

    mail: MailServer
    database: Database
    imap_port: int
    """Where it looks for mail: the server's own port, or that of what stands before it."""
    more: dict[str, Any] = field(default_factory=dict)
    """Settings besides those of the servers."""

    @property
    def settings(self) -> Settings:
        login = self.mail.address.replace("@", "%40")
        password = PASSWORD.replace(" ", "%20")
        account = f"{login}:{password}@localhost"
        return Settings(
            _env_file=None,
            organisation="Équipe fictive",
            contact="aide@exemple.invalid",
            destination="collector",
            mail_address=self.mail.address,
            mailboxes=f"imaps://{account}:{self.imap_port}/INBOX",
            smtp=f"smtps://{account}:{self.mail.smtp.port}",
            mail_authorities=self.mail.dovecot.certificate.file,
            **{"mail_tags": True, "mail_per_minute": 6000, **self.more},
        )

    async def correspondent(self, name: str) -> Correspondent:
        """Somebody of the cast, reached at a mailbox of their own; or, by another name, somebody unknown."""
        address = self.mail.person(name)
        if name in CAST:
            await self.database.write(lambda tx: _link(tx, name, address))
        return Correspondent(self.mail, address)

    @asynccontextmanager
    async def open(self) -> AsyncIterator[None]:
        """Within, it works, as `declic run` does."""
        house, clock = replace(furnished(), settings=self.settings), SystemClock()
        async with opened(Tools(house, self.database, clock)) as channels:
            post = Post(self.database, [channel.sender for channel in channels], clock, "post office")
            knowledge = Knowledge(library(), self.database, clock)
            assistant = Assistant(self.database, house, clock, knowledge, post)
            await knowledge.newest()
            async with asyncio.TaskGroup() as tasks:
                tasks.create_task(post.run())
                bringing = [
                    tasks.create_task(one) for channel in channels for one in channel.sources(assistant)
                ]
                try:
                    yield
                finally:
                    await _end(bringing)
                    await post.stop()


async def _end(bringing: Sequence[asyncio.Task[None]]) -> None:
    for task in bringing:
        task.cancel()
    await asyncio.wait(bringing)


def _link(tx: Transaction, name: str, address: str) -> None:
    now = datetime.now(UTC)
    if tx.execute(select(person.c.id).limit(1)).first() is None:
        seed(tx, now)
    found = tx.execute(select(person.c.id).where(person.c.name == CAST[name].name)).scalar_one()
    people.link(tx, found, "mail", address, now)


async def eventually(look: Callable[[Transaction], T], is_it: Callable[[T], bool], database: Database) -> T:
    """What storage tells, once it is what is wanted."""
    async with asyncio.timeout(PATIENCE.total_seconds()):
        while True:
            found = await database.read(look)
            if is_it(found):
                return found
            await asyncio.sleep(0.02)
