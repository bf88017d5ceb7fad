"""Who takes mail in, in the place of the assistant, and a watcher that brings it."""

from __future__ import annotations

import asyncio
import imaplib
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import replace
from email import message_from_bytes
from pathlib import Path

from bot.channels.mail.fetch.found import Found
from bot.channels.mail.fetch.line import Patience
from bot.channels.mail.fetch.mailbox import Watcher
from bot.clock import Clock, SystemClock
from bot.mailing import Mailing, MailServer, Security
from storage import mailboxes
from storage.database import Database
from storage.mailboxes import Cursor
from tests.fakes.mail import PASSWORD
from tests.fakes.mail import MailServer as Servers
from tests.fakes.mail.inspecting import logged_in

WITHIN = 60.0
"""Seconds; nothing takes so long unless it is broken."""
QUICK = Patience(answer=30.0, round=0.2, first=0.05, longest=0.2)
SLOW_ROUNDS = Patience(answer=30.0, round=60.0, first=0.05, longest=0.2)
"""Only IDLE can be quick."""


def mail(subject: str, text: str = "Bonjour.", size: int = 0) -> bytes:
    """A mail, filled up to a size."""
    head = f"From: camille@ecole.test\nTo: declic@exemple.test\nSubject: {subject}\n\n{text}\n"
    return head.encode() + (b"x" * 75 + b"\n") * max(0, (size - len(head)) // 76)


class Taker:
    """Takes everything, unless told to meet trouble."""

    def __init__(self) -> None:
        self.batches: list[list[Found]] = []
        self.given_up: list[Found] = []
        self.troubles: list[Exception] = []
        self.indigestible: str | None = None
        self.reached = asyncio.Event()
        self.free = asyncio.Event()
        self.free.set()
        self._changed = asyncio.Condition()

    @property
    def subjects(self) -> list[str]:
        return [subject_of(found) for batch in self.batches for found in batch]

    async def take_all(self, mailbox: str, batch: Sequence[Found]) -> None:
        self.reached.set()
        await self.free.wait()
        if self.troubles:
            raise self.troubles.pop(0)
        if any(subject_of(found) == self.indigestible for found in batch):
            raise ValueError
        self.batches.append(list(batch))
        await self._tell()

    async def give_up(self, mailbox: str, one: Found) -> None:
        self.given_up.append(one)
        await self._tell()

    async def took(self, count: int) -> list[str]:
        """Waits for so many mails in all, taken or given up; returns the subjects of those taken."""
        async with asyncio.timeout(WITHIN), self._changed:
            await self._changed.wait_for(lambda: len(self.subjects) + len(self.given_up) >= count)
        return self.subjects

    async def _tell(self) -> None:
        async with self._changed:
            self._changed.notify_all()


class Watch:
    """Remembers what it is told."""

    def __init__(self) -> None:
        self.reasons: list[str] = []
        self.good_looks = 0
        self._changed = asyncio.Condition()

    async def failed(self, line: str, reason: str) -> None:
        await self._tell(self.reasons.append, reason)

    async def works(self, line: str) -> None:
        self.good_looks += 1
        await self._tell(lambda _: None, "")

    async def until(self, is_so: Callable[[], bool]) -> None:
        async with asyncio.timeout(WITHIN), self._changed:
            await self._changed.wait_for(is_so)

    async def looked(self) -> None:
        """Waits for one more good look from its beginning on, and the end of the one under way."""
        looks = self.good_looks + 2
        await self.until(lambda: self.good_looks >= looks)

    async def _tell(self, note: Callable[[str], None], reason: str) -> None:
        async with self._changed:
            note(reason)
            self._changed.notify_all()


def subject_of(found: Found) -> str:
    return str(message_from_bytes(found.raw)["Subject"])


class Post:
    """A mailbox on the test's Dovecot, and who watches it."""

    def __init__(self, servers: Servers, database: Database) -> None:
        self.servers = servers
        self.database = database
        self.taker = Taker()
        self.watch = Watch()
        self.server = account(servers)
        self.mailing = mailing(self.server)
        self.clock: Clock = SystemClock()

    def through(self, port: int) -> None:
        """The way to the mailbox is another port."""
        self.server = replace(self.server, port=port)

    def change(self, *, done_folder: str = "", authorities: Path | None = None) -> None:
        """Other settings."""
        self.mailing = replace(self.mailing, done_folder=done_folder, authorities=authorities)

    async def deliver(self, *subjects: str) -> None:
        """Mails with these subjects and little else, in order."""
        await asyncio.to_thread(
            self.servers.dovecot.deliver_all, self.servers.address, [mail(subject) for subject in subjects]
        )

    async def flags(self) -> list[str]:
        """Those of each mail in the mailbox."""
        return await asyncio.to_thread(self._flags)

    def _flags(self) -> list[str]:
        with logged_in(self.servers.dovecot.imap_port, self.servers.address, PASSWORD) as imap:
            imap.select(readonly=True)
            lines = imap.fetch("1:*", "(FLAGS)")[1]
        return [b" ".join(imaplib.ParseFlags(line)).decode() for line in lines if isinstance(line, bytes)]

    async def cursor(self) -> Cursor:
        """How far the mailbox was read."""
        found = await self.database.read(lambda tx: mailboxes.cursor(tx, self.server.mailbox))
        assert found
        return found

    @asynccontextmanager
    async def watched(self, patience: Patience = QUICK) -> AsyncIterator[Watcher]:
        """Within, a watcher is at work."""
        watcher = Watcher(
            self.mailing, self.server, self.taker, self.watch, self.database, self.clock, patience=patience
        )
        task = asyncio.create_task(watcher.run())
        try:
            yield watcher
        finally:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task


def account(servers: Servers) -> MailServer:
    """The assistant's mailbox, without TLS."""
    return MailServer("127.0.0.1", servers.dovecot.imap_port, Security.NONE, servers.address, PASSWORD)


def mailing(server: MailServer) -> Mailing:
    return Mailing(server.user, (server,), smtp=server)
