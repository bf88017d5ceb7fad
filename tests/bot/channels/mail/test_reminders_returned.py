"""A reminder that came back, or that a channel refuses, takes the other way once; with none left somebody is told."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from bot.messages import Letter
from bot.post import Post
from bot.sending import AddressDead
from handlers.reminders.judging import judge_for
from storage import addresses, audiences, people
from storage.database import Transaction
from storage.tables import person, role
from tests.bot.channels.mail.post_room import CAMILLE, CAMILLE_AT_HOME, MailRoom, Postman
from tests.bot.channels.mail.test_bounces import HARD, SOFT, dsn
from tests.campaigning import act, by_hand, declares, id_of, ledger, letters
from tests.stage import Deliverer

TELEGRAM = "101"


class Refusing(Deliverer):
    """A chat channel on which everybody has blocked the assistant."""

    async def send(self, letter: Letter) -> str:
        raise AddressDead(f"blocked by {letter.address}")


class Room(MailRoom):
    """One that judges reminders."""

    blocked = False

    def _open(self) -> None:
        super()._open()
        chat = Refusing if self.blocked else Deliverer
        channels = [chat("telegram", self.mailboxes), Postman("mail", self.mailboxes)]
        self.post = Post(self.database, channels, self.clock, self.worker, judge=judge_for(self.house))

    def block(self) -> None:
        self.blocked = True
        chat = Refusing("telegram", self.mailboxes)
        channels = [chat, Postman("mail", self.mailboxes)]
        self.post = Post(self.database, channels, self.clock, self.worker, judge=judge_for(self.house))


@pytest.fixture
async def room(database_url: str) -> AsyncIterator[Room]:
    async with Room(database_url) as room:
        await act(room, lambda tx: _two_ways(tx, room))
        yield room


def _two_ways(tx: Transaction, room: Room) -> None:
    """Camille has one mail address and Telegram, and wants reminders by mail."""
    camille = id_of(tx, "camille")
    for one in people.addresses(tx, camille):
        if one.value not in (CAMILLE, TELEGRAM):
            addresses.mark_dead(tx, one.channel, one.value, "x", room.clock.now())
    tx.execute(update(person).where(person.c.id == camille).values(reminds_on="mail"))


async def left_by_mail(room: Room) -> str:
    """A reminder has left: its Message-ID."""
    await by_hand(room)
    await room.post.drain()
    return room.id_of(room.last_to(CAMILLE))


def on_telegram(room: Room) -> str:
    return room.person("camille", "telegram").reads()


async def mine(room: Room) -> list[tuple[str, str | None]]:
    return [entry[2:] for entry in await ledger(room, "camille")]


async def to_reach(room: Room) -> list[str | None]:
    """The list of people to reach, of all schools."""

    def read(tx: Transaction) -> list[str | None]:
        schools = tx.scalars(select(role.c.school_id).where(role.c.school_id.is_not(None)).distinct())
        return [one.name for one in audiences.who_without_address(tx, list(schools))]

    return await room.database.read(read)


async def test_what_comes_back_for_good_leaves_once_more_on_the_other_channel(room: Room) -> None:
    sent = await left_by_mail(room)
    assert on_telegram(room) == ""
    await room.takes(dsn(HARD, returned=sent))
    assert "Nous n’avons encore rien reçu" in on_telegram(room)
    assert await mine(room) == [("left", "returned")]


async def test_never_twice(room: Room) -> None:
    sent = await left_by_mail(room)
    await room.takes(dsn(HARD, returned=sent), dsn(HARD, returned=sent, message_id="<other@mx.test>"))
    on_telegram(room)
    await act(
        room, lambda tx: people.link(tx, id_of(tx, "camille"), "mail", CAMILLE_AT_HOME, room.clock.now())
    )
    await room.takes(dsn(HARD, returned=sent, message_id="<third@mx.test>"))
    assert on_telegram(room) == ""
    assert [key for key, _ in await letters(room) if key.endswith("returned")] == ["reminder:1:1:returned"]


async def test_it_is_judged_anew(room: Room) -> None:
    sent = await left_by_mail(room)
    await act(room, lambda tx: declares(tx, "camille"))
    await room.takes(dsn(HARD, returned=sent))
    assert on_telegram(room) == ""
    assert await mine(room) == [("skipped", "declared")]


async def test_not_when_it_is_of_no_use_any_more(room: Room) -> None:
    sent = await left_by_mail(room)
    room.tick(timedelta(days=4))
    await room.takes(dsn(HARD, returned=sent))
    assert on_telegram(room) == ""
    assert await mine(room) == [("skipped", "unreachable")]


async def test_not_when_it_may_arrive_another_day(room: Room) -> None:
    sent = await left_by_mail(room)
    await room.takes(dsn(SOFT, returned=sent))
    assert on_telegram(room) == ""
    assert await mine(room) == [("left", None)]


async def test_the_reverse_leaves_at_once(room: Room) -> None:
    await act(room, lambda tx: tx.execute(update(person).values(reminds_on="telegram")))
    room.block()
    await by_hand(room)
    await room.post.drain()
    assert "Nous n’avons encore rien reçu" in room.last_to(CAMILLE).page.html
    assert await mine(room) == [("left", None)]
    assert "Camille Essai" not in await to_reach(room)


async def test_who_is_reached_nowhere_any_more_is_on_the_list_of_people_to_reach(room: Room) -> None:
    await act(room, lambda tx: addresses.mark_dead(tx, "telegram", TELEGRAM, "blocked", room.clock.now()))
    sent = await left_by_mail(room)
    assert "Camille Essai" not in await to_reach(room)
    await room.takes(dsn(HARD, returned=sent))
    assert await mine(room) == [("skipped", "unreachable")]
    assert "Camille Essai" in await to_reach(room)
