"""Lines to the mailbox that break, hang or are refused: another is opened, and nothing is lost or taken twice."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest

from bot.channels.mail.fetch.imap import connected
from bot.channels.mail.fetch.line import ImapLost, Patience, SignInRefused
from bot.mailing import Security
from tests.bot.channels.mail.takers import SLOW_ROUNDS, Post
from tests.fakes.mail import PASSWORD, running_black_hole
from tests.fakes.mail.dovecot import free_ports

DEAF = Patience(answer=1.0, round=0.3, first=0.05, longest=0.2)
"""Soon convinced that a line is dead."""


async def test_kicked_in_idle(post: Post) -> None:
    async with post.watched(SLOW_ROUNDS):
        await post.watch.until(lambda: post.watch.good_looks == 1)
        await asyncio.to_thread(post.servers.dovecot.kick, post.servers.address)
        await post.deliver("un")
        assert await post.taker.took(1) == ["un"]
    assert len(post.watch.reasons) == 1


async def test_swallowed_in_idle(post: Post) -> None:
    async with running_black_hole(post.server.port) as hole:
        post.through(hole.port)
        await post.deliver("un")
        async with post.watched(DEAF):
            await post.taker.took(1)
            hole.swallow()
            await post.deliver("deux")
            await post.watch.until(lambda: len(post.watch.reasons) > 2)
            hole.let_through()
            assert await post.taker.took(2) == ["un", "deux"]
            await post.watch.looked()
    assert post.taker.subjects == ["un", "deux"]
    assert [reason for reason in post.watch.reasons if "no answer in" not in reason] == []


async def test_cut_while_fetching_a_batch(post: Post) -> None:
    async with running_black_hole(post.server.port) as hole:
        post.through(hole.port)
        post.taker.free.clear()
        await post.deliver("un", "deux")
        async with post.watched():
            await post.taker.reached.wait()
            hole.cut()
            post.taker.free.set()
            await post.watch.looked()
    assert post.taker.subjects == ["un", "deux"]


async def test_the_server_is_stopped_and_comes_back(post: Post) -> None:
    dovecot = post.servers.dovecot
    async with post.watched():
        await post.watch.until(lambda: post.watch.good_looks == 1)
        await asyncio.to_thread(dovecot.stop)
        await post.watch.until(lambda: len(post.watch.reasons) > 1)
        await asyncio.to_thread(dovecot.start)
        await post.deliver("un")
        assert await post.taker.took(1) == ["un"]
        await post.watch.looked()
    assert post.taker.subjects == ["un"]


async def test_under_another_uidvalidity_all_is_looked_at_again(post: Post) -> None:
    """Who takes it knows what was taken before."""
    await post.deliver("un", "deux")
    async with post.watched():
        await post.taker.took(2)
        await post.watch.looked()
        before = await post.cursor()
        await asyncio.to_thread(post.servers.dovecot.change_uidvalidity, post.servers.address)
        await post.deliver("trois")
        await post.taker.took(5)
        await post.watch.looked()
    after = await post.cursor()
    assert sorted(post.taker.subjects[2:]) == ["deux", "trois", "un"]
    assert (after.last_uid, after.since) == (3, before.since)
    assert after.uidvalidity != before.uidvalidity


async def test_a_wrong_password_is_told_without_it(post: Post) -> None:
    post.server = replace(post.server, password="secret 'é\"\\")
    async with post.watched():
        await post.watch.until(lambda: len(post.watch.reasons) > 0)
    assert set(post.watch.reasons) == {"NO to LOGIN AUTHENTICATIONFAILED"}


async def test_a_line_over_tls(post: Post) -> None:
    certificate = post.servers.dovecot.certificate
    post.server = replace(
        post.server, host="localhost", port=post.servers.dovecot.imaps_port, security=Security.TLS
    )
    post.change(authorities=certificate.file)
    await post.deliver("un")
    async with post.watched(SLOW_ROUNDS):
        assert await post.taker.took(1) == ["un"]
        await post.watch.until(lambda: post.watch.good_looks > 0)
        await post.deliver("deux")
        assert await post.taker.took(2) == ["un", "deux"]


@pytest.mark.parametrize(("host", "is_known"), [("localhost", False), ("127.1", True)])
async def test_a_certificate_is_verified(post: Post, host: str, is_known: bool) -> None:
    """By who made it, and by the name of the server."""
    dovecot = post.servers.dovecot
    server = replace(post.server, host=host, port=dovecot.imaps_port, security=Security.TLS)
    with pytest.raises(ImapLost, match="certificate refused"):
        async with connected(server, dovecot.certificate.file if is_known else None, SLOW_ROUNDS):
            pass


@pytest.mark.parametrize("password", [PASSWORD, "é" + PASSWORD])
async def test_passwords(post: Post, password: str) -> None:
    """One that is not ASCII goes another way, and is refused rightly."""
    server = replace(post.server, password=password)
    if password == PASSWORD:
        async with connected(server, None, SLOW_ROUNDS) as connection:
            assert await connection.uids(1) == []
    else:
        with pytest.raises(SignInRefused):
            async with connected(server, None, SLOW_ROUNDS):
                pass


async def test_nobody_listens(post: Post) -> None:
    server = replace(post.server, port=free_ports(1)[0])
    with pytest.raises(ImapLost, match=r"connecting: .*Connect call failed"):
        async with connected(server, None, SLOW_ROUNDS):
            pass


async def test_a_folder_that_is_missing(post: Post) -> None:
    with pytest.raises(ImapLost, match="NO to SELECT"):
        async with connected(replace(post.server, folder="Où"), None, SLOW_ROUNDS):
            pass
