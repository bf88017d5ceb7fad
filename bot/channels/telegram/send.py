"""Letters to Telegram."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace

import structlog
from httpx import ConnectError, ConnectTimeout, PoolTimeout
from telegram import Bot, Message
from telegram.constants import MessageLimit, ParseMode
from telegram.error import BadRequest, ChatMigrated, Forbidden, InvalidToken, RetryAfter, TelegramError

from bot.channels.telegram.keyboard import keyboard
from bot.channels.telegram.patience import asked_wait
from bot.channels.telegram.signs import NO_PREVIEW
from bot.channels.telegram.updates import CHANNEL
from bot.markup import split, to_plain, units, visible
from bot.messages import Button, File, Letter, Page
from bot.sending import TELEGRAM_RATE, AddressDead, LetterRefused, NotSent, TryLater

log = structlog.get_logger()

PICTURES = ("image/png", "image/jpeg")
NO_PICTURE = ("image_process", "photo_invalid")
UNREACHED = (ConnectError, ConnectTimeout, PoolTimeout)
"""Telegram was never spoken to."""
FINAL = (AddressDead, LetterRefused)
"""After these the letter is not sent to this chat again."""
NOBODY_THERE = ("chat not found", "user not found", "peer_id_invalid", "user is deactivated")


class TelegramSender:
    """Sends pages as Telegram HTML, the long ones in several messages with the buttons under the last."""

    name = CHANNEL
    rate: float | None = TELEGRAM_RATE

    def __init__(self, bot: Bot) -> None:
        self._bot = bot
        self._left: dict[tuple[int, str], list[str]] = {}
        """By letter and chat, the messages that have left: a letter may be sent to another chat after this one."""

    async def send(self, letter: Letter) -> str:
        """The id of the message with the buttons. When a later part fails, the next try goes on from that part."""
        parts, this = parts_of(letter.page), (letter.id, letter.address)
        left = self._left.setdefault(this, [])
        try:
            for part in parts[len(left) :]:
                left.append(await self._send_part(letter, part))
        except TelegramError as error:
            trouble = trouble_of(error)
            if isinstance(trouble, FINAL):
                self._left.pop(this)
            raise trouble from error
        self._left.pop(this)
        return next(id_ for id_, part in zip(left, parts, strict=True) if part.answered)

    async def _send_part(self, letter: Letter, part: Part) -> str:
        send = self._send_file if part.file else self._send_message
        try:
            return await send(letter.address, part, ParseMode.HTML)
        except BadRequest as error:
            if "can't parse" not in error.message.lower():
                raise
            log.error("telegram-cannot-parse", letter=letter.id)
            return await send(letter.address, replace(part, html=to_plain(part.html)), None)

    async def _send_message(self, chat: str, part: Part, mode: ParseMode | None) -> str:
        sent = await self._bot.send_message(
            int(chat),
            part.html,
            parse_mode=mode,
            reply_markup=keyboard(part.buttons),
            link_preview_options=NO_PREVIEW,
        )
        return str(sent.message_id)

    async def _send_file(self, chat: str, part: Part, mode: ParseMode | None) -> str:
        """A picture is shown as one; anything else, and a picture that Telegram does not take, is a document."""
        if part.file and part.file.media_type in PICTURES:
            try:
                return await self._send_as(self._bot.send_photo, chat, part, mode)
            except BadRequest as error:
                if not any(word in error.message.lower() for word in NO_PICTURE):
                    raise
        return await self._send_as(self._bot.send_document, chat, part, mode)

    async def _send_as(
        self, send: Callable[..., Awaitable[Message]], chat: str, part: Part, mode: ParseMode | None
    ) -> str:
        sent = await send(
            int(chat),
            part.file.content if part.file else b"",
            filename=part.file.name if part.file else None,
            caption=part.html or None,
            parse_mode=mode,
            reply_markup=keyboard(part.buttons),
        )
        return str(sent.message_id)


@dataclass(frozen=True, slots=True)
class Part:
    """One message of those that a page takes: a text, or a file and what stands below it."""

    html: str = ""
    buttons: tuple[Button, ...] = ()
    file: File | None = None
    answered: bool = False
    """Whether it is the one that stands for the letter: it has the buttons, and a reply to it is one to the letter."""


def parts_of(page: Page) -> list[Part]:
    """Messages that Telegram takes: a short text stands below the file, so that both leave or neither does."""
    if len(page.files) == 1 and units(visible(page.html)) <= MessageLimit.CAPTION_LENGTH:
        return [Part(page.html, page.buttons, page.files[0], answered=True)]
    *texts, last = _texts(page.html)
    files = (Part(file=file) for file in page.files)
    return [*map(Part, texts), Part(last, page.buttons, answered=True), *files]


def _texts(html: str) -> list[str]:
    """A part of spaces alone would be refused, and shows nothing anyway."""
    parts = split(html, MessageLimit.MAX_TEXT_LENGTH)
    return [part for part in parts if visible(part).strip()] or list(parts)


def trouble_of(error: TelegramError) -> Exception:
    """What the post should know: whom it concerns, and whether the letter may have left all the same."""
    if isinstance(error, RetryAfter):
        return TryLater(asked_wait(error))
    if isinstance(error, Forbidden | ChatMigrated) or _is_nobody_there(error):
        return AddressDead(error.message)
    if isinstance(error, BadRequest):
        return LetterRefused(error.message)
    if isinstance(error, InvalidToken) or isinstance(error.__cause__, UNREACHED):
        return NotSent(type(error).__name__)
    return error


def _is_nobody_there(error: TelegramError) -> bool:
    return isinstance(error, BadRequest) and any(words in error.message.lower() for words in NOBODY_THERE)
