"""What people send besides text, as Telegram describes it to the bot."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tests.fakes.telegram.files import File, Files

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class _Kind:
    name: str
    content: bytes
    body: Callable[[File], Any]


def _typed(file: File) -> Json:
    return file.as_json() | {"mime_type": file.mime}


_SQUARE = {"width": 512, "height": 512}
_LARGEST = {"width": 1280, "height": 960}
_SMALLER = ({"width": 90, "height": 67}, {"width": 320, "height": 240})
"""A photo comes in several sizes, the smallest first."""
_STICKER = _SQUARE | {"type": "regular", "is_animated": False, "is_video": False, "emoji": "👍"}

_WITH_FILE = {
    "sticker": _Kind("sticker.webp", b"RIFF....WEBP", lambda file: file.as_json() | _STICKER),
    "voice": _Kind("voice.ogg", b"OggS", lambda file: _typed(file) | {"duration": 3}),
    "photo": _Kind("photo.jpg", b"\xff\xd8\xff\xe0", lambda file: [file.as_json() | _LARGEST]),
    "document": _Kind("document.pdf", b"%PDF-1.7", lambda file: _typed(file) | {"file_name": file.name}),
}
_WITHOUT_FILE = {
    "location": {"latitude": 45.5089, "longitude": -73.5617},
    "contact": {"phone_number": "+1 514 555-0134", "first_name": "Camille"},
}


def thing(files: Files, kind: str, content: bytes, name: str, size: int | None) -> tuple[Json, File | None]:
    """Returns what the message says of the thing, and the file that it brings, if any."""
    if kind in _WITHOUT_FILE:
        return {kind: _WITHOUT_FILE[kind]}, None
    sort = _WITH_FILE[kind]
    smaller = [{**files.keep("small.jpg", b"small").as_json(), **of} for of in _SMALLER if kind == "photo"]
    file = files.keep(name or sort.name, content or sort.content, size=size)
    body = sort.body(file)
    return {kind: [*smaller, *body] if kind == "photo" else body}, file
