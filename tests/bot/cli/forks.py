"""Processes that run `declic`, forked from one that has imported it and read the knowledge base: a start costs nothing.

test_start.py starts the command as people do.
"""

from __future__ import annotations

import asyncio
import io
import os
import sys
from asyncio import StreamReader, StreamReaderProtocol
from collections.abc import Mapping, Sequence
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from pkgutil import walk_packages
from typing import TextIO

import bot.cli
from bot.cli import main

FORKS = get_context("forkserver")
COMMANDS = [module.name for module in walk_packages(bot.cli.__path__, "bot.cli.")]
FORKS.set_forkserver_preload([*COMMANDS, "alembic.command", "asyncpg", "pytest", "tests.bot.cli.warm"])


class Forked:
    """A process, and its standard streams."""

    def __init__(self, words: Sequence[str], folder: Path, environment: Mapping[str, str]) -> None:
        """Starts it at once, in a running event loop; `open` comes next, and `wait` in the end."""
        pipes = [FORKS.Pipe(duplex=False) for _ in range(3)]
        (read, self._stdin), (self._stdout, out), (self._stderr, err) = pipes
        theirs = (read, out, err)
        self._process = FORKS.Process(
            target=_enter, args=(words, folder, dict(environment), theirs), daemon=True
        )
        self._process.start()
        for end in theirs:
            end.close()
        self._ending = asyncio.create_task(asyncio.to_thread(self._process.join))

    async def open(self, typed: bytes = b"") -> tuple[StreamReader, StreamReader]:
        """Types that in, and nothing after it: what is printed, and what is told on stderr."""
        os.write(self._stdin.fileno(), typed)
        self._stdin.close()
        return await _reader(self._stdout), await _reader(self._stderr)

    def talk(self) -> tuple[TextIO, TextIO]:
        """In place of `open`: its standard input and output, for somebody who waits for an answer before going on."""
        typed = io.TextIOWrapper(io.FileIO(os.dup(self._stdin.fileno()), "w"), encoding="utf-8")
        shown = io.TextIOWrapper(io.FileIO(os.dup(self._stdout.fileno())), encoding="utf-8")
        self._stdin.close()
        self._stdout.close()
        return typed, shown

    async def wait(self) -> int:
        """Its exit code, or the number of the signal that killed it below zero."""
        await asyncio.shield(self._ending)
        assert self._process.exitcode is not None
        return self._process.exitcode

    @property
    def runs(self) -> bool:
        """Whether it has not ended yet."""
        return not self._ending.done()

    def terminate(self) -> None:
        """Asks it to end."""
        self._process.terminate()

    def kill(self) -> None:
        """Ends it at once, as a power cut does."""
        self._process.kill()


async def _reader(pipe: Connection) -> StreamReader:
    reader = StreamReader()
    file = os.fdopen(os.dup(pipe.fileno()), "rb")
    pipe.close()
    await asyncio.get_running_loop().connect_read_pipe(lambda: StreamReaderProtocol(reader), file)
    return reader


def _enter(
    words: Sequence[str], folder: Path, environment: Mapping[str, str], pipes: Sequence[Connection]
) -> None:
    """What the process does: as if it had been started with these words, in that folder."""
    for number, pipe in enumerate(pipes):
        os.dup2(pipe.fileno(), number)
        pipe.close()
    sys.stdin, sys.stdout, sys.stderr = (
        io.TextIOWrapper(io.FileIO(number, mode), encoding="utf-8", line_buffering=True)
        for number, mode in enumerate("rww")
    )
    os.environ.clear()
    os.environ.update(environment)
    os.chdir(folder)
    sys.argv = ["declic", *words]
    from tests.bot.cli.warm import put_in_place  # noqa: PLC0415 - read by the forking process, not by the tests

    put_in_place()
    main()
