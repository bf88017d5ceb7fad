"""The `declic` command, in processes of its own, in a folder and with settings of its own."""

from __future__ import annotations

import asyncio
import json
import os
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from tests.bot.cli.forks import Forked
from tests.fakes.telegram.changes import Changes

DEADLINE = timedelta(seconds=90)
"""No step takes a tenth of it, unless the machine has much else to do."""


@dataclass(frozen=True, slots=True)
class Done:
    """A command that has ended."""

    code: int
    out: str
    err: str


@dataclass(frozen=True, slots=True)
class Declic:
    """Calls the command in that folder with these settings (names without the prefix) and no others."""

    folder: Path
    settings: Mapping[str, str] = field(default_factory=dict)

    def having(self, **settings: str) -> Declic:
        """With these settings as well."""
        return replace(self, settings={**self.settings, **settings})

    async def __call__(self, *words: str, typed: str = "") -> Done:
        """Carries a command out to its end."""
        process = self._start(*words)
        async with asyncio.timeout(DEADLINE.total_seconds()):
            streams = await process.open(typed.encode())
            out, err = await asyncio.gather(*(stream.read() for stream in streams))
            return Done(await process.wait(), _read(out), _read(err))

    async def chat(self, *lines: str, who: str = "teacher", language: str | None = None) -> str:
        """What stands on the screen when somebody has piped these lines in."""
        spoken = ("--lang", language) if language else ()
        typed = "".join(line.replace("\n", "\\\n") + "\n" for line in lines)
        done = await self("chat", "--as", who, *spoken, typed=typed)
        assert (done.code, done.err) == (0, ""), done.out
        return done.out

    @asynccontextmanager
    async def running(self) -> AsyncIterator[Service]:
        """`declic run`, which is made to end with the block, and cleanly unless it was killed."""
        process = self._start("run")
        service = Service(process)
        reading = asyncio.create_task(service.read())
        try:
            yield service
            if process.runs:
                assert await service.stop() == 0, service.logs
        finally:
            process.kill()
            await reading

    def _start(self, *words: str) -> Forked:
        own = {f"DECLIC_{name.upper()}": value for name, value in self.settings.items()}
        inherited = {name: value for name, value in os.environ.items() if not name.startswith("DECLIC_")}
        return Forked(words, self.folder, inherited | own)


class Service:
    """A running `declic run`, and what it has logged so far."""

    def __init__(self, process: Forked) -> None:
        self._process = process
        self._changes = Changes()
        self.logs: list[dict[str, Any]] = []
        """Every line of stderr, which are all events."""

    async def read(self) -> None:
        """Keeps what is logged, until the process has ended."""
        _, stderr = await self._process.open()
        async for line in stderr:
            self.logs.append(_event(line.decode()))
            self._changes.tell()
        await self._process.wait()

    async def logged(self, event: str, **fields: object) -> dict[str, Any]:
        """Waits for an event with these fields among its own."""

        def found() -> list[dict[str, Any]]:
            wanted = {"event": event, **fields}
            return [one for one in self.logs if wanted.items() <= one.items()]

        assert await self._changes.until(lambda: bool(found()), DEADLINE), f"no {event} in {self.logs}"
        return found()[0]

    async def stop(self) -> int:
        """Asks it to end, as a service manager does, and waits: its exit code."""
        self.ask_to_stop()
        return await self.ended()

    def ask_to_stop(self) -> None:
        """Asks it to end."""
        self._process.terminate()

    async def ended(self) -> int:
        """Waits until it has ended by itself."""
        async with asyncio.timeout(DEADLINE.total_seconds()):
            return await self._process.wait()

    async def kill(self) -> None:
        """Ends it at once, as a power cut does."""
        self._process.kill()
        await self.ended()


def _read(printed: bytes) -> str:
    """As one types it: the typography has its own test."""
    return printed.decode().replace("\N{NO-BREAK SPACE}", " ")


def _event(line: str) -> dict[str, Any]:
    try:
        event = json.loads(line)
    except ValueError:
        return {"event": "no event", "line": line}
    return event if isinstance(event, dict) else {"event": "no event", "line": line}
