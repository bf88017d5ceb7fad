"""A mailbox watched through a real Dovecot: what is taken in, in which order, and how soon."""

from __future__ import annotations

import asyncio
import os
import time
from datetime import UTC, datetime, timedelta

import pytest
from structlog.testing import capture_logs

from bot.channels.mail.fetch import batches
from bot.channels.mail.read import LARGEST
from storage.database import DatabaseDown
from tests.bot.channels.mail.relay import running_relay
from tests.bot.channels.mail.takers import SLOW_ROUNDS, Post, Taker, mail
from tests.fakes.mail.dovecot import free_ports

AT_ONCE = 45.0
"""Seconds; what is measured is some hundredths of one, but others use the machine too."""


async def test_what_waits_is_taken_in_order_and_once(post: Post) -> None:
    await post.deliver("un", "deux", "trois")
    async with post.watched():
        assert await post.taker.took(3) == ["un", "deux", "trois"]
        await post.watch.looked()
    assert post.taker.subjects == ["un", "deux", "trois"]


async def test_a_mail_comes_with_its_bytes_and_its_date_and_stays_unread(post: Post) -> None:
    await post.deliver("un")
    async with post.watched():
        await post.taker.took(1)
    ((found,),) = post.taker.batches
    assert [found.raw] == post.servers.dovecot.mailbox(post.servers.address)
    assert abs(post.clock.now() - found.at) < timedelta(minutes=1)
    assert await post.flags() == [""]


async def test_it_goes_on_where_it_stopped(post: Post) -> None:
    await post.deliver("un", "deux")
    async with post.watched():
        await post.taker.took(2)
        await post.watch.looked()
    await post.deliver("trois")
    post.taker = Taker()
    async with post.watched():
        await post.taker.took(1)
        await post.watch.looked()
    assert post.taker.subjects == ["trois"]
    assert (await post.cursor()).last_uid == 3


async def test_what_was_taken_but_not_kept_comes_again(post: Post) -> None:
    """As when the database went away between the two."""
    await post.deliver("un")
    post.taker.troubles = [DatabaseDown(), DatabaseDown(), ExceptionGroup("", [DatabaseDown()])]
    async with post.watched():
        assert await post.taker.took(1) == ["un"]
        await post.watch.looked()
    assert post.taker.given_up == []


async def test_mail_older_than_a_day_was_there_before_us(post: Post) -> None:
    dovecot, address = post.servers.dovecot, post.servers.address
    dovecot.fill(address, [mail("avant")])
    for file in (dovecot.folder / "mail" / address / "Maildir/new").iterdir():
        os.utime(file, times=(time.time() - 3 * 86_400,) * 2)
    await post.deliver("hier", "aujourd'hui")
    async with post.watched():
        assert await post.taker.took(2) == ["hier", "aujourd'hui"]
        await post.watch.looked()
    assert (await post.cursor()).mail_at


async def test_no_mail_has_come_where_all_is_passed_over(post: Post) -> None:
    begun = datetime.now(UTC)
    async with post.watched():
        await post.watch.looked()
    assert (await post.cursor()).polled_at >= begun
    server, taker = post.servers.dovecot, post.taker
    server.fill(post.servers.address, [mail("avant")])
    for file in (server.folder / "mail" / post.servers.address / "Maildir/new").iterdir():
        os.utime(file, times=(time.time() - 3 * 86_400,) * 2)
    async with post.watched():
        await post.watch.looked()
    found = await post.cursor()
    assert (taker.subjects, found.last_uid, found.mail_at) == ([], 1, None)


async def test_a_message_is_taken_at_once_when_the_server_hints(post: Post) -> None:
    async with post.watched(SLOW_ROUNDS):
        await post.watch.until(lambda: post.watch.good_looks > 0)
        for number in range(3):
            begun = time.monotonic()
            await post.deliver(f"numéro {number}")
            await post.taker.took(number + 1)
            assert time.monotonic() - begun < AT_ONCE


@pytest.mark.parametrize("hidden", [b" IDLE", b" EXISTS"])
async def test_without_hints_it_looks_all_the_same(post: Post, hidden: bytes) -> None:
    """The server cannot, or says that it can and does not."""
    async with running_relay(post.server.port) as relay:
        relay.hidden = (hidden,)
        post.through(relay.port)
        async with post.watched():
            await post.watch.looked()
            await post.deliver("un")
            assert await post.taker.took(1) == ["un"]
        assert post.watch.reasons == []


