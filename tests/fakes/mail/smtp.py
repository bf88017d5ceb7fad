"""An SMTP server that hands what it takes to Dovecot, and can be told what goes wrong next."""

from __future__ import annotations

import asyncio
import smtplib
from base64 import b64decode
from collections import defaultdict, deque
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Literal

from aiosmtpd.smtp import SMTP, AuthResult, LoginPassword, Session
from aiosmtpd.smtp import Envelope as Request

from tests.fakes.mail.dovecot import HOST, Dovecot

Security = Literal["none", "starttls", "tls"]
Step = Literal["MAIL", "RCPT", "DATA"]
TAKEN = "250 2.0.0 Taken"
LOGIN_WANTED = "530 5.7.0 Authentication required"
REFUSED = '{"status":"401","schemes":"bearer","scope":"https://mail.test/"}'
NO_MAILBOXES = "451 4.3.0 The mailboxes are out of reach"
DEFAULT_SIZE, LONGEST_AUTH = 32 * 2**20, 12288
PATIENCE = 60.0
"""Seconds."""


@dataclass(frozen=True, slots=True)
class Envelope:
    """A message that was delivered."""

    mail_from: str
    """Empty for a bounce."""
    rcpt_tos: tuple[str, ...]
    content: bytes
    login: str | None
    """Whose password was given."""


@dataclass(frozen=True, slots=True)
class Trouble:
    """What happens in place of an ordinary answer: another answer, or what makes that there is none."""

    answer: str | None = None
    cut: bool = False
    delivered: bool = False
    """Whether the message reaches its mailbox all the same."""


@dataclass
class SmtpServer:
    """A running server; with accounts, it wants one of them before any mail."""

    dovecot: Dovecot
    security: Security
    accounts: Mapping[str, str]
    """Passwords by login; may grow."""
    port: int = 0
    envelopes: list[Envelope] = field(default_factory=list)
    """What was taken, in order."""
    connections: int = 0
    """How many there were, in all."""
    opens: Callable[[str, str], bool] = lambda _user, _token: False
    """Whether a token opens an account."""
    _troubles: dict[Step, deque[Trouble]] = field(default_factory=lambda: defaultdict(deque))
    _logins: deque[str] = field(default_factory=deque)
    _clients: list[SMTP] = field(default_factory=list)
    _arrived: asyncio.Condition = field(default_factory=asyncio.Condition)

    def answer_next(self, answer: str, *, at: Step = "RCPT", delivered: bool = False, times: int = 1) -> None:
        """Such as "451 4.7.1 Try later"; a 421 ends the connection too. At DATA, once the message has come."""
        self._troubles[at] += [Trouble(answer, delivered=delivered)] * times

    def answer_next_login(self, answer: str, *, times: int = 1) -> None:
        """Such as "454 4.7.0 Temporary authentication failure", to a right login too."""
        self._logins += [answer] * times

    def drop_next(self, *, at: Step = "DATA", delivered: bool = False, times: int = 1) -> None:
        """Cuts the connection in place of an answer."""
        self._troubles[at] += [Trouble(cut=True, delivered=delivered)] * times

    def hang_next(self, *, at: Step = "DATA", delivered: bool = False, times: int = 1) -> None:
        """Says nothing more until the client leaves."""
        self._troubles[at] += [Trouble(delivered=delivered)] * times

    async def taken(self, count: int) -> list[Envelope]:
        """Waits until so many messages were taken in all, and returns them."""
        async with asyncio.timeout(PATIENCE), self._arrived:
            await self._arrived.wait_for(lambda: len(self.envelopes) >= count)
        return self.envelopes

    def cut(self) -> None:
        """Drops every client."""
        for client in self._clients:
            _abort(client)
        self._clients.clear()

    def _greet(self, size_limit: int) -> SMTP:
        self.connections += 1
        client = _Patient(
            _Door(self),
            data_size_limit=size_limit,
            hostname=HOST,
            tls_context=self.dovecot.certificate.for_server() if self.security == "starttls" else None,
            require_starttls=self.security == "starttls",
            auth_require_tls=self.security == "starttls",
            authenticator=self._authenticate,
            loop=asyncio.get_running_loop(),
        )
        client.command_size_limits["AUTH"] = LONGEST_AUTH
        client.line_length_limit = SMTP.line_length_limit
        self._clients.append(client)
        return client

    def _authenticate(
        self, client: SMTP, session: Session, request: Request, kind: str, given: Any
    ) -> AuthResult:
        if self._logins:
            return AuthResult(success=False, handled=False, message=self._logins.popleft())
        assert isinstance(given, LoginPassword)
        login = given.login.decode()
        right = self.accounts.get(login) == given.password.decode()
        return AuthResult(success=right, handled=False, auth_data=login if right else None)


