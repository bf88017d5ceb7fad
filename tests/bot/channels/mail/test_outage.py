"""A line that is down: the operators are told once, elsewhere than by mail, and once when it is back."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Never

import pytest

from bot.channels.mail.fetch.watch import OutageWatch
from storage import addresses, outages
from storage.database import Database, DatabaseDown
from tests.bot.channels.mail.post_room import OPERATOR, MailRoom

LINE = "declic@imap.exemple.test:993/INBOX"
MINUTE = timedelta(minutes=1)


@pytest.fixture
async def room(database_url: str) -> AsyncIterator[MailRoom]:
    async with MailRoom(database_url) as room:
        yield room


def watch(room: MailRoom, database: Database | None = None) -> OutageWatch:
    return OutageWatch(room.house.wording, database or room.database, room.clock)


async def read(room: MailRoom) -> str:
    await room.post.drain()
    return room.reads("operator", "terminal")


async def test_ten_minutes_are_told_once_and_the_return_once(room: MailRoom) -> None:
    one, other = watch(room), watch(room)
    for _ in range(10):
        await one.failed(LINE, "ConnectionRefusedError")
        await other.failed(LINE, "ConnectionRefusedError")
        assert await read(room) == ""
        room.tick(MINUTE)
    for _ in range(2):
        await one.failed(LINE, "TimeoutError")
        await other.failed(LINE, "TimeoutError")
    told = await read(room)
    assert told.count(f"ne passe plus par {LINE} depuis 10 minutes") == 1
    assert "Raison\xa0: TimeoutError" in told
    room.tick(MINUTE * 180)
    await one.works(LINE)
    await other.works(LINE)
    assert (await read(room)).count("après une panne de 3 heures") == 1


async def test_a_short_outage_is_nobodys_business(room: MailRoom) -> None:
    watching = watch(room)
    for _ in range(3):
        await watching.failed(LINE, "TimeoutError")
        room.tick(9 * MINUTE)
        await watching.works(LINE)
        room.tick(5 * MINUTE)
    assert await read(room) == ""
    assert await room.asks(outages.standing) == ()


async def test_a_restart_forgets_no_outage(room: MailRoom) -> None:
    await watch(room).failed(LINE, "TimeoutError")
    room.tick(11 * MINUTE)
    await watch(room).failed(LINE, "TimeoutError")
    assert "11 minutes" in await read(room)
    await watch(room).failed(LINE, "TimeoutError")
    await watch(room).works(LINE)
    assert "passe de nouveau" in await read(room)


async def test_lines_are_told_apart(room: MailRoom) -> None:
    watching = watch(room)
    await watching.failed(LINE, "TimeoutError")
    await watching.works("smtp")
    room.tick(10 * MINUTE)
    await watching.failed("smtp", "TimeoutError")
    assert await read(room) == ""
    assert [one.line for one in await room.asks(outages.standing)] == [LINE, "smtp"]


async def test_somebody_who_has_only_mail_is_told_by_mail(room: MailRoom) -> None:
    await room.database.write(
        lambda tx: addresses.mark_dead(tx, "terminal", "operator", "x", room.clock.now())
    )
    await watch(room).failed(LINE, "TimeoutError")
    room.tick(10 * MINUTE)
    await watch(room).failed(LINE, "TimeoutError")
    await room.post.drain()
    assert "ne passe plus" in room.reads(OPERATOR)


async def test_another_channel_than_mail_is_taken_even_when_mail_is_newer(room: MailRoom) -> None:
    await watch(room).failed(LINE, "TimeoutError")
    room.tick(10 * MINUTE)
    await watch(room).failed(LINE, "TimeoutError")
    assert "ne passe plus" in await read(room)
    assert room.reads(OPERATOR) == ""


async def test_what_is_configured_no_more_is_not_out_of_order_for_ever(room: MailRoom) -> None:
    watching = watch(room)
    for line in (LINE, "old", "smtp"):
        await watching.failed(line, "TimeoutError")
    await room.database.write(lambda tx: outages.keep_only(tx, (LINE, "smtp")))
    assert [one.line for one in await room.asks(outages.standing)] == [LINE, "smtp"]
    await room.database.write(lambda tx: outages.keep_only(tx, ()))
    assert await room.asks(outages.standing) == ()


class Down:
    """A database that does not answer."""

    async def write(self, _work: object) -> Never:
        raise DatabaseDown

    async def read(self, _work: object) -> Never:
        raise DatabaseDown

    async def close(self) -> None:
        """There is nothing to close."""


async def test_a_database_that_is_down_stops_no_line(room: MailRoom) -> None:
    watching = watch(room, Down())
    await watching.failed(LINE, "TimeoutError")
    await watching.works(LINE)
