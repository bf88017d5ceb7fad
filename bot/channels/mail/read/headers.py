"""A message's headers as text: folded, encoded, in eight bits, or none of what they should be."""

from __future__ import annotations

import base64
import binascii
import quopri
import re
from collections.abc import Iterator
from email.message import Message
from email.utils import getaddresses

from bot.channels.mail.read.charsets import cleaned, decoded

LONGEST = 4_000
"""Characters of a header that are looked at."""
MOST_REFERENCES = 100

ENCODED = re.compile(r"=\?([^?\s*]{1,40})(?:\*[^?\s]{0,20})?\?([bBqQ])\?([^?]*)\?=")
BETWEEN = re.compile(r"\s*")
MESSAGE_ID = re.compile(r"<[^<>\s]{1,500}>")


def raw_headers(message: Message, name: str) -> Iterator[str]:
    """Each header of that name on one line, eight-bit text read, encoded words left."""
    for key, value in message.raw_items():
        if key.lower() == name:
            text = str(value)[:LONGEST].encode(errors="surrogateescape")
            yield " ".join(cleaned(decoded(text, None)).split())


def header(message: Message, name: str) -> str:
    """The first header of that name as people read it, "" where there is none."""
    return words(next(raw_headers(message, name), ""))


def words(value: str) -> str:
    """A header's text with its encoded words read; neighbours of one charset may share a character."""
    pieces: list[str] = []
    waiting, charset, at = b"", "", 0
    for found in ENCODED.finditer(value):
        between = value[at : found.start()]
        at = found.end()
        if not (charset and BETWEEN.fullmatch(between) and found[1].lower() == charset):
            pieces += [decoded(waiting, charset), "" if charset and not between.strip() else between]
            waiting = b""
        charset = found[1].lower()
        waiting += _decoded_word(found[2].lower(), found[3])
    return " ".join(cleaned("".join((*pieces, decoded(waiting, charset), value[at:]))).split())


def _decoded_word(encoding: str, text: str) -> bytes:
    raw = text.encode(errors="replace")
    if encoding == "q":
        return quopri.decodestring(raw, header=True)
    try:
        return base64.b64decode(raw + b"=" * (-len(raw) % 4)) or raw
    except (binascii.Error, ValueError):
        return raw


def address(message: Message, name: str) -> str:
    """The first address in the first header of that name, in small letters; "" where there is none."""
    return next(_addresses([next(raw_headers(message, name), "")]), "")


def name_of(message: Message, name: str) -> str:
    """How the first mailbox in that header is called, as people read it; "" where it has no name."""
    [(called, _), *_] = getaddresses([next(raw_headers(message, name), "")]) or [("", "")]
    return words(called)


def addresses(message: Message, name: str) -> tuple[str, ...]:
    """Every address in the headers of that name, in small letters."""
    return tuple(_addresses(list(raw_headers(message, name))))


def _addresses(values: list[str]) -> Iterator[str]:
    """Encoded words stay encoded, so that none can pass for an address."""
    return (mailbox.lower() for _, mailbox in getaddresses(values) if _is_address(mailbox))


def _is_address(mailbox: str) -> bool:
    local, _, domain = mailbox.rpartition("@")
    return bool(local and domain) and not any(sign.isspace() for sign in mailbox)


def message_ids(message: Message, name: str) -> tuple[str, ...]:
    """The message ids in a header, in its order."""
    found = (one for value in raw_headers(message, name) for one in MESSAGE_ID.findall(value))
    return tuple(dict.fromkeys(found))[-MOST_REFERENCES:]
