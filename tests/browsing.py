"""The real pages of the web on a free port, and a real browser's requests for them."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager

import httpx

from bot.channels.web.serving import served
from bot.cli.channels import Tools
from bot.cli.web import site_of
from bot.clock import Clock
from bot.markup import to_plain
from bot.settings.web import Listening
from storage.database import Database
from tests.stage import Stage, furnished

FREE = Listening(port=0)
ONE_CLICK = {"List-Unsubscribe": "One-Click"}
"""What mail programs send."""


@asynccontextmanager
async def browsing(database: Database, clock: Clock) -> AsyncIterator[httpx.AsyncClient]:
    """Asks the pages of the tests' house."""
    site = site_of(Tools(furnished(), database, clock))
    async with (
        served(site, FREE) as port,
        httpx.AsyncClient(base_url=f"http://{FREE.host}:{port}", trust_env=False) as client,
    ):
        yield client


def browsing_on(stage: Stage) -> AbstractAsyncContextManager[httpx.AsyncClient]:
    """Beside an assistant on the stage."""
    return browsing(stage.database, stage.clock)


def read(page: httpx.Response) -> str:
    """A page as one reads it: title, words and button, one a line."""
    parts = re.findall(r"<(h1|p|button)[^>]*>(.*?)</\1>", page.text, re.DOTALL)
    said = (to_plain(re.sub(r"<br>\n?", "\n", words)) for _, words in parts)
    return "\n".join(said).replace("\N{NO-BREAK SPACE}", " ")
