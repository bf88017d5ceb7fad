"""The settings of the web: where the assistant is reached from outside, and where it listens."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Annotated, Final

from pydantic import BeforeValidator
from pydantic_settings import BaseSettings, NoDecode

from bot.settings.unfit import Unfit

HTTPS: Final = "https://"
PUBLIC: Final = re.compile(r"https://[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*(?::\d{1,5})?(?:/[A-Za-z0-9._~-]+)*")
"""In ASCII, since it travels in the headings of mails; nobody's name, no question, nothing behind a #."""
LONGEST: Final = 200
LISTEN: Final = re.compile(r"(?:(?P<host>[A-Za-z0-9.-]+)|\[(?P<six>[0-9A-Fa-f:.]+)\]):(?P<port>\d{1,5})")
HIGHEST_PORT: Final = 65_535


@dataclass(frozen=True, slots=True)
class Listening:
    """Where pages are served: plain HTTP, for a reverse proxy on the way."""

    host: str = "127.0.0.1"
    port: int = 8080
    """0: any that is free."""

    def __str__(self) -> str:
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"


def _public(given: object) -> object:
    """An https address without the slash at its end."""
    if not isinstance(given, str):
        return given
    address = given.strip().rstrip("/")
    if not address.lower().startswith(HTTPS):
        raise Unfit("not-https")
    if not PUBLIC.fullmatch(address) or len(address) > LONGEST:
        raise Unfit("public-address")
    return address


def _listening(given: object) -> object:
    """The host and the port in `127.0.0.1:8080` or `[::1]:8080`."""
    if not isinstance(given, str):
        return given
    found = LISTEN.fullmatch(given.strip())
    if not found or int(found["port"]) > HIGHEST_PORT:
        raise Unfit("listen")
    return Listening(found["host"] or found["six"], int(found["port"]))


class WebSettings(BaseSettings):
    """What the operator decides of the web; with neither setting, there is none."""

    public_url: Annotated[str | None, BeforeValidator(_public)] = None
    """Where the assistant is reached from outside, `https://...`; None: letters have no link to it."""
    listen: Annotated[Listening | None, NoDecode, BeforeValidator(_listening)] = None

    @property
    def listening(self) -> Listening | None:
        """Where pages are served; None: nowhere."""
        return self.listen or (Listening() if self.public_url else None)
