"""Files that people of the cast send: those that stand in `files/`, and pictures of bar codes made on the spot."""

from __future__ import annotations

import mimetypes
from collections.abc import Callable, Mapping
from pathlib import Path

from bot.messages import File
from tests.pictures import Shot, nothing, photographed

FOLDER = Path(__file__).parent / "files"


MADE: Mapping[str, Callable[[], bytes]] = {
    "code-barres.jpg": lambda: photographed("9782070612758", Shot(12)),
    "autre-livre.jpg": lambda: photographed("9782764429518", Shot(-8)),
    "floue.jpg": nothing,
    "abimee.jpg": lambda: photographed("9782070612758")[:2_000],
}


def file_named(name: str) -> File:
    """The file of that name, as a channel brings it."""
    kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
    return File(name, kind, MADE[name]() if name in MADE else (FOLDER / name).read_bytes())
