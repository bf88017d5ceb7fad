"""Whether the mail servers let us in, told so that the operator knows what to mend; no mail is touched or sent."""

from __future__ import annotations

import asyncio
import ssl
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from aiosmtplib import SMTPAuthenticationError, SMTPResponseException

from bot.channels.mail.access import NoToken, TokenRefused, access_for, causes_of
from bot.channels.mail.fetch.imap import connected
from bot.channels.mail.fetch.line import ImapLost, Patience, Refused, SignInRefused
from bot.channels.mail.write.faults import ServerFails
from bot.channels.mail.write.line import Deadlines, SmtpLine
from bot.mailing import Mailing, MailServer

WITHIN: Final = 10.0
"""Seconds for a server."""
ANSWER: Final = 0.8
"""How much of it one answer may take, so that the reason is known before the time is up."""
NO_TRUST: Final = "certificate refused"
"""What a line to an IMAP server says of it."""


class Trouble(StrEnum):
    """What keeps us out."""

    CERTIFICATE = "certificate"
    SIGN_IN = "sign-in"
    APPLICATION = "application"
    """The token server does not take it."""
    NO_TOKENS = "no-tokens"
    """The token server is not reached, or gives none."""
    ACCESS = "access"
    """The token server gives a token, which the mail server does not take for this account."""
    FOLDER = "folder"
    UNREACHABLE = "unreachable"


@dataclass(frozen=True, slots=True)
class Probed:
    """How a server took us."""

    server: MailServer
    trouble: Trouble | None = None
    """None: all is well."""
    reason: str = ""
    """What the server or the system says, no secret in it."""


async def probe_mailbox(mailing: Mailing, mailbox: MailServer, within: float = WITHIN) -> Probed:
    """Signs in and opens the folder."""
    patience, access = Patience(answer=within * ANSWER), access_for(mailing)
    try:
        async with (
            asyncio.timeout(within),
            connected(mailbox, mailing.authorities, patience, access),
        ):
            return Probed(mailbox)
    except ImapLost as error:
        return Probed(mailbox, _trouble_of(error, mailbox), str(error))
    except TimeoutError:
        return Probed(mailbox, Trouble.UNREACHABLE, f"no answer in {within:g} s")


async def probe_smtp(mailing: Mailing, within: float = WITHIN) -> Probed:
    """Connects, begins TLS and signs in."""
    line = SmtpLine(mailing, Deadlines(opening=within * ANSWER))
    try:
        async with asyncio.timeout(within):
            await line.open()
            return Probed(mailing.smtp)
    except ServerFails as error:
        return Probed(mailing.smtp, _trouble_of(error, mailing.smtp), _said(error))
    except TimeoutError:
        return Probed(mailing.smtp, Trouble.UNREACHABLE, f"no answer in {within:g} s")
    finally:
        await line.close()


def _trouble_of(error: Exception, server: MailServer) -> Trouble:
    causes = tuple(causes_of(error))
    for cause in causes:
        if isinstance(cause, NoToken):
            return Trouble.APPLICATION if isinstance(cause, TokenRefused) else Trouble.NO_TOKENS
    if NO_TRUST in str(error) or any(isinstance(cause, ssl.SSLCertVerificationError) for cause in causes):
        return Trouble.CERTIFICATE
    if any(isinstance(cause, SignInRefused | SMTPAuthenticationError) for cause in causes):
        return Trouble.ACCESS if server.by_token else Trouble.SIGN_IN
    return Trouble.FOLDER if isinstance(error, Refused) else Trouble.UNREACHABLE


def _said(error: Exception) -> str:
    """An answer by its code alone: some servers quote what they were given to sign in with."""
    codes = (cause.code for cause in causes_of(error) if isinstance(cause, SMTPResponseException))
    return next((str(code) for code in codes), str(error))
