"""A folder on an IMAP server, open for reading and for moving mail out of it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from datetime import datetime, timedelta
from pathlib import Path

from bot.channels.mail.access import Access
from bot.channels.mail.fetch.answers import Entry, day, number_in, tells_of_mail, uids_in
from bot.channels.mail.fetch.folders import wire_name
from bot.channels.mail.fetch.line import ImapLine, ImapLost, Patience, Refused, good, uid_set
from bot.channels.mail.fetch.sign_in import sign_in
from bot.mailing import MailServer

AT_ONCE = 50
"""How many mails one command may name."""
ANY_ZONE = timedelta(days=1)
"""SEARCH counts days in the server's own time zone."""


@asynccontextmanager
async def connected(
    server: MailServer, authorities: Path | None, patience: Patience, access: Access | None = None
) -> AsyncIterator[Connection]:
    """The server's folder, until the end of the block. Raises ImapLost, SignInRefused.

    `authorities` is a file of certificates to trust besides the system's; `access` is for a server without a password.
    """
    connection = Connection(server, ImapLine(server, patience), access)
    try:
        await connection.open(authorities)
        yield connection
    finally:
        await connection.line.close()


class Connection:
    """Every method raises ImapLost, after which it is of no use; but see `move`."""

    uidvalidity: int
    uidnext: int | None
    """As it was when the folder was opened; some servers do not say."""

    def __init__(self, server: MailServer, line: ImapLine, access: Access | None = None) -> None:
        self.line = line
        self._server, self._access = server, access
        self._stirred = False

    async def open(self, authorities: Path | None) -> None:
        """Connects, signs in and selects the folder."""
        await self.line.connect(authorities)
        if self.line.protocol.state != "AUTH":
            await sign_in(self.line, self._server, self._access)
        await self.line.ask("CAPABILITY", self.line.protocol.capability())
        self.line.protocol.capabilities = {name.upper() for name in self.line.capabilities}
        await self._select()

    async def uids(self, first: int, *, since: datetime | None = None) -> list[int]:
        """The UIDs from this one on, lowest first; with `since`, only mail that came about then or later."""
        # Without it, SEARCH does not know of what was delivered a moment ago.
        await self.line.run("NOOP")
        narrow = () if since is None else ("SINCE", day(since - ANY_ZONE))
        lines = await self.line.run("SEARCH", "UID", f"{first}:*", *narrow, uid=True)
        self._stirred = tells_of_mail(lines)
        try:
            # The last mail of all is in any range that ends with a star.
            return [uid for uid in uids_in(lines) if uid >= first]
        except ValueError:
            raise ImapLost("SEARCH found what is no number") from None

    async def entries(self, uids: Sequence[int]) -> list[Entry]:
        """Date and size of each, by UID, AT_ONCE of them at most; those that are gone are left out."""
        found = await self.line.fetch(uids, "(UID INTERNALDATE RFC822.SIZE)")
        return [entry for entry in found if entry.size is not None]

    async def bodies(self, uids: Sequence[int], largest: int) -> dict[int, bytes]:
        """By UID, so many bytes of each at most, leaving it as unread as it is; those that are gone are left out."""
        found = await self.line.fetch(uids, f"(UID BODY.PEEK[]<0.{largest}>)")
        # Dovecot shows what somebody deleted a moment ago as a mail without a byte.
        return {entry.uid: entry.raw for entry in found if entry.raw}

    async def wait(self, seconds: float) -> None:
        """Until the server hints at new mail, or for so long. Mail may have come unhinted."""
        if self._stirred:
            return
        if "IDLE" in self.line.capabilities:
            await self.line.idle(seconds)
        else:
            await self.line.rest(seconds)

    async def move(self, uids: Sequence[int], folder: str) -> None:
        """AT_ONCE at most, into another folder, made when it is missing. After Refused the line is still good."""
        try:
            await self._move(uids, wire_name(folder))
        except Refused:
            with suppress(Refused):
                # Somebody may have made it meanwhile.
                await self.line.run("CREATE", wire_name(folder))
            await self._move(uids, wire_name(folder))

    async def _select(self) -> None:
        selecting = self.line.protocol.select(wire_name(self._server.folder))
        lines = good("SELECT", await self.line.ask("SELECT", selecting))
        uidvalidity = number_in(lines, "UIDVALIDITY")
        if uidvalidity is None:
            raise ImapLost("the folder has no UIDVALIDITY")
        self.uidvalidity, self.uidnext = uidvalidity, number_in(lines, "UIDNEXT")

    async def _move(self, uids: Sequence[int], folder: str) -> None:
        those = uid_set(uids)
        if "MOVE" in self.line.capabilities:
            await self.line.run("MOVE", those, folder, uid=True)
            return
        await self.line.run("COPY", those, folder, uid=True)
        await self.line.run("STORE", those, "+FLAGS.SILENT", r"(\Deleted)", uid=True)
        one_by_one = "UIDPLUS" in self.line.capabilities
        await self.line.run("EXPUNGE", *([those] if one_by_one else []), uid=one_by_one)
