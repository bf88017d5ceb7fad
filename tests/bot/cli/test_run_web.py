"""`declic run` with the web: it listens, is reached, is told by `check` and `status`, and lets go when it stops."""

from __future__ import annotations

import asyncio
import json

import httpx
import pytest

from tests.bot.cli.conftest import Organisation
from tests.fakes.mail.dovecot import free_ports

PUBLIC = "https://declic.test"


@pytest.fixture
def on_web(on_telegram: Organisation) -> Organisation:
    """Reached through a proxy, in front of a port that is free."""
    [port] = free_ports(1)
    web = {"public_url": PUBLIC, "listen": f"127.0.0.1:{port}"}
    return Organisation(on_telegram.folder, {**on_telegram.settings, **web})


async def test_it_listens_as_long_as_it_runs(on_web: Organisation) -> None:
    address = on_web.settings["listen"]
    async with on_web.running() as service:
        await service.logged("listening", port=int(address.rpartition(":")[2]))
        async with httpx.AsyncClient(base_url=f"http://{address}", trust_env=False) as client:
            alive, feed = await client.get("/healthz"), await client.get("/calendar/teacher.ics?lang=en")
            posted = await client.post(f"/unsubscribe/1-{'0f' * 16}")
        check, status, as_json = await asyncio.gather(
            on_web("check"), on_web.having(language="en")("status"), on_web("status", "--json")
        )
        assert (alive.status_code, feed.status_code, posted.status_code) == (200, 200, 200)
        assert f"✓ Web : l’assistant écoute sur {address}; de l’extérieur, {PUBLIC}" in check.out
        assert f"Web: the assistant listens on {address}; from outside, {PUBLIC}" in status.out
        web = json.loads(as_json.out)["web"]
        assert web == {"listen": address, "public": PUBLIC, "standing": "listens"}
    assert "0f0f" not in str(service.logs)
    assert {entry["level"] for entry in service.logs} == {"info"}
    stopped = await on_web("check")
    assert f"✓ Web : personne n’écoute encore sur {address}; « declic run » le fera" in stopped.out


async def test_where_another_program_listens_all_else_works(on_web: Organisation) -> None:
    host, _, port = on_web.settings["listen"].rpartition(":")
    other = await asyncio.start_server(lambda _reader, writer: writer.close(), host, int(port))
    async with other, on_web.running() as service:
        await service.logged("cannot-listen", port=int(port))
        await service.logged("started")
        check = await on_web("check")
    assert check.code == 1
    assert f"✗ Web : un autre programme écoute sur {host}:{port} (DECLIC_LISTEN)" in check.err
