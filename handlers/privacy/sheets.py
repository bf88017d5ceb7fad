"""Somebody's data as files: one to read, one for machines."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime

from bot import markup
from bot.messages import File
from bot.turn import Turn
from handlers.privacy.held import Described, Words, described, words_in
from storage.dossier import MOST, Dossier, Row

Line = tuple[str, str]
Section = tuple[Described, list[list[Line]]]


def readable(turn: Turn, held: Dossier) -> str:
    """All of it in words, a paragraph for each thing."""
    words, settings = words_in(turn.house.wording, turn.language), turn.house.settings
    titles = described(words, settings.keep)
    sections: list[Section] = [
        (titles[table], [list(_lines(turn, row, words)) for row in rows]) for table, rows in held.items()
    ]
    return markup.to_plain(
        turn.house.wording.text(
            "my-data/file",
            turn.language,
            {
                "sections": sections,
                "today": turn.today,
                "most": MOST,
                "responsible": settings.privacy_contact or settings.contact,
            },
        )
    )


def files(turn: Turn, held: Dossier) -> tuple[File, File]:
    """The one to read, and the one for machines."""
    words = words_in(turn.house.wording, turn.language)
    kept = json.dumps(held, ensure_ascii=False, indent=1, default=_plain)
    return (
        File(f"{words('file')}.txt", "text/plain", readable(turn, held).encode()),
        File(f"{words('file')}.json", "application/json", kept.encode()),
    )


def _lines(turn: Turn, row: Row, words: Words) -> Iterator[Line]:
    """What is there, each by its name; a letter's words are read as they were shown."""
    for name, value in row.items():
        if value not in (None, "", {}, []):
            told = markup.to_plain(str(value)) if name == "html" else _told(turn, value, words)
            yield words(f"c.{name}"), told


def _told(turn: Turn, value: object, words: Words) -> str:
    if isinstance(value, bool):
        return words("yes" if value else "no")
    if isinstance(value, datetime):
        return value.astimezone(turn.house.settings.zone).strftime("%Y-%m-%d %H:%M")
    if isinstance(value, Mapping):
        return "; ".join(_pairs(turn, value, words))
    if isinstance(value, list | tuple):
        return "; ".join(_told(turn, one, words) for one in value)
    return str(_plain(value))


def _pairs(turn: Turn, value: Mapping[str, object], words: Words) -> Iterable[str]:
    """Of an answer in a talk, what was written."""
    for name, one in value.items():
        inner = one.get("text") if isinstance(one, Mapping) else one
        if inner not in (None, ""):
            yield f"{name} = {_told(turn, inner, words)}"


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else str(value)
