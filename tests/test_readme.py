"""The README shows a conversation that happens, and names commands that exist."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text()
BLOCK = re.compile(r"```(\w+)\n(.*?)```", re.DOTALL)


def blocks(kind: str) -> list[str]:
    """The fenced blocks of a kind."""
    return [text for found, text in BLOCK.findall(README) if found == kind]


def test_the_conversation_is_part_of_one_that_is_replayed() -> None:
    (shown,) = blocks("text")
    assert shown.strip() in (ROOT / "tests/transcripts/fr/readme.txt").read_text()


def test_the_first_screen_gives_the_two_commands() -> None:
    first_screen = "\n".join(README.splitlines()[:20])
    assert "make chat " in first_screen
    assert "make test " in first_screen


def test_every_make_target_named_exists() -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    assert set(re.findall(r"(?:^|`)make (\w+)", README, re.MULTILINE)) <= targets


def test_every_file_named_exists() -> None:
    named = {*re.findall(r"\]\(([^)#]+)\)", README), *re.findall(r"`([\w.]+/[\w./]*)`", README)}
    missing = {name for name in named if not (ROOT / name).exists() and not (ROOT / "tests" / name).exists()}
    assert missing - {"fr/", "en/"} == set()
