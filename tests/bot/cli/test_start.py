"""What a start costs: a command loads what it needs and no more."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.bot.cli.conftest import Organisation
from tests.stage import library

ROOT = Path(__file__).parents[3]
HEAVY = (
    "aiohttp",
    "aioimaplib",
    "aiosmtplib",
    "alembic",
    "asyncpg",
    "prompt_toolkit",
    "sqlalchemy.ext.asyncio",
    "sqlalchemy.orm",
    "telegram",
)
PROGRAM = f"""
import atexit, pathlib, re, sys
PEAK = re.compile(r"VmHWM:\\s+(\\d+) kB")
atexit.register(lambda: print(*(name for name in {HEAVY} if name in sys.modules), file=sys.stderr))
atexit.register(lambda: print(PEAK.search(pathlib.Path("/proc/self/status").read_text())[1], file=sys.stderr))
from bot.cli import main
main()
"""
BY_MAIL = {
    "mail_address": "declic@ecole.test",
    "mailboxes": "imap+plain://declic:x@127.0.0.1:9",
    "smtp": "smtp+plain://127.0.0.1:9",
}
MOST = 125
WITH_ENCODER = 300
"""Megabytes. What getrusage says would count those of the tests as well, from which the process was forked."""


@pytest.mark.parametrize(
    ("words", "settings", "loaded", "most"),
    [
        (["chat", "--as", "Camille Essai"], {}, [], WITH_ENCODER),
        (["link", "Camille Essai", "email", "camille@exemple.invalid"], {}, [], MOST),
        (["check"], {"telegram_token": "1:x", "telegram_api": "http://127.0.0.1:9/bot"}, ["telegram"], MOST),
        (["check"], BY_MAIL, ["aioimaplib", "aiosmtplib"], MOST),
        (["check"], {"listen": "127.0.0.1:9"}, ["aiohttp"], MOST),
        (["run"], {}, [], MOST),
        (["status"], BY_MAIL, [], MOST),
        (["mail", "parked"], BY_MAIL, [], MOST),
        (["faq", "show", "declare-how"], {}, [], MOST),
    ],
)
def test_a_command_loads_what_it_needs_and_no_more(
    organisation: Organisation, words: list[str], settings: dict[str, str], loaded: list[str], most: int
) -> None:
    library().edition()  # into the cache, so that no command has to make the index
    given = {f"DECLIC_{name.upper()}": value for name, value in {**organisation.settings, **settings}.items()}
    started = subprocess.run(
        [sys.executable, "-c", PROGRAM, *words],
        cwd=organisation.folder,
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1", **given},
        input="bonjour\n",
        capture_output=True,
        text=True,
        check=False,
    )
    *_, peak, names = started.stderr.splitlines()
    assert names.split() == loaded
    assert int(peak) < most * 1024
