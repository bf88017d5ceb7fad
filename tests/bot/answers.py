"""Answers as readers get them, and what comes of them."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from bot.question import Answer, Reader, Unreadable

ZONE = ZoneInfo("America/Toronto")
WEDNESDAY = datetime(2026, 10, 14, 9, 0, tzinfo=ZONE)


def outcome(reader: Reader[object], text: str, value: str | None = None, at: datetime = WEDNESDAY) -> object:
    """What is read, or the name of the template that says why it is not."""
    try:
        return reader.read(Answer(text, at, value))
    except Unreadable as refused:
        return refused.reason


def typed(block: str) -> list[str]:
    """The texts of a table's row, several a line, apart by " | "."""
    return [text.strip(" ") for line in block.strip().splitlines() for text in line.split(" | ")]
