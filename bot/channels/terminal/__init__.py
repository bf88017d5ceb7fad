"""The chat in a terminal: to try the assistant out, and to replay conversations from a script."""

from __future__ import annotations

import io
from typing import TextIO

from bot.channels.terminal.chat import Chat
from bot.channels.terminal.screen import Screen, TerminalSender
from bot.channels.terminal.typist import Keyboard, Pipe, Typist

__all__ = ["Chat", "Screen", "TerminalSender", "Typist", "open_terminal"]


def open_terminal(source: TextIO, out: TextIO) -> tuple[Screen, Typist]:
    """Colours and a keyboard where both ends are a terminal; plain text that can be replayed elsewhere."""
    for end in (source, out):
        _forgive(end)
    interactive = source.isatty() and out.isatty()
    screen = Screen(out, styled=interactive)
    return screen, Keyboard(screen) if interactive else Pipe(screen, source)


def _forgive(end: TextIO) -> None:
    """A character that the terminal cannot show, or a script spells wrong, becomes a question mark."""
    if isinstance(end, io.TextIOWrapper):
        end.reconfigure(errors="replace")
