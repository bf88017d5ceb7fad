"""The line to the mail server: opened when there is something to send, kept while it holds."""

from __future__ import annotations

import asyncio
import ssl
from asyncio import timeout, timeout_at
from contextlib import suppress
from dataclasses import dataclass

from aiosmtplib import SMTP, SMTPAuthenticationError, SMTPException, SMTPResponseException

from bot.channels.mail.access import Access, NoToken, access_for
from bot.channels.mail.tokens import domain_of
from bot.channels.mail.trust import trusting
from bot.channels.mail.write.compose import Written
from bot.channels.mail.write.faults import Refusal, ServerFails, Step, meaning_of
from bot.mailing import Mailing, MailServer, Security
from bot.sending import AddressDead, LetterRefused, TryLater

DOWN = (SMTPException, OSError, ValueError)
"""All that aiosmtplib raises when a line fails: TLS and time-outs are OSErrors, an odd answer a ValueError."""
CLOSING = 421
FIRST_REFUSAL = 400
"""What is below is no refusal but nonsense."""
FIRST_FINAL = 500
"""What is below may pass."""


@dataclass(frozen=True, slots=True)
class Deadlines:
    """Seconds. A whole try stays below the post's patience, so that it is known how far its letter came."""

    queue: float = 3.0
    """Behind other letters."""
    opening: float = 7.0
    """Until the server has let us in; some let whoever comes wait a little first."""
    probe: float = 3.0
    """For an answer that takes a server no thought: the first on a line that has stood, or to RSET."""
    whole: float = 15.0


class SmtpLost(Exception):
    """The line is gone, and nothing of the letter was taken: where it had stood for a while, open another."""

    def __init__(self, meaning: Exception) -> None:
        """`meaning` is what the post should know when the line was new."""
        super().__init__(str(meaning))
        self.meaning = meaning


class SmtpLine:
    """One connection. Nobody calls it twice at a time."""

    def __init__(self, mailing: Mailing, deadlines: Deadlines, access: Access | None = None) -> None:
        """`access` is what others share."""
        self._mailing = mailing
        self._access = access or access_for(mailing)
        self._deadlines = deadlines
        self._tls: ssl.SSLContext | None = None
        self._smtp: SMTP | None = None

    @property
    def stands(self) -> bool:
        """Whether there is one, as far as we know."""
        return self._smtp is not None and self._smtp.is_connected

    async def open(self) -> None:
        """A new one, signed in. Raises ServerFails."""
        self.drop()
        try:
            async with timeout(self._deadlines.opening):
                self._smtp = await self._let_in()
        except SMTPResponseException as error:
            raise meaning_of(_refusal(Step.OPENING, error)) from error
        except NoToken as error:
            raise ServerFails(str(error)) from error
        except DOWN as error:
            raise ServerFails(f"{type(error).__name__}: {error}") from error

    async def hand(self, mail: Written, until: float, patience: float | None = None) -> None:
        """Gives the server a mail, by that time of the loop; `patience` is for its first answer.

        Raises what a refusal means to the post; SmtpLost where the line broke before the mail's bytes left,
        and any other error where it may have been taken all the same.
        """
        assert self._smtp  # noqa: S101 - opened before
        try:
            await _begin(self._smtp, mail, until, patience)
            async with timeout_at(until):
                await _offer(self._smtp, mail)
        except (AddressDead, LetterRefused, TryLater):
            await self._forget_envelope(self._smtp)
            raise
        except BaseException:
            self.drop()
            raise

    async def close(self) -> None:
        """Says good-bye."""
        if self._smtp and self.stands:
            with suppress(*DOWN):
                async with timeout(self._deadlines.probe):
                    await self._smtp.quit()
        self.drop()

    def drop(self) -> None:
        """Lets go, without a word."""
        if self._smtp:
            self._smtp.close()
        self._smtp = None

    async def _let_in(self) -> SMTP:
        if self._tls is None:
            self._tls = await asyncio.to_thread(trusting, self._mailing.authorities)
        smtp = _client(self._mailing.smtp, domain_of(self._mailing.address), self._tls)
        await smtp.connect()
        try:
            if smtp.is_ehlo_or_helo_needed:
                await smtp.ehlo()
            if self._mailing.smtp.by_token:
                await self._show_token(smtp)
        except BaseException:
            smtp.close()
            raise
        return smtp

    async def _show_token(self, smtp: SMTP) -> None:
        """One that was kept may have been withdrawn: then a new one is shown, once."""
        access, user = self._access, self._mailing.smtp.user
        if access is None:
            raise NoToken("no password, and nobody who gives tokens")
        kept = access.kept
        try:
            await smtp.auth_xoauth2(user, kept or await access.renewed())
        except SMTPAuthenticationError as error:
            if not kept or error.code < FIRST_FINAL:
                raise
            await smtp.auth_xoauth2(user, await access.renewed(kept))

    async def _forget_envelope(self, smtp: SMTP) -> None:
        """After a refusal the line is as good as new."""
        try:
            async with timeout(self._deadlines.probe):
                await smtp.rset()
        except BaseException as error:
            self.drop()
            if not isinstance(error, DOWN):
                raise


async def _begin(smtp: SMTP, mail: Written, until: float, patience: float | None) -> None:
    """The envelope: up to here nothing has left."""
    step = Step.MAIL
    try:
        async with timeout_at(until):
            async with timeout(patience):
                await smtp.mail(mail.sender)
            step = Step.RCPT
            await smtp.rcpt(mail.recipient)
    except SMTPResponseException as error:
        refusal = _refusal(step, error)
        if error.code < FIRST_REFUSAL:
            raise SmtpLost(ServerFails(str(refusal))) from error
        raise SmtpLost(meaning_of(refusal)) if error.code == CLOSING else meaning_of(refusal) from error
    except DOWN as error:
        raise SmtpLost(ServerFails(f"{step}: {type(error).__name__}")) from error


async def _offer(smtp: SMTP, mail: Written) -> None:
    try:
        await smtp.data(mail.raw)
    except SMTPResponseException as error:
        if error.code < FIRST_REFUSAL:
            raise
        raise meaning_of(_refusal(Step.DATA, error)) from error


def _refusal(step: Step, error: SMTPResponseException) -> Refusal:
    return Refusal(step, error.code, error.message)


def _client(server: MailServer, greeting: str, tls: ssl.SSLContext) -> SMTP:
    return SMTP(
        hostname=server.host,
        port=server.port,
        username=server.user if server.password else None,
        password=server.password or None,
        local_hostname=greeting,
        timeout=None,
        use_tls=server.security is Security.TLS,
        start_tls=server.security is Security.STARTTLS,
        tls_context=None if server.security is Security.NONE else tls,
    )
