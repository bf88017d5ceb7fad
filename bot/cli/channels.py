"""The channels that are configured: what sends letters on each, and what brings messages in.

Each imports its own libraries as it opens, so that nobody pays for Telegram who has mail alone.
"""
# ruff: noqa: PLC0415 - see above

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Coroutine, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, replace
from typing import Any

from bot.assistant import Assistant
from bot.clock import Clock
from bot.compose import menu_of
from bot.sending import Sender
from bot.settings import Settings
from bot.turn import House
from storage.database import Database

Source = Coroutine[Any, Any, None]
"""Brings messages in until it is cancelled."""


@dataclass(frozen=True, slots=True)
class Tools:
    """What a channel works with."""

    house: House
    database: Database
    clock: Clock


@dataclass(frozen=True, slots=True)
class Channel:
    """A way in and a way out."""

    sender: Sender
    sources: Callable[[Assistant], Sequence[Source]]
    """Made last: who hears is made with the post, and the post with the senders."""


def is_any_configured(settings: Settings) -> bool:
    """Whether there is anything to run."""
    return any(is_configured(settings) for is_configured, _ in CHANNELS.values())


def not_configured(settings: Settings) -> tuple[str, ...]:
    """The channels that nobody serves."""
    return tuple(name for name, (is_configured, _) in CHANNELS.items() if not is_configured(settings))


@asynccontextmanager
async def opened(tools: Tools) -> AsyncIterator[Sequence[Channel]]:
    """Every configured channel; their lines close at the end."""
    async with AsyncExitStack() as lines:
        yield [
            await lines.enter_async_context(open_channel(tools))
            for is_configured, open_channel in CHANNELS.values()
            if is_configured(tools.house.settings)
        ]


@asynccontextmanager
async def _telegram(tools: Tools) -> AsyncIterator[Channel]:
    from bot.channels.telegram import Receiver, TelegramSender, open_bot

    house, settings = tools.house, tools.house.settings
    assert settings.telegram_token  # noqa: S101 - or this channel is not opened
    async with open_bot(settings.telegram_token.get_secret_value(), str(settings.telegram_api)) as bot:

        def sources(assistant: Assistant) -> Sequence[Source]:
            receiver = Receiver(bot, assistant, tools.database, tools.clock, house.wording, menu_of(house))
            return [receiver.run()]

        yield Channel(TelegramSender(bot), sources)


@asynccontextmanager
async def _mail(tools: Tools) -> AsyncIterator[Channel]:
    from bot.channels.mail.access import access_for
    from bot.channels.mail.fetch.mailbox import Watcher
    from bot.channels.mail.fetch.take import Taker
    from bot.channels.mail.fetch.watch import OutageWatch
    from bot.channels.mail.write import MailSender

    settings, wording = tools.house.settings, tools.house.wording
    assert settings.mailing  # noqa: S101 - or this channel is not opened
    mailing = replace(settings.mailing, public=settings.public_url)
    watch, access = OutageWatch(wording, tools.database, tools.clock), access_for(mailing)

    def sources(assistant: Assistant) -> Sequence[Source]:
        taker = Taker(mailing, assistant, tools.database, wording, tools.clock)
        watchers = (
            Watcher(mailing, server, taker, watch, tools.database, tools.clock, access=access)
            for server in mailing.mailboxes
        )
        return [watcher.run() for watcher in watchers]

    sender = MailSender(mailing, wording, tools.clock, watch, access=access)
    try:
        yield Channel(sender, sources)
    finally:
        await sender.close()


Opening = Callable[[Tools], AbstractAsyncContextManager[Channel]]
CHANNELS: Mapping[str, tuple[Callable[[Settings], bool], Opening]] = {
    "telegram": (lambda settings: settings.telegram_token is not None, _telegram),
    "mail": (lambda settings: settings.mailing is not None, _mail),
}
"""By name: whether it is configured, and how it is opened."""
