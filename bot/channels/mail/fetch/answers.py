"""What the lines of an IMAP server say. A literal comes as a line of its own, a bytearray."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from email.utils import format_datetime, parsedate_to_datetime

Lines = Sequence[bytes | bytearray]

FETCH = re.compile(rb"\d+ FETCH \(", re.IGNORECASE)
UID = re.compile(rb"\bUID (\d+)", re.IGNORECASE)
SIZE = re.compile(rb"\bRFC822\.SIZE (\d+)", re.IGNORECASE)
DATE = re.compile(rb'\bINTERNALDATE "([^"]*)"', re.IGNORECASE)
SHORT_BODY = re.compile(rb'\bBODY\[\](?:<0>)? (?:NIL|"((?:[^"\\]|\\.)*)")', re.IGNORECASE)
"""A body for which the server found no literal worth the while."""
EXISTS = re.compile(rb"\d+ EXISTS\b", re.IGNORECASE)
BYE = re.compile(rb"BYE\b", re.IGNORECASE)
CODE = re.compile(rb"\[([A-Z][A-Z0-9-]*)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Entry:
    """A mail as FETCH shows it; what was not asked for, or not understood, is None."""

    uid: int
    at: datetime | None = None
    """When the server took it in, aware."""
    size: int | None = None
    """In bytes; some servers guess."""
    raw: bytes | None = field(default=None, repr=False)


def entries_in(lines: Lines) -> list[Entry]:
    """In order of UID. What the server tells unasked (flags that changed) is in it too, with little but the UID."""
    found = (_entry(text, raw) for text, raw in _fetched(lines))
    return sorted((entry for entry in found if entry), key=lambda entry: entry.uid)


def uids_in(lines: Lines) -> list[int]:
    """What a SEARCH found, lowest first. Raises ValueError when that is no numbers."""
    words = (line.split()[1:] for line in lines if line[:7].upper().rstrip() == b"SEARCH")
    return sorted({int(word) for found in words for word in found})


def number_in(lines: Lines, name: str) -> int | None:
    """Such as 12 for `OK [UIDNEXT 12] ...`."""
    pattern = re.compile(rb"\[%s (\d+)\]" % name.encode(), re.IGNORECASE)
    matches = (pattern.search(line) for line in _said(lines))
    return next((int(match[1]) for match in matches if match), None)


def tells_of_mail(lines: Lines) -> bool:
    """Whether mail may have come."""
    return any(EXISTS.match(line) for line in _said(lines))


def says_bye(lines: Lines) -> bool:
    """Whether the server is about to hang up."""
    return any(BYE.match(line) for line in _said(lines))


def code_in(status: bytes) -> str:
    """The code of a response, such as TRYCREATE, or nothing. What is said beside it may name people."""
    match = CODE.match(status)
    return match[1].decode().upper() if match else ""


def day(at: datetime) -> str:
    """A date as SEARCH wants it: 1-Oct-2026, whatever the locale."""
    return "-".join(format_datetime(at).split()[1:4])


def _said(lines: Lines) -> Iterator[bytes]:
    """The server's own words: what stands in a literal is somebody else's."""
    return (line for line in lines if isinstance(line, bytes))


def _fetched(lines: Lines) -> Iterator[tuple[bytes, bytes | None]]:
    """For each FETCH, what its lines say, and its literal."""
    text, raw = b"", None
    for line in lines:
        if isinstance(line, bytearray):
            raw = bytes(line)
        elif FETCH.match(line):
            yield text, raw
            text, raw = line, None
        else:
            text += b" " + line
    yield text, raw


def _entry(text: bytes, raw: bytes | None) -> Entry | None:
    uid, size, body = UID.search(text), SIZE.search(text), SHORT_BODY.search(text)
    if not (FETCH.match(text) and uid):
        return None
    if raw is None and body:
        raw = re.sub(rb"\\(.)", rb"\1", body[1] or b"")
    return Entry(int(uid[1]), _date(text), int(size[1]) if size else None, raw)


def _date(text: bytes) -> datetime | None:
    match = DATE.search(text)
    try:
        at = parsedate_to_datetime(match[1].decode()) if match else None
    except ValueError:
        return None
    return at if at and at.tzinfo else None
