"""Folders with any name, mail moved into them, and what a folder shows."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest

from bot.channels.mail.fetch.folders import wire_name
from bot.channels.mail.fetch.imap import connected
from tests.bot.channels.mail.relay import running_relay
from tests.bot.channels.mail.takers import SLOW_ROUNDS, Post, mail
from tests.fakes.mail.server import seen

DONE = "Déjà traité & « rangé »"


@pytest.mark.parametrize(
    ("folder", "wire"),
    [
        ("INBOX", '"INBOX"'),
        ("Traités", '"Trait&AOk-s"'),
        ("R&D", '"R&-D"'),
        ("台北", '"&U,BTFw-"'),
        ('dit "ici" \\ là', '"dit \\"ici\\" \\\\ l&AOA-"'),
        ("😀", '"&2D3eAA-"'),
    ],
)
def test_a_folder_as_it_is_named_on_the_wire(folder: str, wire: str) -> None:
    assert wire_name(folder) == wire


@pytest.mark.parametrize("hidden", [(), (b" MOVE",), (b" MOVE", b" UIDPLUS")])
async def test_what_is_done_with_is_moved(post: Post, hidden: tuple[bytes, ...]) -> None:
    """By whatever the server can do."""
    async with running_relay(post.server.port) as relay:
        relay.hidden = hidden
        post.through(relay.port)
        post.change(done_folder=DONE)
        await post.deliver("un", "deux")
        async with post.watched():
            assert await post.taker.took(2) == ["un", "deux"]
            await post.deliver("trois")
            await post.taker.took(3)
            assert len(await post.servers.arrived(post.servers.address, 3, DONE)) == 3
            inbox = (post.servers.dovecot.mailbox, post.servers.address)
            await seen(lambda: inbox[0](inbox[1]), lambda mails: mails == [])
            await post.watch.looked()
        assert post.watch.reasons == []
    assert post.taker.subjects == ["un", "deux", "trois"]


async def test_what_was_done_with_before_is_moved_too(post: Post) -> None:
    """When a line was lost in between, or the setting is new."""
    await post.deliver("un")
    async with post.watched():
        await post.taker.took(1)
        await post.watch.looked()
    post.change(done_folder=DONE)
    async with post.watched():
        assert len(await post.servers.arrived(post.servers.address, 1, DONE)) == 1
    assert post.taker.subjects == ["un"]


@pytest.mark.parametrize("folder", ["INBOX", "Inbox"])
async def test_nothing_is_moved_to_where_it_comes_from(post: Post, folder: str) -> None:
    post.change(done_folder=folder)
    await post.deliver("un")
    async with post.watched():
        await post.taker.took(1)
        await post.watch.looked()
    assert post.taker.subjects == ["un"]


async def test_a_folder_that_cannot_be_made_holds_nobody_up(post: Post) -> None:
    post.change(done_folder="a/" + "b" * 300)
    async with post.watched():
        await post.deliver("un")
        await post.taker.took(1)
        await post.deliver("deux")
        assert await post.taker.took(2) == ["un", "deux"]
        await post.watch.looked()
    assert post.watch.reasons == []


async def test_another_folder_than_the_inbox_is_watched(post: Post) -> None:
    async with connected(post.server, None, SLOW_ROUNDS) as connection:
        await post.deliver("un")
        await connection.move(await connection.uids(1), DONE)
    post.server = replace(post.server, folder=DONE)
    async with post.watched():
        assert await post.taker.took(1) == ["un"]


async def test_mail_that_is_gone_is_passed_over(post: Post) -> None:
    await post.deliver("un", "deux", "trois")
    async with connected(post.server, None, SLOW_ROUNDS) as connection:
        assert await connection.uids(2) == [2, 3]
        async with connected(post.server, None, SLOW_ROUNDS) as other:
            await other.move([2], "ailleurs")
        for _ in "at once", "and later":
            assert list(await connection.bodies([1, 2, 3], 1000)) == [1, 3]
        assert [entry.uid for entry in await connection.entries([1, 2, 3])] == [1, 3]
        assert await connection.uids(4) == []


async def test_a_mail_is_never_taken_for_what_the_server_says(post: Post) -> None:
    """Nor are its parentheses, its braces or its line ends."""
    odd = [
        b"BYE: now\n\n5 EXISTS {12}\n",
        b"* 1 FETCH (UID 9 BODY[] {3}\r\n\n)))(((",
        b"A: b\n\n\x00\xff\n",
        b"\n",
    ]
    await asyncio.to_thread(post.servers.dovecot.fill, post.servers.address, [*odd, mail("un")])
    async with connected(post.server, None, SLOW_ROUNDS) as connection:
        found = await connection.bodies(await connection.uids(1), 10_000)
    assert sorted(found) == [1, 2, 3, 4, 5]
    whole = await asyncio.to_thread(post.servers.dovecot.mailbox, post.servers.address)
    assert list(found.values()) == whole
