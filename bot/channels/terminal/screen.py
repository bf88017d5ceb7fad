"""The screen: pages are printed on it, as letters or on the spot."""

from __future__ import annotations

from typing import TextIO

from rich.console import Console

from bot.channels.terminal.layout import lines
from bot.messages import File, Letter, Page
from bot.render import Wording

WIDEST = 80
"""Columns; also where nothing says how wide it is, so that a transcript is the same on every machine."""


MOST_LINES = 40
"""Of a file that is shown; a longer one is to be asked for by e-mail."""
TEXTS = ("text/", "application/json")


class Screen:
    """Prints blocks of text, each followed by an empty line. Not `styled`: plain text alone."""

    def __init__(self, out: TextIO, *, styled: bool) -> None:
        self._console = Console(
            file=out,
            force_terminal=styled,
            color_system="auto" if styled else None,
            highlight=False,
            legacy_windows=False,
            width=None if styled else WIDEST,
        )

    def show(self, page: Page, *further: str) -> None:
        """Prints a page, and further mini-HTML texts before its buttons."""
        for line in lines(page, min(self._console.width, WIDEST), *further):
            self._console.print(line, soft_wrap=True)
        self.gap()

    def echo(self, text: str) -> None:
        """Prints what the person wrote, where the terminal has not done so itself."""
        for line in text.split("\n"):
            self._console.out(f"> {line}".rstrip(), highlight=False)
        self.gap()

    def gap(self) -> None:
        """Prints an empty line."""
        self._console.print()


class TerminalSender:
    """Letters to the one person who sits at this terminal."""

    name = "terminal"
    rate: float | None = None

    def __init__(self, screen: Screen, wording: Wording, language: str) -> None:
        self._screen = screen
        self._wording = wording
        self._language = language

    async def send(self, letter: Letter) -> str:
        """Prints the letter and what text its files hold; its id there, which a reply to it names."""
        shown = [self._file(file) for file in letter.page.files]
        if letter.ticket_id is None:
            self._screen.show(letter.page, *shown)
            return f"l{letter.id}"
        facts = {"number": letter.ticket_id, "choices": bool(letter.page.buttons)}
        hint = self._wording.text("terminal/reply-hint", self._language, facts)
        self._screen.show(letter.page, *shown, hint)
        return f"t{letter.ticket_id}"

    def _file(self, file: File) -> str:
        return self._wording.text(
            "terminal/file", self._language, {"name": file.name, "lines": text_in(file)}
        )


def text_in(file: File) -> str:
    """A short text's words; empty for any other file."""
    if file.content.count(b"\n") > MOST_LINES or not file.media_type.startswith(TEXTS):
        return ""
    try:
        return file.content.decode("utf-8-sig").rstrip()
    except UnicodeDecodeError:
        return ""
