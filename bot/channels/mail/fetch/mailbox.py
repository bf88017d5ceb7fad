"""A mailbox watched: what comes is taken in, in order, and the cursor follows what is safe."""

from __future__ import annotations

from collections.abc import Awaitable, Iterator, Sequence
from datetime import timedelta

import structlog

from bot.channels.ending import FINISH, to_the_end
from bot.channels.mail.access import Access, access_for
from bot.channels.mail.fetch.batches import Batches
from bot.channels.mail.fetch.found import Found, Takes, Watch
from bot.channels.mail.fetch.handover import Handover
from bot.channels.mail.fetch.imap import AT_ONCE, Connection, connected
from bot.channels.mail.fetch.line import ImapLost, Patience, Refused, SignInRefused
from bot.clock import Clock
from bot.mailing import Mailing, MailServer
from storage import mailboxes
from storage.database import Database
from storage.mailboxes import Cursor

log = structlog.get_logger()

BEFORE_US = timedelta(days=1)
"""How far back a mailbox is read that was never looked into; what is older was somebody else's business."""


class Watcher:
    """Watches one mailbox. No second one may watch the same."""

    def __init__(
        self,
        mailing: Mailing,
        server: MailServer,
        taker: Takes,
        watch: Watch,
        database: Database,
        clock: Clock,
        *,
        access: Access | None = None,
        patience: Patience | None = None,
        finish: timedelta = FINISH,
    ) -> None:
        """`access` is what others share; `finish`: how long what is being taken in may take after a cancellation."""
        self._mailing, self._server, self._access = mailing, server, access or access_for(mailing)
        self._watch, self._database, self._clock = watch, database, clock
        self._patience, self._finish = patience or Patience(), finish
        self._batches = Batches()
        self._handover = Handover(server.mailbox, taker, clock, self._patience)
        self._failures = 0
        """Since the last good look."""

    async def run(self) -> None:
        """Until it is cancelled: what is being taken in is then taken to its end, unless that takes too long.

        Whatever happens to the line, another is opened; what was not taken in is found again.
        """
        while True:
            try:
                await self._stay()
            except SignInRefused as error:
                # Tried more often, a server may lock the account.
                await self._fail(str(error), self._patience.longest)
            except ImapLost as error:
                await self._fail(str(error))
            except Exception as error:
                log.exception("mailbox-failed", host=self._server.host)
                await self._fail(type(error).__name__)

    async def _stay(self) -> None:
        """Looks and waits in turn, over one line."""
        way_in = self._server, self._mailing.authorities, self._patience, self._access
        async with connected(*way_in) as connection:
            await self._clear_up(connection, await self._cursor(connection))
            while True:
                await self._look(connection)
                self._failures = 0
                await self._tell(self._watch.works(self._server.mailbox))
                await connection.wait(self._patience.round)

    async def _fail(self, reason: str, seconds: float | None = None) -> None:
        self._failures += 1
        wait = seconds or self._patience.after(self._failures)
        log.warning(
            "mailbox-waits", host=self._server.host, reason=reason, tries=self._failures, seconds=wait
        )
        await self._tell(self._watch.failed(self._server.mailbox, reason))
        await self._clock.sleep(wait)

    async def _look(self, connection: Connection) -> None:
        """Takes in all that is new, also what comes meanwhile."""
        cursor = await self._cursor(connection)
        last = cursor.last_uid
        while uids := await connection.uids(last + 1):
            for some in _parts(uids):
                await self._take_some(connection, some, cursor)
            last = uids[-1]
        now, name = self._clock.now(), self._server.mailbox
        await self._handover.insist(lambda: self._database.write(lambda tx: mailboxes.polled(tx, name, now)))

    async def _cursor(self, connection: Connection) -> Cursor:
        """Where to go on; under another UIDVALIDITY, all since our beginning is looked at again."""
        name, insist = self._server.mailbox, self._handover.insist
        found = await insist(lambda: self._database.read(lambda tx: mailboxes.cursor(tx, name)))
        if found and found.uidvalidity == connection.uidvalidity:
            return found
        self._batches.forget()
        now = self._clock.now()
        since = found.since if found else now - BEFORE_US
        first = min(await connection.uids(1, since=since), default=connection.uidnext or 1)
        place = (connection.uidvalidity, first - 1, since, now)
        return await insist(lambda: self._database.write(lambda tx: mailboxes.begin(tx, name, *place)))

    async def _take_some(self, connection: Connection, uids: Sequence[int], cursor: Cursor) -> None:
        """What was deleted meanwhile, or was there before us, is passed over."""
        entries = await connection.entries(uids)
        _tell_of_gone(self._server, uids, [entry.uid for entry in entries], "no size")
        ours = [entry for entry in entries if entry.at is None or entry.at >= cursor.since]
        last = cursor.last_uid
        for batch in self._batches.of(ours):
            found = await self._batches.fetch(connection, batch, self._clock.now())
            _tell_of_gone(self._server, [one.uid for one in batch], [one.uid for one in found], "no bytes")
            last = batch[-1].uid
            await to_the_end(self._take(found, last), self._finish)
            await self._put_away(connection, [one.uid for one in found])
        if last < uids[-1]:
            await self._advance(uids[-1], mail=False)

    async def _take(self, found: Sequence[Found], last: int) -> None:
        await self._handover.take(found)
        await self._advance(last, mail=bool(found))

    async def _advance(self, last: int, *, mail: bool) -> None:
        now, name = self._clock.now(), self._server.mailbox
        await self._handover.insist(
            lambda: self._database.write(lambda tx: mailboxes.advance(tx, name, last, now, mail=mail))
        )

    async def _clear_up(self, connection: Connection, cursor: Cursor) -> None:
        """Puts away what was done with before: when a line was lost, or before the setting was made."""
        if self._done_folder:
            uids = await connection.uids(1, since=cursor.since)
            for some in _parts([uid for uid in uids if uid <= cursor.last_uid]):
                entries = await connection.entries(some)
                ours = [entry.uid for entry in entries if entry.at and entry.at >= cursor.since]
                await self._put_away(connection, ours)

    async def _put_away(self, connection: Connection, uids: Sequence[int]) -> None:
        if not (uids and self._done_folder):
            return
        try:
            await connection.move(uids, self._done_folder)
        except Refused as error:
            log.warning("mails-stay", host=self._server.host, uids=list(uids), reason=str(error))

    @property
    def _done_folder(self) -> str:
        """Never the one that is watched: what is moved there would come again for ever."""
        folder = self._mailing.done_folder
        return folder if folder.casefold() != self._server.folder.casefold() else ""

    async def _tell(self, telling: Awaitable[None]) -> None:
        """What becomes of the news of a line is no reason to give the line up."""
        try:
            await telling
        except Exception:
            log.exception("watch-failed", host=self._server.host)


def _tell_of_gone(server: MailServer, asked: Sequence[int], shown: Sequence[int], why: str) -> None:
    """What was deleted meanwhile is passed over; and so is what a faulty server shows nothing of."""
    if gone := sorted({*asked} - {*shown}):
        log.info("mails-gone", host=server.host, uids=gone, why=why)


def _parts(uids: Sequence[int]) -> Iterator[Sequence[int]]:
    return (uids[start : start + AT_ONCE] for start in range(0, len(uids), AT_ONCE))
