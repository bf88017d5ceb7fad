"""A line to an IMAP server: each command has a deadline, and whatever is doubtful ends the line."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from aioimaplib import IMAP4, Command, CommandTimeout, FetchCommand

from bot.channels.mail.fetch.answers import (
    Entry,
    Lines,
    code_in,
    entries_in,
    says_bye,
    tells_of_mail,
)
from bot.channels.mail.trust import trusting
from bot.mailing import MailServer, Security

T = TypeVar("T")

PIECE = 4096
"""Bytes; a line has a dozen at least."""


class ImapLost(Exception):
    """The line to the server cannot be used any more: open another. Its text says why; no secret, no person in it."""


class Refused(ImapLost):
    """The server answered NO or BAD where OK was needed."""


class SignInRefused(ImapLost):
    """The server does not take this user with this password, or there is no token to show."""


@dataclass(frozen=True, slots=True)
class Patience:
    """How long to wait, in seconds."""

    answer: float = 10.0
    """For the answer to a command, or for more of one that has begun."""
    fetch: float = 600.0
    """For all that a FETCH brings."""
    round: float = 15.0
    """For new mail, until it is looked for unasked. With a deadline and a new line it has to stay below 30."""
    first: float = 1.0
    """After a first failure; doubled at each further one."""
    longest: float = 60.0

    def after(self, tries: int) -> float:
        """Before the next try."""
        return min(self.first * 2.0 ** min(tries - 1, 20), self.longest)


class ImapLine:
    """Every method raises ImapLost, after which the line is of no use."""

    def __init__(self, server: MailServer, patience: Patience) -> None:
        self._server = server
        self._patience = patience
        self._client: Any = None
        self._lost: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    @property
    def protocol(self) -> Any:
        """The library's own side of it."""
        return self._client.protocol

    @property
    def capabilities(self) -> set[str]:
        """What the server says it can do, in capitals."""
        found: set[str] = self.protocol.capabilities
        return found

    async def connect(self, authorities: Path | None) -> None:
        """Until the server has said good day."""
        self._client = await self.ask("connecting", self._dial(authorities))
        await self.ask("connecting", self._client.wait_hello_from_server())

    async def close(self) -> None:
        """Ends it at once; good for any state."""
        if self._client is None:
            return
        if self.protocol.transport is not None:
            self.protocol.transport.abort()
            await asyncio.wait({self._lost}, timeout=1)
        for task in list(self.protocol.tasks):
            task.cancel()

    async def run(self, name: str, *arguments: str, uid: bool = False) -> Lines:
        """What comes while a command is carried out, its own lines and others."""
        # Under NOOP's name a command is given every line that the library can give to nobody else.
        command = self.command(name, *arguments, prefix="UID" if uid else None, untagged_resp_name="NOOP")
        return good(name, await self.ask(name, self.protocol.execute(command)))

    async def fetch(self, uids: Sequence[int], parts: str) -> list[Entry]:
        """By UID. Some fifty at most in one go: the library reads all lines again with each that comes."""
        protocol = self.protocol
        command = FetchCommand(
            protocol.new_tag(),
            uid_set(uids),
            parts,
            prefix="UID",
            loop=protocol.loop,
            timeout=self._patience.answer,
        )
        return entries_in(
            good("FETCH", await self.ask("FETCH", protocol.execute(command), self._patience.fetch))
        )

    async def idle(self, seconds: float) -> None:
        """Until the server hints at new mail, or for so long."""
        idling: asyncio.Future[Any] = asyncio.ensure_future(self._client.idle())
        hint: asyncio.Future[Any] = asyncio.ensure_future(self._hint())
        try:
            await asyncio.wait({idling, hint, self._lost}, timeout=seconds, return_when="FIRST_COMPLETED")
            if not (idling.done() or self._lost.done()):
                self._client.idle_done()
            response = await self.ask("DONE", idling)
        finally:
            for task in (idling, hint):
                task.cancel()
            await asyncio.wait({idling, hint})
        if response.result != "OK":
            self.capabilities.discard("IDLE")

    async def rest(self, seconds: float) -> None:
        """For so long, or until the line is lost."""
        await asyncio.wait({self._lost}, timeout=seconds)

    def command(self, name: str, *arguments: str, **traits: Any) -> Command:
        """A command with a new tag."""
        return Command(name, self.protocol.new_tag(), *arguments, loop=self.protocol.loop, **traits)

    async def ask(self, what: str, work: Awaitable[T], within: float | None = None) -> T:
        """Does it, unless the line is lost meanwhile or it takes too long."""
        seconds = within or self._patience.answer
        task = asyncio.ensure_future(work)
        either: set[asyncio.Future[Any]] = {task, self._lost}
        try:
            await asyncio.wait(either, timeout=seconds, return_when="FIRST_COMPLETED")
        finally:
            if not task.done():
                task.cancel()
                await asyncio.wait({task})
        if task.cancelled():
            why = "hung up at" if self._lost.done() else f"no answer in {seconds:g} s to"
            raise ImapLost(f"{why} {what}")
        if error := task.exception():
            raise ImapLost(f"{what}: {_reason(error)}")
        return task.result()

    async def _dial(self, authorities: Path | None) -> Any:
        context = None if self._server.security is Security.NONE else trusting(authorities)
        host, port, timeout = self._server.host, self._server.port, self._patience.answer
        client = IMAP4(host, port, timeout=timeout, conn_lost_cb=self._lose, ssl_context=context)
        client.protocol.data_received = _in_pieces(client.protocol.data_received)
        return client

    def _lose(self, _error: Exception | None) -> None:
        if not self._lost.done():
            self._lost.set_result(None)

    async def _hint(self) -> None:
        pushed = self.protocol.idle_queue
        while not pushed.empty():
            # Left over from the round before, and looked after since.
            pushed.get_nowait()
        while True:
            lines = await pushed.get()
            if tells_of_mail(lines) or says_bye(lines):
                return


def good(name: str, response: Any) -> Lines:
    """The lines that came before the OK. Raises ImapLost when the server is leaving, Refused when it is no OK."""
    lines: Lines
    *lines, last = response.lines
    if says_bye(lines):
        raise ImapLost(f"BYE at {name}")
    if response.result != "OK":
        raise Refused(f"{response.result} to {name} {code_in(last)}".rstrip())
    return lines


def _in_pieces(receive: Callable[[bytes], None]) -> Callable[[bytes], None]:
    """The library goes a call deeper with each line that it is given, so that it bears no thousand at once."""

    def receive_all(data: bytes) -> None:
        for start in range(0, len(data), PIECE):
            receive(data[start : start + PIECE])

    return receive_all


def uid_set(uids: Sequence[int]) -> str:
    """As commands want it."""
    return ",".join(map(str, uids))


def _reason(error: BaseException) -> str:
    """Only what the system says may be quoted: other words may hold the command, and so the password."""
    if isinstance(error, TimeoutError | CommandTimeout):
        return "no answer in time"
    if isinstance(error, ssl.SSLCertVerificationError):
        return f"certificate refused, {error.verify_message}"
    return str(error) if isinstance(error, OSError) else type(error).__name__
