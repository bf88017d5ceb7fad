"""docs/email.md names every setting of e-mail and no other, pictures and commands that exist."""

from __future__ import annotations

import re
from pathlib import Path

from typer.main import get_command

from bot.cli import app
from bot.settings import PREFIX, Settings

DOCS = Path(__file__).parent.parent / "docs"
TEXT = (DOCS / "email.md").read_text()
OF_MAIL = {name for name in Settings.model_fields if name.startswith("mail") or name == "smtp"}


def test_every_setting_of_email_is_told_and_no_other() -> None:
    table = re.findall(r"^\| (`.+?`) \|", TEXT, re.MULTILINE)
    named = {word.lower() for row in table for word in re.findall(rf"`(?:{PREFIX})?_?(\w+)`", row)}
    assert {name if name in OF_MAIL else f"mail_{name}" for name in named} == OF_MAIL


def test_the_defaults_told_are_the_defaults() -> None:
    told = dict(re.findall(rf"^\| `{PREFIX}(\w+)`(?:, `_PER_DAY`)? \| ([\w, :/.]+) \|", TEXT, re.MULTILINE))
    fields = Settings.model_fields
    assert told.pop("MAIL_PER_HOUR") == f"{fields['mail_per_hour'].default}, {fields['mail_per_day'].default}"
    assert {name: value for name, value in told.items() if value.strip()} == {
        "MAIL_TAGS": str(fields["mail_tags"].default).lower(),
        "MAIL_TOKEN_SCOPE": fields["mail_token_scope"].default,
        "MAIL_PER_MINUTE": str(fields["mail_per_minute"].default),
    }


def test_every_picture_named_exists() -> None:
    pictures = re.findall(r"\]\((pictures/[^)]+)\)", TEXT)
    assert pictures
    assert [name for name in pictures if not (DOCS / name).is_file()] == []


def test_every_command_named_exists() -> None:
    root = get_command(app)
    commands = set(getattr(root, "commands", {}))
    named = set(re.findall(r"(?:^|`)declic ([a-z]+)", TEXT, re.MULTILINE))
    assert {"run", "check", "link", "status", "person", "mail"} <= named <= commands
