"""A Dovecot of the tests' own: real IMAP and real mailboxes, on ports nobody uses, no trace left."""

from __future__ import annotations

import os
import random
import re
import smtplib
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from tests.fakes.mail.certificate import Certificate, make_certificate
from tests.fakes.mail.configuration import configure
from tests.fakes.mail.inspecting import logged_in, read_all
from tests.fakes.mail.programs import DovecotFailedError, Programs, find_programs, programs_for
from tests.memory import in_memory

HOST = "localhost"
PASSWORD = "craie blanche 42"
"""Of every user; with blanks, which IMAP has to quote."""
SOMEBODY = "somebody@elsewhere.test"
LONE_NEWLINE = re.compile(rb"(?<!\r)\n")
PORTS = range(20_000, 30_000)
"""Below those the system gives to clients: a stopped server finds its ports free again."""
SHARES = 16
"""Workers that tests run in, at most, so that each has ports of its own."""
TRIES = 5
NOT_NOW = range(400, 500)
"""Answers that ask to try again."""
WAITS = (0.0, 0.1, 0.4, 1.5)
"""Seconds before each try to deliver."""


@dataclass(slots=True)
class Dovecot:
    """A mail server; its users are whole addresses, and `name+tag@domain` reaches `name@domain`."""

    imap_port: int
    imaps_port: int
    tokens_port: int
    """Where it asks what a token is worth."""
    certificate: Certificate
    programs: Programs
    users: set[str] = field(default_factory=set)
    _server: subprocess.Popen[bytes] | None = None

    @property
    def running(self) -> bool:
        """False while it is stopped."""
        return self._server is not None

    @property
    def folder(self) -> Path:
        """Where everything is, the log too."""
        return self.programs.folder

    def add_user(self, address: str) -> str:
        """A new, empty mailbox, opened with PASSWORD; returns the address."""
        if address not in self.users:
            (self.folder / "users" / address).write_text(f"{address}:{{PLAIN}}{PASSWORD}::::::\n")
            self.users.add(address)
        return address

    def deliver(self, address: str, raw: bytes, *, sender: str = SOMEBODY) -> None:
        """Puts one message into a mailbox, as a mail server does; see `deliver_all`."""
        self.deliver_all(address, [raw], sender=sender)

    def deliver_all(self, address: str, messages: Iterable[bytes], *, sender: str = SOMEBODY) -> None:
        """In order, over one connection. Raises `smtplib.SMTPRecipientsRefused` when nobody has the address.

        Asked to wait, it tries again, as every mail server does; DovecotFailedError with its log when that is in vain.
        """
        with self.lmtp() as lmtp:
            for message in messages:
                self._hand_over(lmtp, sender, address, LONE_NEWLINE.sub(b"\r\n", message))

    def _hand_over(self, lmtp: smtplib.LMTP, sender: str, address: str, message: bytes) -> None:
        said = b""
        for wait in WAITS:
            time.sleep(wait)
            try:
                lmtp.sendmail(sender, [address], message)
            except (smtplib.SMTPRecipientsRefused, smtplib.SMTPDataError) as refused:
                code, said = _answer_in(refused, address)
                if code not in NOT_NOW:
                    raise
            else:
                return
        raise DovecotFailedError(f"{said!r} at every try\n{self.programs.log()}")

    def refusal(self, address: str) -> str | None:
        """How Dovecot refuses mail for an address, such as "550 5.1.1 ..."; None when it takes it."""
        with self.lmtp() as lmtp:
            lmtp.ehlo_or_helo_if_needed()
            lmtp.mail("")
            code, words = lmtp.rcpt(address)
        return None if code == 250 else f"{code} {words.decode()}"

    def lmtp(self) -> smtplib.LMTP:
        """The door for other mail servers; one recipient a message, or `smtplib` loses count of the answers."""
        return smtplib.LMTP(str(self.folder / "lmtp"), local_hostname=HOST)

    def fill(self, user: str, messages: Iterable[bytes]) -> None:
        """Thousands of messages at once, straight into the files of a mailbox; without what delivery adds."""
        inbox = self._inbox(user)
        for part in ("cur", "new", "tmp"):
            (inbox / part).mkdir(parents=True, exist_ok=True)
        first = sum(1 for _ in inbox.glob("[cn]*/*"))
        for number, message in enumerate(messages, first):
            (inbox / "new" / f"{1_700_000_000 + number}.{os.urandom(8).hex()}.{HOST}").write_bytes(message)
        self.programs.own(inbox.parent)

    def mailbox(self, user: str, folder: str = "INBOX") -> list[bytes]:
        """Every message of a folder, oldest first, marking none as read; none where the folder is missing."""
        with logged_in(self.imap_port, user, PASSWORD) as imap:
            return read_all(imap, folder)

    def empty(self, user: str) -> None:
        """Deletes every message of every folder."""
        self.programs.doveadm("expunge", "-u", user, "mailbox", "*", "all")

    def uidvalidity(self, user: str) -> int:
        """What clients are told when they select the INBOX."""
        with logged_in(self.imap_port, user, PASSWORD) as imap:
            imap.select(readonly=True)
            return int(imap.response("UIDVALIDITY")[1][0] or 0)

    def change_uidvalidity(self, user: str) -> None:
        """As after a lost index: another UIDVALIDITY, and the same messages numbered from 1. The server restarts."""
        with self.stopped():
            for file in self._inbox(user).glob("dovecot*"):
                # Without this one the new number would be the old one, when both are of the same second.
                if not file.name.startswith("dovecot-uidvalidity"):
                    file.unlink()

    def kick(self, user: str) -> None:
        """Cuts the IMAP connections of a user, as an operator does."""
        self.programs.doveadm("kick", user)

    def connections(self, user: str) -> int:
        """How many IMAP connections a user has open now."""
        return self.programs.doveadm("-f", "tab", "who", "-1", user).count(f"{user}\t")

    def start(self) -> None:
        """Listens when it returns. Raises DovecotFailedError with what Dovecot had against it."""
        self._server = self.programs.start()

    def stop(self) -> None:
        """Cuts connections and refuses new ones; nothing is left running when it returns."""
        if self._server:
            self.programs.stop(self._server)
            self._server = None

    def restart(self) -> None:
        """Stopped and started, on the same ports."""
        with self.stopped():
            pass

    @contextmanager
    def stopped(self) -> Iterator[None]:
        """Within, the server is down."""
        self.stop()
        try:
            yield
        finally:
            self.start()

    def _inbox(self, user: str) -> Path:
        return self.folder / "mail" / user / "Maildir"


