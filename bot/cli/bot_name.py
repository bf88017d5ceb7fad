"""The bot's own name on Telegram, which the links of invitations need."""
# ruff: noqa: PLC0415 - Telegram's library is only for those who have Telegram

from __future__ import annotations

import structlog

from bot.settings import Settings

log = structlog.get_logger()


async def with_bot_name(settings: Settings) -> Settings:
    """The settings with the name that Telegram tells, unless the operator has; without one where it does not answer."""
    if settings.telegram_token is None or settings.telegram_name:
        return settings
    from bot.channels.telegram.connect import NoAnswer, TokenUnknown, who_am_i

    try:
        name = await who_am_i(settings.telegram_token.get_secret_value(), str(settings.telegram_api))
    except (NoAnswer, TokenUnknown) as trouble:
        log.warning("bot-name-unknown", reason=type(trouble).__name__)
        return settings
    return settings.model_copy(update={"telegram_name": name})
