"""Four questions in python-telegram-bot's ConversationHandler, to compare with: in memory, nothing is kept or sent."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Coroutine
from datetime import UTC, datetime
from typing import Any

from telegram import Chat, Message, Update, User
from telegram.ext import (
    ApplicationBuilder,
    BaseHandler,
    CallbackContext,
    ConversationHandler,
    MessageHandler,
    filters,
)

QUESTIONS = 4
SOMEBODY = User(1, "Camille", is_bot=False)
THEIR_CHAT = Chat(1, Chat.PRIVATE)

Context = CallbackContext[Any, Any, Any, Any]
Asks = Callable[[Update, Context], Coroutine[Any, Any, int]]


def conversation_handler() -> Callable[[str], Awaitable[object]]:
    """Takes a text in, the same conversation over and over."""
    application = ApplicationBuilder().token("1:bench").updater(None).build()
    states: dict[object, list[BaseHandler[Update, Context, object]]] = {
        number: [MessageHandler(filters.TEXT, _asker(number + 1))] for number in range(1, QUESTIONS)
    }
    handler: ConversationHandler[Context] = ConversationHandler(
        entry_points=[MessageHandler(filters.TEXT, _asker(1))],
        states={**states, QUESTIONS: [MessageHandler(filters.TEXT, _end)]},
        fallbacks=[],
    )

    async def hear(text: str) -> object:
        update = Update(1, Message(1, datetime.now(UTC), THEIR_CHAT, text=text, from_user=SOMEBODY))
        found = handler.check_update(update)
        assert found
        return await handler.handle_update(
            update, application, found, application.context_types.context.from_update(update, application)
        )

    return hear


def _asker(number: int) -> Asks:
    async def ask(update: Update, context: Context) -> int:
        assert update.message
        assert context.user_data is not None
        context.user_data[number] = update.message.text
        return number

    return ask


async def _end(_update: Update, context: Context) -> int:
    assert context.user_data is not None
    context.user_data.clear()
    return ConversationHandler.END
