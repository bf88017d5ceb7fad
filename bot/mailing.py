"""The mail servers that the assistant works with, as the settings name them."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path


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
