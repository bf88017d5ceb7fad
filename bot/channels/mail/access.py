"""Tokens that mail servers take in place of a password (OAuth 2, client credentials)."""

from __future__ import annotations

import asyncio
import re
import ssl
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from pathlib import Path
from typing import Final

import httpx

from bot.channels.mail.trust import trusting
from bot.mailing import Mailing, TokenIssuer

WITHIN: Final = 5.0
"""Seconds for a token; the deadlines for opening a line are longer."""
MARGIN: Final = 300.0
"""Seconds before its end from which a token is kept no more."""
UNSAID: Final = 600.0
"""Seconds that a token is good for when nobody says."""
LONGEST: Final = 86_400.0

TOKEN = re.compile(r"[!-~]+")
WORD = re.compile(r"[a-z_]{1,40}")
ENTRA_CODE = re.compile(r"AADSTS\d{1,12}")
"""Which of its errors Microsoft Entra means. What it says beside it names the tenant and the application."""
PASSING = (HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.TOO_MANY_REQUESTS)
FAILURES = (httpx.HTTPError, httpx.InvalidURL, OSError, ValueError, ImportError)
"""The last two: a proxy in the environment that is not understood."""


class NoToken(Exception):
    """There is nothing to sign in with. Its text says why; no secret in it."""


class TokenRefused(NoToken):
    """The token server does not take the application: mend the settings."""


class TokenServerFails(NoToken):
    """The token server is not reached, or gives no token for a reason that may pass."""


@dataclass(frozen=True, slots=True)
class Token:
    """What a mail server is shown."""

    text: str = field(repr=False)
    until: float
    """When it is kept no more, by the clock of whoever keeps it."""


class Access:
    """Keeps a token while it is good; who asks while one is on its way waits for that one."""

    def __init__(
        self,
        issuer: TokenIssuer,
        authorities: Path | None = None,
        *,
        now: Callable[[], float] = time.monotonic,
        within: float = WITHIN,
    ) -> None:
        """`authorities`: certificates to trust besides the system's. `now` and `within` are in seconds."""
        self._issuer, self._authorities = issuer, authorities
        self._now, self._within = now, within
        self._token = Token("", now())
        self._asking: asyncio.Task[Token] | None = None

    @property
    def kept(self) -> str:
        """A token that should be good; empty when there is none."""
        return self._token.text if self._now() < self._token.until else ""

    async def renewed(self, refused: str = "") -> str:
        """A token other than what a mail server refused: the kept one, or a new one. Raises NoToken."""
        if self.kept not in ("", refused):
            return self.kept
        if self._asking is None or self._asking.done():
            self._asking = asyncio.create_task(self._ask())
            # Who asked may be gone by then.
            self._asking.add_done_callback(lambda asked: asked.cancelled() or asked.exception())
        self._token = await asyncio.shield(self._asking)
        return self._token.text

    async def _ask(self) -> Token:
        began = self._now()
        try:
            async with asyncio.timeout(self._within):
                return _token_in(await self._post(), began)
        except TimeoutError as error:
            raise TokenServerFails(f"token server: no answer in {self._within:g} s") from error
        except FAILURES as error:
            raise TokenServerFails(f"token server: {_reason(error)}") from error

    async def _post(self) -> httpx.Response:
        form = {
            "grant_type": "client_credentials",
            "client_id": self._issuer.client_id,
            "client_secret": self._issuer.client_secret,
            "scope": self._issuer.scope,
        }
        trust = await asyncio.to_thread(trusting, self._authorities)
        # What goes to this machine without TLS must not pass through anybody's proxy.
        proxied = self._issuer.url.startswith("https:")
        async with httpx.AsyncClient(verify=trust, trust_env=proxied, timeout=2 * self._within) as client:
            return await client.post(self._issuer.url, data=form, headers={"Accept": "application/json"})


def access_for(mailing: Mailing) -> Access | None:
    """None when every server is signed in to with a password."""
    return Access(mailing.tokens, mailing.authorities) if mailing.tokens else None


def _token_in(answer: httpx.Response, began: float) -> Token:
    said = _said(answer)
    text = said.get("access_token")
    if answer.status_code == HTTPStatus.OK and isinstance(text, str) and TOKEN.fullmatch(text):
        seconds = _seconds(said.get("expires_in"))
        return Token(text, began + seconds - min(MARGIN, seconds / 2))
    if answer.is_client_error and answer.status_code not in PASSING:
        raise TokenRefused(f"token refused: {_error(answer, said)}")
    raise TokenServerFails(f"token server: {_error(answer, said)}")


def _said(answer: httpx.Response) -> Mapping[str, object]:
    try:
        said = answer.json()
    except ValueError:
        return {}
    return said if isinstance(said, dict) else {}


def _seconds(said: object) -> float:
    try:
        seconds = float(str(said))
    except ValueError:
        return UNSAID
    return min(seconds, LONGEST) if seconds > 0 else UNSAID


def _error(answer: httpx.Response, said: Mapping[str, object]) -> str:
    """Such as `invalid_client`, which the standard knows; else the status."""
    word = WORD.fullmatch(str(said.get("error", "")))
    code = ENTRA_CODE.search(str(said.get("error_description", "")))
    return " ".join(found[0] for found in (word, code) if found) or str(answer.status_code)


def _reason(error: BaseException) -> str:
    causes = tuple(causes_of(error))
    for cause in causes:
        if isinstance(cause, ssl.SSLCertVerificationError):
            return f"certificate refused, {cause.verify_message}"
    return next((str(cause) for cause in causes if isinstance(cause, OSError)), type(error).__name__)


def causes_of(error: BaseException | None) -> Iterator[BaseException]:
    """The error, and what it came of, back to the first."""
    while error:
        yield error
        error = error.__cause__ or error.__context__
