"""Settings for servers without a password."""

from __future__ import annotations

from dataclasses import replace

from bot.mailing import Mailing, TokenIssuer
from bot.mailing import MailServer as Server
from tests.bot.channels.mail.takers import account
from tests.fakes.mail import HOST, MailServer, TokenServer
from tests.fakes.mail.tokens import CLIENT, SECRET

WRONG_SECRET = "hushhush"


def issuer(tokens: TokenServer, secret: str = SECRET) -> TokenIssuer:
    """The application that the token server knows."""
    return TokenIssuer(tokens.url, CLIENT, secret)


def mailing_of(mail: MailServer, tokens: TokenServer, user: str = "") -> Mailing:
    """Both servers without a password."""
    imap = replace(account(mail), password="", user=user or mail.address)
    smtp = Server(HOST, mail.smtp.port, user=imap.user)
    trusted = mail.dovecot.certificate.file
    return Mailing(mail.address, (imap,), smtp, authorities=trusted, tokens=issuer(tokens))
