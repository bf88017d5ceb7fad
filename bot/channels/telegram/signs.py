"""What Telegram expects beside letters: a typing sign, answers to presses, choices shown. All may fail."""

from __future__ import annotations

from collections.abc import Awaitable
from html import escape

import structlog
from telegram import Bot, LinkPreviewOptions, MaybeInaccessibleMessage, Message
from telegram.constants import ChatAction, MessageLimit, ParseMode
from telegram.error import TelegramError

from bot.markup import units

log = structlog.get_logger()

NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
SOON = 5.0
"""Seconds: a sign that comes later is of no use."""


async def show_typing(bot: Bot, chat: str) -> None:
    """Says that a message has come in."""
    await _try("typing", bot.send_chat_action(int(chat), ChatAction.TYPING, read_timeout=SOON))


async def end_press(bot: Bot, press_id: str, notice: str | None = None) -> None:
    """Stops the button's spinner; the notice pops up for a moment."""
    await _try("press", bot.answer_callback_query(press_id, notice, read_timeout=SOON))


async def show_choice(bot: Bot, message: MaybeInaccessibleMessage, press: str) -> None:
    """Puts the choice into the message that it was taken from, in the place of the buttons."""
    text = _with_choice(message, press)
    if text is None:
        await take_buttons(bot, message)
    else:
        place = (message.chat.id, message.message_id)
        html = ParseMode.HTML
        edited = bot.edit_message_text(text, *place, parse_mode=html, link_preview_options=NO_PREVIEW)
        await _try("choice", edited)


async def take_buttons(bot: Bot, message: MaybeInaccessibleMessage) -> None:
    """Takes the buttons away, where there may still be some."""
    if not isinstance(message, Message) or message.reply_markup:
        await _try("buttons", bot.edit_message_reply_markup(message.chat.id, message.message_id))


def _with_choice(message: MaybeInaccessibleMessage, press: str) -> str | None:
    """The text with the label of the pressed button; None when either is unknown, or there is no room."""
    if not isinstance(message, Message) or not message.text or not message.reply_markup:
        return None
    buttons = (button for row in message.reply_markup.inline_keyboard for button in row)
    label = next((button.text for button in buttons if button.callback_data == press), None)
    if label is None or units(f"{message.text}\n\n➜ {label}") > MessageLimit.MAX_TEXT_LENGTH:
        return None
    return f"{message.text_html}\n\n➜ <b>{escape(label)}</b>"


async def _try(what: str, done: Awaitable[object]) -> None:
    """The message is taken in whatever happens here: a sign that fails is noted and forgotten."""
    try:
        await done
    except TelegramError as error:
        log.info("telegram-sign-failed", sign=what, error=type(error).__name__)
