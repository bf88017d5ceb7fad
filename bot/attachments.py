"""What came along with a message, read before its transaction: tables and bar codes, bounded in size and time."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass

import structlog

from bot.messages import File, Heard

log = structlog.get_logger()

LARGEST = 5_000_000
"""Bytes of a file that is looked at; channels bring no larger ones."""
MOST_FILES = 3
"""Of one message that are looked at."""
SECONDS = 8.0
"""How long one file may take; whoever sent it waits for the answer."""
LOOKING = 3.0
"""Seconds after which no further look is taken at a picture."""

SHEETS = (".csv", ".tsv", ".tab", ".txt", ".xlsx", ".xls", ".ods")
"""Endings of names, also of sheets that cannot be read, so that whoever takes sheets says how to save them."""
PICTURES = (".jpg", ".jpeg", ".png", ".webp")
TYPES = ("image/jpeg", "image/png", "image/webp")
"""What senders call a file's type is too often `application/octet-stream`: the name counts as well."""
IPHONE = (".heic", ".heif", ".hif")
IPHONE_TYPES = ("image/heic", "image/heif")
IPHONE_BEGINS = (b"ftypheic", b"ftypheix", b"ftypmif1", b"ftypmsf1", b"ftyphevc")
"""From the fifth byte on, whatever the picture is called; Pillow reads none of them."""


@dataclass(frozen=True, slots=True)
class SheetSeen:
    """A table: its cells as text; blank rows are kept, so that row i is line i + 1 of the file."""

    name: str
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class BarcodeSeen:
    """A picture, and the ISBN whose bar code it shows; None where none can be read."""

    name: str
    isbn: str | None


@dataclass(frozen=True, slots=True)
class Unseen:
    """Something of no use, and why."""

    name: str
    reason: str
    """`kind`, `heic`, `size`, `unreadable`, or `missing` where its channel could not fetch it."""


Seen = SheetSeen | BarcodeSeen | Unseen


def is_of_use(name: str, media_type: str) -> bool:
    """Whether a channel brings a file of this name and type: it is looked at, or can be sent in another form."""
    return _sight_of(name, media_type) is not None or _is_called_heic(name, media_type)


def is_picture(file: File) -> bool:
    """Whether it is a picture, and here."""
    named_so = _sight_of(file.name, file.media_type) is _picture
    return bool(file.content) and (named_so or _is_heic(file))


def is_sheet(name: str) -> bool:
    """Whether a file of this name is a table, be it one that cannot be read."""
    return name.lower().endswith(SHEETS)


async def seen_in(heard: Heard) -> tuple[Seen, ...]:
    """What its files show, one after the other, on a thread; no file can keep the message from being heard."""
    return tuple([await _seen(file, heard) for file in heard.files[:MOST_FILES]])


async def _seen(file: File, heard: Heard) -> Seen:
    sight = _sight_of(file.name, file.media_type)
    if _is_heic(file):
        return Unseen(file.name, "heic")
    if sight is None:
        return Unseen(file.name, "kind")
    if not file.content or len(file.content) > LARGEST:
        return Unseen(file.name, "size" if file.content else "missing")
    try:
        async with asyncio.timeout(SECONDS):
            return await asyncio.to_thread(sight, file)
    except Exception as error:  # noqa: BLE001 - whatever the file is, the words beside it are to be heard
        log.warning("file-not-read", channel=heard.channel, mark=heard.mark, error=type(error).__name__)
        return Unseen(file.name, "unreadable")


def _sheet(file: File) -> Seen:
    from bot.reading.sheets import SheetUnreadable, read_sheet  # noqa: PLC0415 - when the first table comes

    try:
        return SheetSeen(file.name, read_sheet(file.name, file.content))
    except SheetUnreadable as error:
        return Unseen(file.name, error.reason)


def _picture(file: File) -> Seen:
    from bot.barcodes import TooLarge, isbn_in  # noqa: PLC0415 - a heavy library, when the first picture comes

    try:
        return BarcodeSeen(file.name, isbn_in(file.content, LOOKING))
    except TooLarge:
        return Unseen(file.name, "size")


def _is_heic(file: File) -> bool:
    """Whether it is a picture as an iPhone keeps it."""
    return _is_called_heic(file.name, file.media_type) or file.content[4:12] in IPHONE_BEGINS


def _is_called_heic(name: str, media_type: str) -> bool:
    return name.lower().endswith(IPHONE) or media_type in IPHONE_TYPES


Sight = Callable[[File], Seen]


def _sight_of(name: str, media_type: str) -> Sight | None:
    ending = name.lower()
    if is_sheet(name):
        return _sheet
    return _picture if ending.endswith(PICTURES) or media_type in TYPES else None
