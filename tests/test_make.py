"""What `make` runs, and what it says where it cannot."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


def make(*words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """One call of make, as in a fresh shell."""
    inherited = {
        name: value for name, value in os.environ.items() if not re.match(r"MAKE|MFLAGS|TESTS$", name)
    }
    command = ["make", "--no-print-directory", *words]
    return subprocess.run(
        command, cwd=ROOT, env=inherited | environment, capture_output=True, text=True, check=False
    )


@pytest.mark.parametrize(
    ("words", "command"),
    [
        ((), ".venv/bin/declic chat"),
        (("AS=parent",), ".venv/bin/declic chat --as 'parent'"),
        (("LANGUE=en",), ".venv/bin/declic chat --lang 'en'"),
        (("AS=school-admin", "LANGUE=en"), ".venv/bin/declic chat --as 'school-admin' --lang 'en'"),
    ],
)
def test_make_chat_opens_the_terminal_as_the_person_named(words: tuple[str, ...], command: str) -> None:
    said = make("chat", "--dry-run", *words).stdout.splitlines()
    assert said[-1].split() == command.split()


def test_an_assembler_named_by_the_shell_is_nobody_to_talk_as() -> None:
    assert "--as" not in make("chat", "--dry-run", AS="/usr/bin/as").stdout


def test_a_python_that_is_too_old_is_named_with_the_way_out(tmp_path: Path) -> None:
    old = tmp_path / "python3"
    old.write_text('#!/bin/sh\n[ "$1" = -V ] && echo "Python 3.9.2"\nexit 1\n')
    old.chmod(0o755)
    said = make("chat", f"PYTHON={old}", f"VENV={tmp_path / 'venv'}")
    assert said.returncode
    assert said.stdout == ""
    assert f"{old} is Python 3.9.2, too old: 3.11 or newer is needed" in said.stderr
    assert "make PYTHON=python3.12" in said.stderr


def test_a_python_that_is_not_there_is_named_with_the_way_out(tmp_path: Path) -> None:
    said = make("chat", "PYTHON=python3.99", f"VENV={tmp_path / 'venv'}")
    assert said.returncode
    assert said.stdout == ""
    assert "no python3.99 here" in said.stderr


def test_make_alone_lists_what_there_is() -> None:
    said = make().stdout
    for target in ("make chat", "make test", "make bench", "make lock", "make fmt"):
        assert target in said
