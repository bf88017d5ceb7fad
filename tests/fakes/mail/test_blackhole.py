"""A line that goes dead, is cut, and works again."""

from __future__ import annotations

import asyncio
import imaplib
from collections.abc import Callable
from typing import TypeVar

import pytest

from tests.fakes.mail import HOST, PASSWORD, BlackHole, MailServer, running_black_hole
from tests.fakes.mail.dovecot import free_ports

T = TypeVar("T")
SHORT = 0.2
PATIENCE = 60.0


async def opened(hole: BlackHole, user: str) -> imaplib.IMAP4:
    """A mailbox, through the proxy; in a thread, the proxy being in this one."""

    def work() -> imaplib.IMAP4:
        imap = imaplib.IMAP4(HOST, hole.port, timeout=PATIENCE)
        imap.login(user, PASSWORD)
        return imap

    return await asyncio.to_thread(work)


async def after(work: Callable[[], T]) -> T:
    return await asyncio.to_thread(work)


async def test_bytes_go_through_both_ways(mail_server: MailServer) -> None:
    async with running_black_hole(mail_server.dovecot.imap_port) as hole:
        imap = await opened(hole, mail_server.address)
        assert (await after(imap.noop))[0] == "OK"
        assert (await after(imap.logout))[0] == "BYE"
        assert hole.connections == 1


async def test_what_is_swallowed_is_gone_and_the_line_stays_dead(mail_server: MailServer) -> None:
    async with running_black_hole(mail_server.dovecot.imap_port) as hole:
        imap = await opened(hole, mail_server.address)
        hole.swallow()
        imap.sock.settimeout(SHORT)
        with pytest.raises(TimeoutError):
            await after(imap.noop)
        hole.let_through()
        with pytest.raises(OSError, match="timed out"):
            await after(imap.noop)
        imap.shutdown()
        again = await opened(hole, mail_server.address)
        await after(again.logout)


async def test_new_lines_are_swallowed_too(mail_server: MailServer) -> None:
    async with running_black_hole(mail_server.dovecot.imap_port) as hole:
        hole.swallow()
        reader, writer = await asyncio.open_connection(HOST, hole.port)
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(reader.readline(), SHORT)
        writer.close()


async def test_a_line_that_was_idle_meanwhile_works_on(mail_server: MailServer) -> None:
    async with running_black_hole(mail_server.dovecot.imap_port) as hole:
        imap = await opened(hole, mail_server.address)
        hole.swallow()
        hole.let_through()
        await after(imap.logout)


async def test_lines_are_cut(mail_server: MailServer) -> None:
    async with running_black_hole(mail_server.dovecot.imap_port) as hole:
        imap = await opened(hole, mail_server.address)
        hole.cut()
        with pytest.raises((imaplib.IMAP4.abort, OSError)):
            await after(imap.noop)
        imap.shutdown()
        await after((await opened(hole, mail_server.address)).logout)


async def test_the_servers_end_is_passed_on(mail_server: MailServer) -> None:
    async with running_black_hole(mail_server.dovecot.imap_port) as hole:
        imap = await opened(hole, mail_server.address)
        mail_server.dovecot.kick(mail_server.address)
        with pytest.raises((imaplib.IMAP4.abort, OSError)):
            await after(imap.noop)
        imap.shutdown()


async def test_nothing_behind_it_ends_the_line() -> None:
    async with running_black_hole(free_ports(1)[0]) as hole:
        reader, writer = await asyncio.open_connection(HOST, hole.port)
        assert await reader.readline() == b""
        writer.close()
