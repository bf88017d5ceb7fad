"""A proxy before a port, which swallows, cuts or lets through, as it is told."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

CHUNK = 2**16


@dataclass(eq=False, slots=True)
class _Line:
    """One connection, both ways."""

    writers: tuple[asyncio.StreamWriter, asyncio.StreamWriter]
    lost: bool = False
    """Bytes of it were swallowed: it never carries any again, as when a router forgot it."""

    def cut(self) -> None:
        """Ends it at both ends, at once."""
        for writer in self.writers:
            writer.transport.abort()


@dataclass(slots=True)
class BlackHole:
    """What clients connect to in place of the server, on `port`."""

    target: int
    port: int = 0
    connections: int = 0
    """How many there were, in all."""
    _swallowing: bool = False
    _lines: set[_Line] = field(default_factory=set)
    _tasks: set[asyncio.Task[None]] = field(default_factory=set)

    def swallow(self) -> None:
        """From now on nothing goes through, and nobody is told; new connections seem to work."""
        self._swallowing = True

    def let_through(self) -> None:
        """All is well again, but for connections that lost something."""
        self._swallowing = False

    def cut(self) -> None:
        """Ends every connection; new ones are as before."""
        for line in list(self._lines):
            line.cut()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        try:
            far_reader, far_writer = await asyncio.open_connection("127.0.0.1", self.target)
        except OSError:
            writer.transport.abort()
            return
        line = _Line((writer, far_writer))
        self._lines.add(line)
        try:
            async with asyncio.TaskGroup() as both:
                both.create_task(self._carry(line, reader, far_writer))
                both.create_task(self._carry(line, far_reader, writer))
        finally:
            line.cut()
            self._lines.discard(line)

    async def _carry(self, line: _Line, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while data := await reader.read(CHUNK):
                line.lost |= self._swallowing
                if not line.lost:
                    writer.write(data)
                    await writer.drain()
            if not (line.lost or self._swallowing):
                writer.write_eof()
        except OSError:
            line.cut()


@asynccontextmanager
async def running_black_hole(target: int) -> AsyncIterator[BlackHole]:
    """A proxy on a free port, in the running loop, letting through at first."""
    hole = BlackHole(target)
    server = await asyncio.start_server(hole._serve, "127.0.0.1")
    hole.port = server.sockets[0].getsockname()[1]
    try:
        yield hole
    finally:
        server.close()
        hole.cut()
        await server.wait_closed()