class _Patient(SMTP):
    """Reads the long line with a token; its reader takes the limit that stands when it is made."""

    line_length_limit = LONGEST_AUTH


@dataclass(frozen=True, slots=True)
class _Door:
    """What aiosmtpd asks at each step of a message."""

    server: SmtpServer

    async def auth_XOAUTH2(self, client: SMTP, words: list[str]) -> AuthResult:  # noqa: N802 - aiosmtpd's names
        """One that is not good is told why first."""
        shown = b64decode(words[1]).decode().removeprefix("user=").removesuffix("\1\1")
        user, token = shown.split("\1auth=Bearer ")
        if self.server._logins:
            return AuthResult(success=False, handled=False, message=self.server._logins.popleft())
        right = self.server.opens(user, token)
        if not right:
            assert await client.challenge_auth(REFUSED) == b""
        return AuthResult(success=right, handled=False, auth_data=user if right else None)

    async def handle_MAIL(  # noqa: N802 - aiosmtpd's names
        self, client: SMTP, session: Session, request: Request, address: str, options: list[str]
    ) -> str:
        if self.server.accounts and not session.authenticated:
            return LOGIN_WANTED
        if trouble := self._trouble("MAIL"):
            return await _happen(client, trouble)
        request.mail_from = address
        return TAKEN

    async def handle_RCPT(  # noqa: N802
        self, client: SMTP, session: Session, request: Request, address: str, options: list[str]
    ) -> str:
        if trouble := self._trouble("RCPT"):
            return await _happen(client, trouble)
        refusal = await _asked(partial(self.server.dovecot.refusal, address))
        if not refusal:
            request.rcpt_tos.append(address)
        return refusal or TAKEN

    async def handle_DATA(self, client: SMTP, session: Session, request: Request) -> str:  # noqa: N802
        trouble = self._trouble("DATA")
        if trouble and not trouble.delivered:
            return await _happen(client, trouble)
        refusal = await self._deliver(session, request)
        if trouble:
            return await _happen(client, trouble)
        return refusal or TAKEN

    async def _deliver(self, session: Session, request: Request) -> str | None:
        sender = (request.mail_from or "").removeprefix("<>")
        content = request.original_content or b""
        for address in request.rcpt_tos:
            deliver = partial(self.server.dovecot.deliver, address, content, sender=sender)
            if refusal := await _asked(deliver):
                return refusal
        login = session.auth_data if session.authenticated else None
        self.server.envelopes.append(Envelope(sender, tuple(request.rcpt_tos), content, login))
        async with self.server._arrived:
            self.server._arrived.notify_all()
        return None

    def _trouble(self, step: Step) -> Trouble | None:
        planned = self.server._troubles[step]
        return planned.popleft() if planned else None


async def _asked(question: Callable[[], str | None]) -> str | None:
    """What Dovecot, asked in a thread, has against a message."""
    try:
        return await asyncio.to_thread(question)
    except smtplib.SMTPRecipientsRefused as error:
        code, words = next(iter(error.recipients.values()))
        return f"{code} {words.decode()}"
    except smtplib.SMTPResponseException as error:
        return f"{error.smtp_code} {error.smtp_error!r}"
    except OSError:
        return NO_MAILBOXES


async def _happen(client: SMTP, trouble: Trouble) -> str:
    if trouble.cut:
        _abort(client)
    if trouble.answer is None:
        # aiosmtpd cancels this when the connection ends.
        await asyncio.Event().wait()
    assert trouble.answer
    if trouble.answer.startswith("421") and client.transport:
        client.loop.call_soon(client.transport.close)
    return trouble.answer


def _abort(client: SMTP) -> None:
    if isinstance(client.transport, asyncio.Transport):
        client.transport.abort()


@asynccontextmanager
async def running_smtp(
    dovecot: Dovecot,
    *,
    security: Security = "tls",
    accounts: Mapping[str, str] | None = None,
    size_limit: int = DEFAULT_SIZE,
) -> AsyncIterator[SmtpServer]:
    """A server on a free port, in the running loop; clients trust it by `dovecot.certificate`."""
    server = SmtpServer(dovecot, security, {} if accounts is None else accounts)
    listening = await asyncio.get_running_loop().create_server(
        lambda: server._greet(size_limit),
        "127.0.0.1",
        ssl=dovecot.certificate.for_server() if security == "tls" else None,
    )
    server.port = listening.sockets[0].getsockname()[1]
    try:
        yield server
    finally:
        listening.close()
        server.cut()
        await listening.wait_closed()
