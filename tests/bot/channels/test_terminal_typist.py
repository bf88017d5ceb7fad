"""What is typed, as messages."""

from __future__ import annotations

import io
from collections.abc import Iterator

import pytest
from prompt_toolkit import PromptSession
from prompt_toolkit.input import PipeInput, create_pipe_input
from prompt_toolkit.output import DummyOutput

from bot.channels.terminal import open_terminal
from bot.channels.terminal.screen import Screen
from bot.channels.terminal.typist import Keyboard, Pipe, Typist
from bot.messages import Page

PASTE = "\x1b[200~{}\x1b[201~"
CTRL_C, CTRL_D = "\x03", "\x04"


async def typed(typist: Typist) -> list[str | None]:
    """Every message, and the None that ends them."""
    messages = [await typist.next()]
    while messages[-1] is not None:
        messages.append(await typist.next())
    return messages


@pytest.mark.parametrize(
    ("script", "messages", "echoed"),
    [
        ("", [None], ""),
        ("Bonjour\n2\n", ["Bonjour", "2", None], "> Bonjour\n\n> 2\n\n"),
        ("Bonjour", ["Bonjour", None], "> Bonjour\n\n"),
        (
            "Titre : Max\\\nPages : 12\n2\n",
            ["Titre : Max\nPages : 12", "2", None],
            "> Titre : Max\n> Pages : 12\n\n> 2\n\n",
        ),
        ("un\\\n\ndeux\n", ["un\n", "deux", None], "> un\n>\n\n> deux\n\n"),
        ("un\\", ["un", None], "> un\n\n"),
        ("un\r\ndeux\r\n", ["un", "deux", None], "> un\n\n> deux\n\n"),
        ("un\n\ndeux\n", ["un", "", "deux", None], "> un\n\n> deux\n\n"),
    ],
)
async def test_a_pipe_gives_a_message_a_line(script: str, messages: list[str | None], echoed: str) -> None:
    out = io.StringIO()
    _, pipe = open_terminal(io.StringIO(script, newline=""), out)
    assert isinstance(pipe, Pipe)
    assert await typed(pipe) == messages
    assert out.getvalue() == echoed


async def test_what_a_terminal_cannot_read_or_show_is_no_reason_to_stop() -> None:
    paper = io.BytesIO()
    source = io.TextIOWrapper(io.BytesIO(b"caf\xe9\n"), encoding="utf-8")
    screen, pipe = open_terminal(source, io.TextIOWrapper(paper, encoding="ascii", write_through=True))
    assert await typed(pipe) == ["caf\ufffd", None]
    screen.show(Page("D’accord"))
    assert paper.getvalue() == b"> caf?\n\nD?accord\n\n"


@pytest.fixture
def keys() -> Iterator[PipeInput]:
    with create_pipe_input() as keys:
        yield keys


@pytest.mark.parametrize(
    ("pressed", "messages"),
    [
        ("Bonjour\r2\r" + CTRL_D, ["Bonjour", "2", None]),
        (PASTE.format("Titre : Max\nPages : 12") + "\r" + CTRL_D, ["Titre : Max\nPages : 12", None]),
        ("Bon" + CTRL_C, [None]),
    ],
)
async def test_a_keyboard_gives_messages(keys: PipeInput, pressed: str, messages: list[str | None]) -> None:
    keys.send_text(pressed)
    session: PromptSession[str] = PromptSession(input=keys, output=DummyOutput())
    assert await typed(Keyboard(Screen(io.StringIO(), styled=False), session)) == messages
    assert session.history.get_strings() == messages[:-1]
