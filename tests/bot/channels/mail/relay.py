"""A relay before an IMAP server that makes it lesser than it is, or stumble over a command."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field


@dataclass
class Relay:
    """Listens on `port`; what it changes keeps its length, for literals are counted."""

    target: int
    port: int = 0
    hidden: tuple[bytes, ...] = ()
    """Words that the server does not say any more."""
    stumbling: bytes | None = None
    """A command that ends the connection (a pattern)."""
    stumbles: int = 0
    commands: list[bytes] = field(default_factory=list)
    _writers: set[asyncio.StreamWriter] = field(default_factory=set)

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        far_reader, far_writer = await asyncio.open_connection("127.0.0.1", self.target)
        self._writers |= {writer, far_writer}
        async with asyncio.TaskGroup() as both:
            both.create_task(self._up(reader, far_writer))
            both.create_task(self._down(far_reader, writer))

    def cut(self) -> None:
        for writer in self._writers:
            writer.transport.abort()
        self._writers.clear()

    async def _up(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while data := await reader.read(65536):
            self.commands.append(data)
            if self.stumbling and re.search(self.stumbling, data):
                self.stumbles += 1
                self.cut()
                return
            writer.write(data)
        writer.transport.abort()

    async def _down(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while data := await reader.read(65536):
            for word in self.hidden:
                data = data.replace(word, b"X" * len(word))
            writer.write(data)
        writer.transport.abort()


@asynccontextmanager
async def running_relay(target: int) -> AsyncIterator[Relay]:
    """A relay on a free port."""
    relay = Relay(target)
    server = await asyncio.start_server(relay.serve, "127.0.0.1")
    relay.port = server.sockets[0].getsockname()[1]
    try:
        yield relay
    finally:
        server.close()
        relay.cut()
        await server.wait_closed()
