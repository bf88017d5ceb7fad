"""Letters to Telegram."""

from __future__ import annotations

import structlog
from httpx import ConnectError, ConnectTimeout, PoolTimeout
from telegram import Bot, InlineKeyboardMarkup
from telegram.constants import MessageLimit, ParseMode
from telegram.error import BadRequest, ChatMigrated, Forbidden, InvalidToken, RetryAfter, TelegramError

from bot.channels.telegram.keyboard import keyboard
from bot.channels.telegram.patience import asked_wait
from bot.channels.telegram.signs import NO_PREVIEW
from bot.channels.telegram.updates import CHANNEL
from bot.markup import split, to_plain, visible
from bot.messages import Letter
from bot.sending import AddressDead, LetterRefused, NotSent, TryLater

log = structlog.get_logger()

UNREACHED = (ConnectError, ConnectTimeout, PoolTimeout)
"""Telegram was never spoken to."""
NOBODY_THERE = ("chat not found", "user not found", "peer_id_invalid", "user is deactivated")


class TelegramSender:
    """Sends pages as Telegram HTML, the long ones in several messages with the buttons under the last."""

    name = CHANNEL
    rate: float | None = 28.0

    def __init__(self, bot: Bot) -> None:
        self._bot = bot
        self._parts_sent: dict[int, int] = {}

    async def send(self, letter: Letter) -> str:
        """The id of the (last) message. When a later part fails, the next try goes on from that part."""
        parts = _parts(letter.page.html)
        last = len(parts) - 1
        try:
            for at in range(self._parts_sent.get(letter.id, 0), last):
                await self._send_part(letter, parts[at], None)
                self._parts_sent[letter.id] = at + 1
            remote_id = await self._send_part(letter, parts[last], keyboard(letter.page.buttons))
        except TelegramError as error:
            raise trouble_of(error) from error
        self._parts_sent.pop(letter.id, None)
        return remote_id

    async def _send_part(self, letter: Letter, html: str, buttons: InlineKeyboardMarkup | None) -> str:
        try:
            return await self._send_message(letter.address, html, buttons, ParseMode.HTML)
        except BadRequest as error:
            if "can't parse" not in error.message.lower():
                raise
            log.error("telegram-cannot-parse", letter=letter.id)
            return await self._send_message(letter.address, to_plain(html), buttons, None)

    async def _send_message(
        self, chat: str, text: str, buttons: InlineKeyboardMarkup | None, mode: ParseMode | None
    ) -> str:
        sent = await self._bot.send_message(
            int(chat), text, parse_mode=mode, reply_markup=buttons, link_preview_options=NO_PREVIEW
        )
        return str(sent.message_id)


def _parts(html: str) -> list[str]:
    """Messages that Telegram takes; a part of spaces alone would be refused, and shows nothing anyway."""
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
