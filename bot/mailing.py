"""The mail servers that the assistant works with, as the settings name them."""

from __future__ import annotations

import re
import ssl
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from ipaddress import ip_address
from pathlib import Path
from typing import Final
from urllib.parse import SplitResult, unquote, urlsplit

CHANNEL: Final = "mail"
"""The channel's name."""

MICROSOFT_365: Final = "https://outlook.office365.com/.default"
"""The scope of a token for Exchange Online."""


class Security(StrEnum):
    """How a line to a server is protected."""

    TLS = "tls"
    """From the first byte, certificate verified."""
    STARTTLS = "starttls"
    """Begun in the clear and protected before anything is said; certificate verified."""
    NONE = "none"
    """Not at all: for a server on the same machine."""


@dataclass(frozen=True, slots=True)
class MailServer:
    """One account on one server."""

    host: str
    port: int
    security: Security = Security.TLS
    user: str = ""
    """Empty: nobody signs in (a relay on the same machine)."""
    password: str = field(default="", repr=False)
    """Empty where there is a user: signed in to with a token."""
    folder: str = "INBOX"
    """Where mail arrives (IMAP alone)."""

    @property
    def name(self) -> str:
        """Names the account for the operator, and keeps its place in the database; no secret in it."""
        return f"{self.user}@{self.host}:{self.port}"

    @property
    def mailbox(self) -> str:
        """The same, with the folder."""
        return f"{self.name}/{self.folder}"

    @property
    def by_token(self) -> bool:
        """Whether one signs in with a token."""
        return bool(self.user) and not self.password


@dataclass(frozen=True, slots=True)
class TokenIssuer:
    """Who gives tokens to sign in with (OAuth 2, client credentials), and what we show for them."""

    url: str
    client_id: str
    client_secret: str = field(repr=False)
    scope: str = MICROSOFT_365


@dataclass(frozen=True, slots=True)
class Mailing:
    """How the assistant sends and receives e-mail."""

    address: str
    """Its own, in small letters: letters come from it, and replies go to it."""
    mailboxes: tuple[MailServer, ...]
    smtp: MailServer
    tags: bool = False
    """Whether the server delivers `name+anything@domain` to `name@domain`."""
    trusted: str = ""
    """The name that our own mail server gives in Authentication-Results; empty: no such header is believed."""
    per_hour: int = 10
    per_day: int = 40
    """How many mails a machine may answer to one address."""
    per_minute: int = 30
    """How many letters the server takes in a minute."""
    done_folder: str = ""
    """Where mail that is done with is moved; empty: it stays."""
    authorities: Path | None = None
    """Certificates to trust besides the system's (PEM)."""
    tokens: TokenIssuer | None = None
    """None: every server has a password."""
    public: str | None = None
    """Where the assistant's own pages are reached, `https://...`; None: there are none."""

    @property
    def lines(self) -> tuple[str, ...]:
        """What an outage is told of by."""
        return (*(mailbox.mailbox for mailbox in self.mailboxes), self.smtp.name)


class MailingFault(ValueError):
    """What is wrong with a mail setting: one word, which the wording of the settings explains."""


@dataclass(frozen=True, slots=True)
class _Scheme:
    security: Security
    port: int


IMAP: Final[Mapping[str, _Scheme]] = {
    "imaps": _Scheme(Security.TLS, 993),
    "imap+plain": _Scheme(Security.NONE, 143),
}
SMTP: Final[Mapping[str, _Scheme]] = {
    "smtps": _Scheme(Security.TLS, 465),
    "smtp": _Scheme(Security.STARTTLS, 587),
    "smtp+plain": _Scheme(Security.NONE, 25),
}
ADDRESS: Final = re.compile(r"[\w.!#$%&'*+/=?^`{|}~-]+@[a-z0-9-]+(\.[a-z0-9-]+)+", re.ASCII)
"""An e-mail address in small letters, as mail servers everywhere take them."""


def address_of(text: str) -> str:
    """An e-mail address in small letters. Raises MailingFault."""
    address = text.strip().lower()
    _must(address != "", "")
    _must(ADDRESS.fullmatch(address) is not None and len(address) <= 254, "no-address")
    return address


def is_address(text: str) -> bool:
    """Whether this is an e-mail address in plain letters."""
    try:
        return text.isascii() and bool(address_of(text))
    except MailingFault:
        return False


def mailboxes_of(text: str) -> tuple[MailServer, ...]:
    """`imaps://user:password@host:993/INBOX`, one or more, blanks between them. Raises MailingFault."""
    mailboxes = tuple(_mailbox(word) for word in text.split())
    _must(mailboxes != (), "")
    _must(len({mailbox.mailbox for mailbox in mailboxes}) == len(mailboxes), "twice")
    return mailboxes


def smtp_of(text: str) -> MailServer:
    """`smtps://user:password@host:465`; nobody signs in without a user. Raises MailingFault."""
    server = _server(text.strip(), SMTP)
    _must(bool(server.user) or not server.password, "no-user")
    return server


def token_url_of(text: str) -> str:
    """`https://host/path`; `http` to this machine alone. Raises MailingFault."""
    url = given(text)
    parts, _ = _parted(url)
    host = parts.hostname or ""
    _must(parts.scheme == "https" or (parts.scheme == "http" and _is_this_machine(host)), "not-https")
    _must(host != "" and parts.username is None and not parts.fragment, "not-https")
    _must(url.isascii() and url.isprintable() and " " not in url, "not-https")
    return url


def given(text: str) -> str:
    """Anything but nothing. Raises MailingFault."""
    _must(text.strip() != "", "")
    return text.strip()


def let_in(server: MailServer, *, by_token: bool) -> None:
    """Without a password nobody is, but where there are tokens. Raises MailingFault."""
    _must(by_token or not server.by_token, "no-password")


def authorities_of(path: Path) -> Path:
    """A file of certificates (PEM) that can be read. Raises MailingFault."""
    try:
        ssl.create_default_context(cafile=str(path))
    except OSError as error:
        raise MailingFault("no-certificates") from error
    return path


def _mailbox(text: str) -> MailServer:
    mailbox = _server(text, IMAP)
    _must(bool(mailbox.user), "no-user")
    _must(mailbox.user.isascii(), "user-not-ascii")
    return mailbox


def _server(text: str, schemes: Mapping[str, _Scheme]) -> MailServer:
    _must(text != "", "")
    parts, port = _parted(text)
    scheme = schemes.get(parts.scheme)
    if scheme is None:
        raise MailingFault("scheme")
    host, folder = parts.hostname or "", unquote(parts.path.removeprefix("/"))
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    _must(host != "" and not parts.query and not parts.fragment, "not-encoded")
    _must(parts.username is not None or "@" not in parts.path, "not-encoded")
    _must(f"{user}{password}{folder}".isprintable(), "not-encoded")
    _must(scheme.security is not Security.NONE or _is_this_machine(host), "not-protected")
    return MailServer(host, port or scheme.port, scheme.security, user, password, folder or "INBOX")


def _parted(text: str) -> tuple[SplitResult, int | None]:
    try:
        parts = urlsplit(text)
        return parts, parts.port
    except ValueError:
        # Its words may hold a piece of the password.
        raise MailingFault("not-encoded") from None


def _is_this_machine(host: str) -> bool:
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


def _must(right: bool, fault: str) -> None:
    if not right:
        raise MailingFault(fault)
