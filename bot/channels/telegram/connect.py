"""The line to Telegram."""

from __future__ import annotations

import asyncio
import logging
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from telegram import Bot
from telegram.error import InvalidToken, TelegramError
from telegram.request import HTTPXRequest

POLL_SECONDS = 25
"""How long Telegram keeps an empty poll open; what stands between may cut lines that are silent for 30 s."""

TOLD_TOO_MUCH = ("httpx", "telegram")
"""Loggers that write the token (it is part of the address) or what people wrote, below WARNING."""

ANSWER_SECONDS = 10
"""How long Telegram may take to say who the bot is."""


class TokenUnknown(Exception):
    """Telegram knows no bot by this token: take the one that BotFather gave."""


class NoAnswer(Exception):
    """Nothing that speaks like Telegram answers: mend the line, or the address."""


async def who_am_i(token: str, api: str) -> str:
    """The name of the bot with this token; TokenUnknown or NoAnswer when there is none to be had."""
    async with open_bot(token, api) as bot:
        try:
            me = await asyncio.wait_for(bot.get_me(), ANSWER_SECONDS)
        except InvalidToken as error:
            raise TokenUnknown from error
        except (TelegramError, TimeoutError) as error:
            raise NoAnswer(type(error).__name__) from error
    return me.username or me.first_name


@asynccontextmanager
async def open_bot(token: str, api: str) -> AsyncIterator[Bot]:
    """A bot whose connections close at the end. Nothing is sent yet. `api`: the address before the token."""
    os.environ.setdefault("PTB_TIMEDELTA", "1")  # durations as timedelta, the library's way to come
    for name in TOLD_TOO_MUCH:
        logging.getLogger(name).setLevel(logging.WARNING)
    calls = _request(connections=64, read=8)
    polls = _request(connections=2, read=10)
    try:
        yield Bot(token, base_url=api, base_file_url=_files_of(api), request=calls, get_updates_request=polls)
    finally:
        await asyncio.gather(calls.shutdown(), polls.shutdown())


def _files_of(api: str) -> str:
    """Where files are fetched, beside the address that calls go to: `…/bot` and `…/file/bot`."""
    return f"{api.removesuffix('/bot')}/file/bot"


def _request(*, connections: int, read: float) -> HTTPXRequest:
    """Timeouts in seconds: together less than the post gives one try. A poll adds its waiting to `read`."""
    return HTTPXRequest(
        connection_pool_size=connections,
        connect_timeout=4,
        read_timeout=read,
        write_timeout=4,
        media_write_timeout=6,
        pool_timeout=3,
    )
