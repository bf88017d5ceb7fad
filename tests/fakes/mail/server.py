"""What a test has of the mail servers: Déclic's own address, people with mailboxes, and the way to them."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial
from typing import TypeVar

from tests.fakes.mail.dovecot import PASSWORD, Dovecot
from tests.fakes.mail.smtp import SmtpServer, running_smtp

T = TypeVar("T")

PATIENCE = 60.0
PAUSE = 0.02
"""Seconds; the pause is between two looks."""
_numbers = itertools.count(1)


@dataclass(frozen=True, slots=True)
class MailServer:
    """Both servers, for one test: nobody else has these addresses."""

    dovecot: Dovecot
    smtp: SmtpServer
    number: int

    @property
    def address(self) -> str:
        """The assistant's own; it is the login too, on both servers, with PASSWORD."""
        return f"declic.{self.number}@exemple.test"

    def person(self, name: str = "camille", domain: str = "ecole.test") -> str:
        """The address of somebody with a mailbox here, the same for the same name."""
        return self.dovecot.add_user(f"{name}.{self.number}@{domain}")

    async def write(self, raw: bytes, *, to: str | None = None, sender: str | None = None) -> None:
        """Puts a message into a mailbox, the assistant's unless another is named; from `camille` likewise."""
        arguments = (to or self.address, raw)
        await asyncio.to_thread(self.dovecot.deliver, *arguments, sender=sender or self.person())

    async def arrived(self, user: str, count: int = 1, folder: str = "INBOX") -> list[bytes]:
        """Waits until a folder holds so many messages, or more, and returns all, oldest first."""
        return await seen(partial(self.dovecot.mailbox, user, folder), lambda found: len(found) >= count)

    async def connected(self, user: str, count: int = 1) -> None:
        """Waits until a user has exactly so many IMAP connections."""
        await seen(partial(self.dovecot.connections, user), lambda found: found == count)


async def seen(look: Callable[[], T], is_it: Callable[[T], bool]) -> T:
    """Looks, in a thread, until what is seen is what is wanted. Raises TimeoutError when it never is."""
    async with asyncio.timeout(PATIENCE):
        while True:
            found = await asyncio.to_thread(look)
            if is_it(found):
                return found
            await asyncio.sleep(PAUSE)


@asynccontextmanager
async def mail_for_a_test(dovecot: Dovecot) -> AsyncIterator[MailServer]:
    """New addresses on a Dovecot, which is up again afterwards, and an SMTP server that wants a login, over TLS."""
    accounts: dict[str, str] = {}
    async with running_smtp(dovecot, accounts=accounts) as smtp:
        mail = MailServer(dovecot, smtp, next(_numbers))
        accounts[dovecot.add_user(mail.address)] = PASSWORD
        yield mail
    if not dovecot.running:
        dovecot.start()
