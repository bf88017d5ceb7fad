"""Files that come by Telegram: which of them are fetched, and how."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass

import structlog
from telegram import Bot, Message, PhotoSize
from telegram.error import BadRequest, TelegramError

from bot.attachments import LARGEST, is_of_use
from bot.clock import Clock
from bot.messages import File

log = structlog.get_logger()

SECONDS = 15.0
"""How long one try may take; the chat of whoever sent it waits meanwhile, and no other one."""
TRIES = 3
PAUSE = 1.0
"""Seconds between two tries."""
PHOTO, PHOTO_TYPE = "photo.jpg", "image/jpeg"
"""Photos have no name, and are always that."""


@dataclass(frozen=True, slots=True)
class Sent:
    """A document or a photo, as the message that brings it tells."""

    id: str
    name: str
    media_type: str
    size: int
    """Bytes; 0 where Telegram does not say."""


def sent_in(message: Message) -> Sent | None:
    """The document or photo of a message, if it is one that is looked at; of a photo the largest size that may be."""
    document = message.document
    if document:
        name, media_type = document.file_name or "", document.mime_type or ""
        sent = Sent(document.file_id, name, media_type, document.file_size or 0)
        return sent if is_of_use(name, media_type) else None
    photo = _largest(message.photo)
    return Sent(photo.file_id, PHOTO, PHOTO_TYPE, photo.file_size or 0) if photo else None


def _largest(sizes: Iterable[PhotoSize]) -> PhotoSize | None:
    fitting = (one for one in sizes if (one.file_size or 0) <= LARGEST)
    return max(fitting, key=lambda one: one.width * one.height, default=None)


async def fetch(bot: Bot, sent: Sent, clock: Clock) -> File:
    """The file; empty where it is too large, or could not be had: then its sender is told so."""
    content = await _content(bot, sent, clock) if sent.size <= LARGEST else b""
    return File(sent.name, sent.media_type, content)


async def _content(bot: Bot, sent: Sent, clock: Clock) -> bytes:
    for _ in range(TRIES):
        try:
            async with asyncio.timeout(SECONDS):
                return await _download(bot, sent)
        except (TelegramError, TimeoutError) as error:
            log.warning("telegram-file-not-fetched", error=type(error).__name__)
            if isinstance(error, BadRequest):
                break
        await clock.sleep(PAUSE)
    return b""


async def _download(bot: Bot, sent: Sent) -> bytes:
    file = await bot.get_file(sent.id)
    if (file.file_size or 0) > LARGEST:
        return b""
    return bytes(await file.download_as_bytearray())
