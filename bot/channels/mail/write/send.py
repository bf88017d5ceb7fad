"""Letters by mail, over one line that is kept."""

from __future__ import annotations

import asyncio
from asyncio import timeout
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from logging import INFO, WARNING

import structlog

from bot.channels.mail.access import Access
from bot.channels.mail.fetch.found import Watch
from bot.channels.mail.write.compose import Written, write_mail
from bot.channels.mail.write.faults import PutOff, ServerFails
from bot.channels.mail.write.line import Deadlines, SmtpLine, SmtpLost
from bot.clock import Clock
from bot.mailing import CHANNEL, Mailing
from bot.messages import Letter
from bot.render import Wording
from bot.sending import AddressDead, LetterRefused, TryLater

log = structlog.get_logger()

MINUTE = 60
QUEUE_PAUSE = timedelta(seconds=2)
"""For a letter that found others before it; a try that never began does not count."""
LONGEST_PUT_OFF = timedelta(days=2)
"""How long a server may say « not now » of one letter."""
TELLING = 1.0
"""Seconds for the watch: a letter that left must not be sent again because somebody took long to be told."""


class MailSender:
    """Sends letters as mail, text and HTML."""

    name = CHANNEL

    def __init__(
        self,
        mailing: Mailing,
        wording: Wording,
        clock: Clock,
        watch: Watch | None = None,
        *,
        access: Access | None = None,
        deadlines: Deadlines | None = None,
    ) -> None:
        """`watch` hears when the server does not let us in, and when it does again; `access` is what others share."""
        self.rate: float | None = mailing.per_minute / MINUTE
        self._mailing = mailing
        self._wording = wording
        self._clock = clock
        self._watch = watch
        self._deadlines = deadlines or Deadlines()
        self._line = SmtpLine(mailing, self._deadlines, access)
        self._turns = asyncio.Lock()
        self._works: bool | None = None

    async def send(self, letter: Letter) -> str:
        """The Message-ID, with its angle brackets."""
        until = asyncio.get_running_loop().time() + self._deadlines.whole
        mail = write_mail(letter, self._mailing, self._wording, self._clock.now())
        try:
            async with self._turn():
                await self._hand(mail, until)
        except ServerFails as error:
            await self._tell(works=False, reason=str(error))
            raise
        except (AddressDead, LetterRefused, PutOff) as error:
            # Whoever says no is there.
            await self._tell(works=True)
            if isinstance(error, PutOff) and self._too_long(letter, error):
                raise LetterRefused(str(error)) from error
            raise
        await self._tell(works=True)
        return mail.message_id

    async def close(self) -> None:
        """Ends the line; a later letter opens another."""
        async with self._turns:
            await self._line.close()

    @asynccontextmanager
    async def _turn(self) -> AsyncIterator[None]:
        """One letter at a time."""
        try:
            async with timeout(self._deadlines.queue):
                await self._turns.acquire()
        except TimeoutError as error:
            raise TryLater(QUEUE_PAUSE) from error
        try:
            yield
        finally:
            self._turns.release()

    async def _hand(self, mail: Written, until: float) -> None:
        """A line that has stood may have been ended meanwhile: then a new one is opened."""
        if self._line.stands:
            try:
                return await self._line.hand(mail, until, self._deadlines.probe)
            except SmtpLost:
                log.info("smtp-line-renewed")
        await self._line.open()
        try:
            await self._line.hand(mail, until)
        except SmtpLost as lost:
            raise lost.meaning from lost

    def _too_long(self, letter: Letter, error: PutOff) -> bool:
        """Waits are no tries, so that nothing else would end them."""
        since = letter.put_off_at
        return not error.whole_channel and since is not None and self._clock.now() - since >= LONGEST_PUT_OFF

    async def _tell(self, *, works: bool, reason: str = "") -> None:
        """Failures each time, since the watch counts how long they last; that it works, once."""
        if works and self._works:
            return
        self._works = works
        log.log(INFO if works else WARNING, "smtp-works" if works else "smtp-fails")
        if not self._watch:
            return
        line = self._mailing.smtp.name
        try:
            async with timeout(TELLING):
                await (self._watch.works(line) if works else self._watch.failed(line, reason))
        except Exception as error:  # noqa: BLE001 - whoever watches must not undo what was sent
            self._works = None
            log.error("smtp-watch-failed", error=type(error).__name__)
