"""A fake Telegram and a real python-telegram-bot that speaks to it."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest
from telegram import Bot, Message, Update
from telegram.request import HTTPXRequest

from tests.fakes.telegram import FakeTelegram, Person

ANOTHER_SECOND = timedelta(seconds=1)


class Clock:
    """Stands still until it is moved."""

    def __init__(self) -> None:
        self.time = datetime(2026, 10, 12, 13, 30, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.time


def bot_for(telegram: FakeTelegram) -> Bot:
    """A bot with its own connections; without TLS, whose set-up takes most of a test's time."""
    requests = [HTTPXRequest(httpx_kwargs={"verify": False}) for _ in range(2)]
    return Bot(
        telegram.token,
        base_url=telegram.base_url,
        base_file_url=telegram.base_file_url,
        request=requests[0],
        get_updates_request=requests[1],
    )


async def newest(bot: Bot) -> Update:
    return (await bot.get_updates(offset=-1))[0]


async def newest_message(bot: Bot) -> Message:
    message = (await newest(bot)).message
    assert message
    return message


@pytest.fixture(autouse=True)
def _durations_as_timedelta(monkeypatch: pytest.MonkeyPatch) -> None:
    """python-telegram-bot warns of its old way, numbers of seconds, until it is told to take the new one."""
    monkeypatch.setenv("PTB_TIMEDELTA", "1")


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def telegram(clock: Clock) -> AsyncIterator[FakeTelegram]:
    async with FakeTelegram(clock=clock, patience=timedelta(milliseconds=300)) as telegram:
        yield telegram


@pytest.fixture
async def bot(telegram: FakeTelegram) -> AsyncIterator[Bot]:
    async with bot_for(telegram) as bot:
        yield bot


@pytest.fixture
def camille(telegram: FakeTelegram) -> Person:
    return telegram.person(42, "Camille")
