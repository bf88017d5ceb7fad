"""A faulty entry file at start: the file, the line and the fault are told, and nothing is begun."""

from __future__ import annotations

from io import StringIO
from pathlib import Path

import pytest

from bot.cli.chat import Seat, talk
from bot.cli.run import serve
from bot.cli.told import Told
from bot.settings import Settings, load_settings
from faq.library import Library
from handlers import ABILITIES, demo
from tests.bot.cli.conftest import ORGANISATION

TOLD = "À corriger avant de recommencer :\n✗ declare-how.toml:1:"


@pytest.fixture
def settings(tmp_path: Path, sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """Of an organisation that has broken an entry."""
    (tmp_path / "entries").mkdir()
    (tmp_path / "entries/declare-how.toml").write_text("id = declare-how\n")
    for command in ("run", "chat"):
        monkeypatch.setattr(f"bot.cli.{command}.library_in", lambda _: Library(folder=tmp_path))
    monkeypatch.chdir(tmp_path)
    return load_settings({**ORGANISATION, "database": sqlite_url, "telegram_token": "1:nobody"})


def assert_told(told: Told) -> None:
    assert not told.ok
    assert told.text.replace("\N{NO-BREAK SPACE}", " ").startswith(TOLD)


async def test_run_tells_and_ends(settings: Settings) -> None:
    assert_told(await serve(settings, ABILITIES))


async def test_chat_tells_and_ends_before_the_banner(settings: Settings) -> None:
    screen = StringIO()
    seat = Seat("teacher", None, demo, StringIO("bonjour\n"), screen)
    assert_told(await talk(settings, ABILITIES, seat))
    assert screen.getvalue() == ""
