"""What a person types: message by message, from a keyboard or from a pipe."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Protocol, TextIO

from bot.channels.terminal.screen import Screen

if TYPE_CHECKING:
    from prompt_toolkit import PromptSession

CONTINUED = "\\"


class Typist(Protocol):
    """Where messages come from."""

    async def next(self) -> str | None:
        """The next message, or None when there will be no more."""
        ...


class Keyboard:
    """A terminal: arrows bring earlier messages back, and a paste of several lines is one message.

    Earlier messages are kept in memory alone: a file would hold what is blanked everywhere else.
    """

    def __init__(self, screen: Screen, session: PromptSession[str] | None = None) -> None:
        self._screen = screen
        # Only here, or a pipe would load what only a keyboard needs.
        from prompt_toolkit import PromptSession  # noqa: PLC0415

        self._session: PromptSession[str] = session or PromptSession()

    async def next(self) -> str | None:
        try:
            return await self._session.prompt_async([("bold", "> ")])
        except (EOFError, KeyboardInterrupt):
            return None
        finally:
            self._screen.gap()


class Pipe:
    """One message a line; a backslash at its end goes on with the next. Each is echoed, for transcripts."""

    def __init__(self, screen: Screen, source: TextIO) -> None:
        self._screen = screen
        self._source = source

    async def next(self) -> str | None:
        text = await asyncio.to_thread(self._read)
        if text:
            self._screen.echo(text)
        return text

    def _read(self) -> str | None:
        read: list[str] = []
        while line := self._source.readline():
            read.append(line.rstrip("\r\n"))
            if not read[-1].endswith(CONTINUED):
                break
            read[-1] = read[-1].removesuffix(CONTINUED)
        return "\n".join(read) if read else None
