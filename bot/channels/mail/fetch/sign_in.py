"""Signing in to an IMAP server: with a password, or with a token (SASL XOAUTH2)."""

from __future__ import annotations

from base64 import b64encode
from collections import deque
from typing import Any

from aioimaplib import Command, quoted

from bot.channels.mail.access import Access, NoToken, TokenRefused
from bot.channels.mail.fetch.answers import code_in
from bot.channels.mail.fetch.line import ImapLine, ImapLost, Refused, SignInRefused
from bot.mailing import MailServer

PASSING = ("UNAVAILABLE", "INUSE", "LIMIT", "SERVERBUG")
"""Codes of a refused sign-in that say nothing of the password (RFC 5530, RFC 9051)."""


async def sign_in(line: ImapLine, server: MailServer, access: Access | None) -> None:
    """With a token where the server has no password. Raises ImapLost, SignInRefused."""
    if server.by_token:
        response = await _by_token(line, server.user, access)
        _taken("XOAUTH2", response)
    else:
        _taken("LOGIN", await line.ask("LOGIN", _login(line, server)))


async def _by_token(line: ImapLine, user: str, access: Access | None) -> Any:
    """One that was kept may have been withdrawn: then a new one is shown, once."""
    if access is None:
        raise SignInRefused("no password, and nobody who gives tokens")
    kept = access.kept
    response = await _show(line, user, kept or await _new(access))
    if kept and _is_refused(response):
        response = await _show(line, user, await _new(access, refused=kept))
    return response


async def _new(access: Access, refused: str = "") -> str:
    try:
        return await access.renewed(refused)
    except NoToken as error:
        kind = SignInRefused if isinstance(error, TokenRefused) else ImapLost
        raise kind(str(error)) from error


async def _show(line: ImapLine, user: str, token: str) -> Any:
    proof = b64encode(f"user={user}\1auth=Bearer {token}\1\1".encode()).decode()
    at_once = "SASL-IR" in {name.upper() for name in line.capabilities}
    command = _Shown(line.protocol, [proof] if at_once else [], [] if at_once else [proof])
    return await line.ask("XOAUTH2", _authenticate(line, command, proof))


async def _authenticate(line: ImapLine, command: Command, proof: str) -> Any:
    response = await line.protocol.execute(command, scrub=proof)
    line.protocol.state = "AUTH" if response.result == "OK" else line.protocol.state
    return response


class _Shown(Command):  # type: ignore[misc]
    """Answers a server that asks, which the library leaves waiting.

    It may ask for what is shown; one that refuses tells why, and wants an empty line before it says NO.
    """

    def __init__(self, protocol: Any, arguments: list[str], answers: list[str]) -> None:
        super().__init__("AUTHENTICATE", protocol.new_tag(), "XOAUTH2", *arguments, loop=protocol.loop)
        self._protocol, self._answers = protocol, deque(answers)

    def append_to_resp(self, line: bytes, result: str = "Pending") -> None:
        super().append_to_resp(line, result)
        if result == "Pending" and line.startswith(b"+"):
            answer = self._answers.popleft() if self._answers else ""
            self._protocol.transport.write(f"{answer}\r\n".encode())


async def _login(line: ImapLine, server: MailServer) -> Any:
    protocol, user, password = line.protocol, server.user, server.password
    if f"{user}{password}".isascii() or "AUTH=PLAIN" not in line.capabilities:
        return await protocol.login(quoted(user), password)
    proof = b64encode(f"\0{user}\0{password}".encode()).decode()
    return await _authenticate(line, line.command("AUTHENTICATE", "PLAIN", proof), proof)


def _taken(what: str, response: Any) -> None:
    if response.result != "OK":
        kind = SignInRefused if _is_refused(response) else Refused
        raise kind(f"{response.result} to {what} {code_in(response.lines[-1])}".rstrip())


def _is_refused(response: Any) -> bool:
    """For good: not for some passing trouble of the server's."""
    return response.result == "NO" and code_in(response.lines[-1]) not in PASSING
