"""A fake Telegram, a bot that speaks to it, somebody who listens, and letters to send."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime, timedelta

import pytest
from telegram import Bot

from bot.channels.telegram.receive import Receiver
from bot.compose import furnish
from bot.knowledge import Knowledge
from bot.messages import Button, Lane, Letter, Page
from bot.render import Wording
from bot.settings import load_settings
from bot.turn import House
from handlers import ABILITIES, demo
from storage.database import Database, open_database
from tests import stage
from tests.bot.channels.listener import Listener
from tests.bot.channels.terminals import Terminal
from tests.fakes.conftest import bot_for
from tests.fakes.telegram import FakeTelegram, Person


class PatientClock:
    """Its waits take no time at all, and are remembered."""

    def __init__(self) -> None:
        self.time = datetime(2026, 10, 12, 13, 30, tzinfo=UTC)
        self.waits: list[float] = []

    def now(self) -> datetime:
        return self.time

    async def sleep(self, seconds: float) -> None:
        self.waits.append(seconds)
        self.time += timedelta(seconds=seconds)


def letter(address: str, html: str, *labels: str, ticket_id: int | None = None, number: int = 7) -> Letter:
    """A reply on its way, with a button for each label."""
    buttons = tuple(Button(label, f"talk:question:{at}") for at, label in enumerate(labels))
    now = datetime(2026, 10, 12, 13, 30, tzinfo=UTC)
    return Letter(
        id=number,
        channel="",
        address=address,
        page=Page(html, buttons),
        lane=Lane.ANSWER,
        strict=False,
        worker="w",
        attempt=1,
        at=now,
        lease_until=now,
        ticket_id=ticket_id,
    )


@pytest.fixture(autouse=True)
def _durations_as_timedelta(monkeypatch: pytest.MonkeyPatch) -> None:
    """As open_bot sets it: python-telegram-bot warns of its old way, numbers of seconds."""
    monkeypatch.setenv("PTB_TIMEDELTA", "1")


@pytest.fixture
def clock() -> PatientClock:
    return PatientClock()


@pytest.fixture
async def telegram(clock: PatientClock) -> AsyncIterator[FakeTelegram]:
    async with FakeTelegram(clock=clock.now, patience=timedelta(seconds=30)) as telegram:
        yield telegram


@pytest.fixture
async def bot(telegram: FakeTelegram) -> AsyncIterator[Bot]:
    async with bot_for(telegram) as bot:
        yield bot


@pytest.fixture
def camille(telegram: FakeTelegram) -> Person:
    return telegram.person(42, "Camille")


@pytest.fixture
def listener() -> Listener:
    return Listener()


@pytest.fixture
async def database(sqlite_url: str) -> AsyncIterator[Database]:
    database = open_database(sqlite_url)
    yield database
    await database.close()


@pytest.fixture(scope="session")
def house() -> House:
    return furnish(load_settings(demo.demo_settings()), ABILITIES)


@pytest.fixture
def knowledge(database: Database, clock: PatientClock) -> Knowledge:
    stage.library().edition().read(
        "bonjour"
    )  # before anybody waits: cold it takes longer than their patience
    return stage.knowledge(database, clock)


@pytest.fixture
def terminal(database: Database, house: House, knowledge: Knowledge, clock: PatientClock) -> Terminal:
    return Terminal(database, house, knowledge, clock)


@pytest.fixture
def receiver(bot: Bot, listener: Listener, database: Database, clock: PatientClock) -> Receiver:
    menu = {"fr": [("declarer", "Déclarer")], "en": [("declare", "Declare")]}
    return Receiver(bot, listener, database, clock, Wording({}, UTC), menu, finish=timedelta(0))


@asynccontextmanager
async def running(receiver: Receiver) -> AsyncIterator[None]:
    """The receiver at work, until the end of the block."""
    task = asyncio.create_task(receiver.run())
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
