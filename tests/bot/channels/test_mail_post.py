"""The post and a mail server that is slow, away or strict: no letter leaves twice, or dies because it waited."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from bot.channels.mail.write import MailSender
from bot.channels.mail.write.line import Deadlines
from bot.channels.mail.write.send import TELLING
from bot.clock import SystemClock
from bot.messages import Page
from bot.post import Habits, Post
from storage import outbox
from storage.database import Database
from storage.outbox import NewLetter
from storage.tables import letter
from tests.fakes.clock import TickedClock
from tests.fakes.mail import MailServer
from tests.mailed import mailing_for, parsed, to_mail, wording

QUICK = Habits(poll=timedelta(milliseconds=50))
SHORT = Deadlines(queue=0.4, probe=1.0)
"""Only what a test waits for is short: a busy machine may take its time."""


async def put(database: Database, addresses: Sequence[str], clock: Any) -> None:
    """A letter to each."""
    letters = [NewLetter("mail", address, Page(f"Lettre {at}")) for at, address in enumerate(addresses)]
    await database.write(lambda tx: outbox.put(tx, letters, clock.now()))


async def fates(database: Database) -> list[tuple[str, int]]:
    """The state of each letter, and how many tries it took."""
    found = select(letter.c.state, letter.c.attempts).order_by(letter.c.id)
    return await database.read(lambda tx: [(row.state, row.attempts) for row in tx.execute(found)])


@asynccontextmanager
async def running(post: Post, sender: MailSender) -> AsyncIterator[None]:
    """The post at work, until the end of the block."""
    async with asyncio.timeout(60), asyncio.TaskGroup() as tasks:
        tasks.create_task(post.run())
        try:
            yield
        finally:
            await post.stop()
            await sender.close()


async def sent_once_each(mail_server: MailServer, database: Database, count: int) -> None:
    """So many letters have left, each of them once, none of them by a second try."""
    taken = await mail_server.smtp.taken(count)
    ids = Counter(parsed(envelope.content)["Message-ID"] for envelope in taken)
    assert (len(ids), set(ids.values())) == (count, {1})
    assert set(await fates(database)) == {("sent", 1)}


def test_a_try_ends_before_the_post_loses_patience() -> None:
    longest, habits = Deadlines(), Habits()
    assert longest.whole + longest.probe + TELLING < habits.patience.total_seconds()
    assert longest.queue + longest.probe + longest.opening < longest.whole


@pytest.mark.parametrize(("count", "per_minute"), [(4, 240), (40, 6000)])
async def test_letters_leave_at_the_servers_pace(
    mail_server: MailServer, database: Database, count: int, per_minute: int
) -> None:
    clock = SystemClock()
    mailing = replace(mailing_for(mail_server), per_minute=per_minute)
    sender = MailSender(mailing, wording(), clock)
    await put(database, [mail_server.person(f"p{at}") for at in range(count)], clock)
    began = asyncio.get_running_loop().time()
    async with running(Post(database, [sender], clock, "one", habits=QUICK), sender):
        await mail_server.smtp.taken(count)
    await sent_once_each(mail_server, database, count)
    assert asyncio.get_running_loop().time() - began > (count - 1) * 60 / per_minute


async def test_letters_that_queue_behind_a_slow_server_all_leave_once(
    mail_server: MailServer, database: Database
) -> None:
    clock = SystemClock()
    sender = MailSender(replace(mailing_for(mail_server), per_minute=6000), wording(), clock, deadlines=SHORT)
    await put(database, [mail_server.person(f"p{at}") for at in range(12)], clock)
    await sender.send(to_mail("Bonjour", to=mail_server.person()))
    mail_server.smtp.envelopes.clear()
    mail_server.smtp.hang_next(at="MAIL")
    async with running(Post(database, [sender], clock, "one", habits=QUICK), sender):
        await mail_server.smtp.taken(12)
    await sent_once_each(mail_server, database, 12)
    assert mail_server.smtp.connections == 2


async def test_a_server_that_is_away_for_long_costs_no_try(
    mail_server: MailServer, database: Database
) -> None:
    clock = TickedClock()
    sender = MailSender(mailing_for(mail_server), wording(), clock)
    post = Post(database, [sender], clock, "one")
    await put(database, [mail_server.person()], clock)
    mail_server.smtp.answer_next_login("454 4.7.0 Not now", times=20)
    for _ in range(10):
        await post.drain()
        assert await fates(database) == [("waiting", 0)]
        await clock.tick(31)
    await post.drain()
    await sender.close()
    await sent_once_each(mail_server, database, 1)


async def test_a_letter_put_off_for_two_days_is_given_up_whoever_sends_it(
    mail_server: MailServer, database: Database
) -> None:
    clock = TickedClock()
    await put(database, [mail_server.person()], clock)
    mail_server.smtp.answer_next("451 4.2.0 Greylisted", times=4)
    states = []
    for hours in (0, 24, 25):
        await clock.tick(hours * 3600)
        sender = MailSender(mailing_for(mail_server), wording(), clock)
        await Post(database, [sender], clock, "one").drain()
        await sender.close()
        states += await fates(database)
    assert states == [("waiting", 0), ("waiting", 0), ("dead", 1)]


async def test_whoever_is_unknown_holds_nobody_else_up(mail_server: MailServer, database: Database) -> None:
    clock = TickedClock()
    sender = MailSender(mailing_for(mail_server), wording(), clock)
    await put(database, ["nobody@ecole.test", mail_server.person()], clock)
    await Post(database, [sender], clock, "one").drain()
    await sender.close()
    assert await fates(database) == [("dead", 1), ("sent", 1)]
    assert len(mail_server.smtp.envelopes) == 1
