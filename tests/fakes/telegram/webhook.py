"""The webhook: set, described, and delivered to."""

import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import aiohttp

from tests.fakes.telegram.errors import misuse

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"
_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}\Z")
_HERE = {"127.0.0.1", "localhost"}


@dataclass(slots=True)
class Webhook:
    """`url` is empty while there is none."""

    url: str = ""
    secret: str | None = None
    last_error: str | None = None

    def put(self, url: str, secret: str | None) -> None:
        """Telegram wants HTTPS; plain HTTP is let through for this machine only."""
        parts = urlsplit(url)
        if url and parts.scheme != "https" and parts.hostname not in _HERE:
            raise misuse("bad webhook: An HTTPS URL must be provided for webhook")
        if secret is not None and not _SECRET.match(secret):
            raise misuse("secret token contains unallowed characters")
        self.url, self.secret, self.last_error = url, secret, None

    def as_json(self, pending: int) -> dict[str, Any]:
        info = {"url": self.url, "has_custom_certificate": False, "pending_update_count": pending}
        return info | ({"last_error_message": self.last_error} if self.last_error else {})

    async def deliver(self, update: dict[str, Any], to: str | None, secret: str | None) -> int:
        """Posts one update and returns the HTTP status; `to` replaces scheme and host of the address."""
        address = self.url if to is None else to.rstrip("/") + urlsplit(self.url).path
        headers = {SECRET_HEADER: secret} if secret is not None else {}
        async with (
            aiohttp.ClientSession(headers=headers) as session,
            session.post(address, json=update) as answer,
        ):
            said = f"Wrong response from the webhook: {answer.status} {answer.reason}"
            self.last_error = None if answer.status < 300 else said
            return answer.status
