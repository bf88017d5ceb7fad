"""Who listens where the assistant should: `declic check` and `declic status` ask."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

import httpx

from bot.channels.web.site import ALIVE
from bot.settings.web import Listening

PATIENCE: Final = 3.0
"""Seconds."""
ANYWHERE: Final = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 - asked for there, never listened on here


class Standing(StrEnum):
    """How it looks from this machine."""

    LISTENS = "listens"
    NOBODY = "nobody"
    UNWELL = "unwell"
    """It listens, and its database does not answer."""
    OTHER = "other"
    """Another program has the port."""


async def probe(at: Listening) -> Standing:
    """Asks for its health."""
    there = Listening(ANYWHERE.get(at.host, at.host), at.port)
    try:
        async with httpx.AsyncClient(timeout=PATIENCE, trust_env=False) as client:
            answer = await client.get(f"http://{there}/healthz")
    except httpx.ConnectError:
        return Standing.NOBODY
    except httpx.HTTPError:
        return Standing.OTHER
    if answer.status_code == httpx.codes.SERVICE_UNAVAILABLE:
        return Standing.UNWELL
    return Standing.LISTENS if answer.text == ALIVE else Standing.OTHER