@contextmanager
def running_dovecot() -> Iterator[Dovecot]:
    """A server in a folder of its own, without users; stopped and removed at the end."""
    find_programs()
    programs = programs_for(Path(tempfile.mkdtemp(prefix="declic-dovecot-", dir=in_memory())))
    with programs.kept():
        (programs.folder / "users").mkdir()
        dovecot = _started(programs, make_certificate(programs.folder))
        try:
            yield dovecot
        finally:
            dovecot.stop()


def _started(programs: Programs, certificate: Certificate, tries: int = TRIES) -> Dovecot:
    imap, imaps, tokens = free_ports(3)
    dovecot = Dovecot(imap, imaps, tokens, certificate, programs)
    configure(programs, (imap, imaps, tokens), certificate)
    programs.own(programs.folder)
    try:
        dovecot.start()
    except DovecotFailedError:
        # Somebody may have taken a port in between.
        if tries == 1:
            raise
        return _started(programs, certificate, tries - 1)
    return dovecot


def _answer_in(
    refused: smtplib.SMTPRecipientsRefused | smtplib.SMTPDataError, address: str
) -> tuple[int, bytes]:
    """Code and words of the server's refusal."""
    if isinstance(refused, smtplib.SMTPRecipientsRefused):
        return refused.recipients[address]
    return refused.smtp_code, refused.smtp_error if isinstance(refused.smtp_error, bytes) else b""


def free_ports(count: int) -> list[int]:
    """Ports that nobody listens on, and that no other worker of the same run takes."""
    worker = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
    ours = PORTS[worker % SHARES :: SHARES]
    return list(islice(filter(_is_free, random.sample(ours, len(ours))), count))


def _is_free(port: int) -> bool:
    with socket.socket() as tried:
        tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            tried.bind(("127.0.0.1", port))
        except OSError:
            return False
        return True
