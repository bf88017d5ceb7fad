"""The command with nothing configured, or for a small organisation, on Telegram or off it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TypeVar
from zoneinfo import ZoneInfo

import pytest

from storage.database import Transaction, open_database
from tests.bot.cli.declic import DEADLINE, Declic, Service
from tests.cast import seed
from tests.fakes.telegram import FakeTelegram, Person, Shown

T = TypeVar("T")

ORGANISATION = {
    "organisation": "Équipe fictive",
    "contact": "aide@exemple.invalid",
    "destination": "collector",
}


def today() -> date:
    """Where the organisation is: elsewhere another period may have begun."""
    return datetime.now(ZoneInfo("America/Toronto")).date()


class Organisation(Declic):
    """The command where the cast is the roster."""

    @property
    def url(self) -> str:
        return self.settings["database"]

    async def write(self, work: Callable[[Transaction], T]) -> T:
        """Changes the database past the command."""
        database = open_database(self.url)
        try:
            return await database.write(work)
        finally:
            await database.close()


@pytest.fixture
def declic(tmp_path: Path) -> Declic:
    """In an empty folder, with nothing configured."""
    return Declic(tmp_path)


@pytest.fixture
async def organisation(tmp_path: Path, sqlite_url: str) -> Organisation:
    """Configured, but on no channel."""
    made = Organisation(tmp_path, {**ORGANISATION, "database": sqlite_url})
    await made.write(lambda tx: seed(tx, datetime.now(UTC)))
    return made


@pytest.fixture
async def telegram() -> AsyncIterator[FakeTelegram]:
    async with FakeTelegram(patience=DEADLINE) as telegram:
        yield telegram


@pytest.fixture
def on_telegram(organisation: Organisation, telegram: FakeTelegram) -> Organisation:
    """Configured for Telegram."""
    settings = {"telegram_token": telegram.token, "telegram_api": telegram.base_url}
    return Organisation(organisation.folder, {**organisation.settings, **settings})


@pytest.fixture
def camille(telegram: FakeTelegram) -> Person:
    """The teacher of the cast."""
    return telegram.person(101, "Camille")


def read(message: Shown) -> str:
    """A message, as one types it."""
    return message.text.replace("\N{NO-BREAK SPACE}", " ")


async def hears(person: Person) -> str:
    """The next message that comes to somebody."""
    [message] = await person.hears()
    return read(message)


def assert_private(service: Service, telegram: FakeTelegram, *people: Person) -> None:
    """Every log is an event, and nothing in them is what somebody wrote, or secret."""
    assert [entry for entry in service.logs if {"event", "level", "timestamp"} - set(entry)] == []
    logs = str(service.logs)
    assert telegram.token.partition(":")[2] not in logs
    written = [message.text for person in people for message in person.chat if not message.from_bot]
    lines = [line.partition(" : ")[2] or line for text in written for line in text.splitlines()]
    assert [line for line in lines if len(line) > 4 and line in logs] == []