async def test_batches_are_bounded_by_number_and_by_bytes(post: Post) -> None:
    third = batches.BATCH_BYTES // 3 + 10_000
    post.servers.dovecot.fill(post.servers.address, [mail(str(number)) for number in range(120)])
    post.servers.dovecot.fill(post.servers.address, [mail("gros", size=third) for _ in range(4)])
    async with post.watched():
        await post.taker.took(124)
    sizes = [len(batch) for batch in post.taker.batches]
    assert max(sizes) <= 50
    assert all(sum(len(one.raw) for one in batch) <= batches.BATCH_BYTES for batch in post.taker.batches)
    assert len(sizes) < 10


async def test_thousands_of_changes_at_once_end_no_line(post: Post) -> None:
    """As when somebody tidies the mailbox up by another program."""
    doveadm, address = post.servers.dovecot.programs.doveadm, post.servers.address
    post.servers.dovecot.fill(address, [mail(str(number)) for number in range(1200)])
    async with post.watched():
        await post.taker.took(1200)
        for change in (("flags", "add"), ("expunge",)):
            words = (
                *change,
                "-u",
                address,
                *(["\\Seen"] if len(change) > 1 else []),
                "mailbox",
                "INBOX",
                "all",
            )
            await asyncio.to_thread(doveadm, *words)
            await post.watch.looked()
        await post.deliver("après")
        await post.taker.took(1201)
    assert post.watch.reasons == []


async def test_a_huge_mail_is_fetched_in_part_and_holds_nobody_up(post: Post) -> None:
    huge = mail("gros", size=LARGEST + 2_000_000)
    post.servers.dovecot.fill(post.servers.address, [mail("un"), huge, mail("trois")])
    async with post.watched():
        await post.taker.took(3)
    lengths = sorted(len(found.raw) for batch in post.taker.batches for found in batch)
    assert lengths[-1] == LARGEST
    assert lengths[1] < 1000


async def test_a_mail_that_cannot_be_taken_is_given_up_and_the_others_are_not(post: Post) -> None:
    post.taker.indigestible = "deux"
    await post.deliver("un", "deux", "trois")
    async with post.watched():
        await post.taker.took(3)
        await post.watch.looked()
    assert post.taker.subjects == ["un", "trois"]
    assert [found.uid for found in post.taker.given_up] == [2]
    assert (await post.cursor()).last_uid == 3


async def test_a_mail_that_ends_every_line_is_given_up_by_its_place(post: Post) -> None:
    async with running_relay(post.server.port) as relay:
        relay.stumbling = rb"FETCH (\d+,)*2(,\d+)* \(UID BODY"
        post.through(relay.port)
        await post.deliver("un", "deux", "trois")
        async with post.watched():
            await post.taker.took(3)
            await post.watch.looked()
        assert relay.stumbles == batches.TRIES
    assert post.taker.subjects == ["un", "trois"]
    [given_up] = post.taker.given_up
    assert given_up.raw.startswith(f"{post.server.mailbox} UID 2 ".encode())


async def test_what_a_server_shows_nothing_of_is_passed_over_and_logged(post: Post) -> None:
    async with running_relay(post.server.port) as relay:
        relay.hidden = (b"RFC822.SIZE ",)
        post.through(relay.port)
        await post.deliver("un", "deux")
        with capture_logs() as events:
            async with post.watched():
                await post.watch.looked()
    assert [one["uids"] for one in events if one["event"] == "mails-gone"] == [[1, 2]]
    assert post.taker.subjects == []


async def test_who_is_stopped_ends_what_is_under_way(post: Post) -> None:
    await post.deliver("un")
    post.taker.free.clear()
    async with post.watched():
        await post.taker.reached.wait()
        asyncio.get_running_loop().call_later(0.1, post.taker.free.set)
    assert post.taker.subjects == ["un"]
    assert (await post.cursor()).last_uid == 1


async def test_mailboxes_are_watched_side_by_side(post: Post) -> None:
    other = Post(post.servers, post.database)
    other.through(free_ports(1)[0])
    async with other.watched(), post.watched():
        await other.watch.until(lambda: len(other.watch.reasons) > 2)
        await post.deliver("un")
        assert await post.taker.took(1) == ["un"]
    assert other.watch.good_looks == 0
