"""What stands in a mailbox, read as any IMAP client would."""

from __future__ import annotations

import base64
import imaplib
import re
from collections.abc import Iterator
from contextlib import contextmanager

PATIENCE = 60.0
"""Seconds."""


@contextmanager
def logged_in(port: int, user: str, password: str) -> Iterator[imaplib.IMAP4]:
    """A connection without TLS, a user's, closed at the end."""
    with imaplib.IMAP4("127.0.0.1", port, timeout=PATIENCE) as imap:
        imap.login(user, password)
        yield imap


def read_all(imap: imaplib.IMAP4, folder: str) -> list[bytes]:
    """The messages of a folder, oldest first, left as unread as they were; none where there is no such folder."""
    answer, (count, *_) = imap.select(f'"{wire_name(folder)}"', readonly=True)
    if answer != "OK" or not int(count or 0):
        return []
    _, parts = imap.fetch("1:*", "(BODY.PEEK[])")
    return [part[1] for part in parts if isinstance(part, tuple)]


def wire_name(folder: str) -> str:
    """A folder's name as IMAP sends it: modified UTF-7."""
    return re.sub(r"[^\x20-\x7e]+", _shifted, folder.replace("&", "&-"))


def _shifted(match: re.Match[str]) -> str:
    letters = base64.b64encode(match[0].encode("utf-16-be")).decode().rstrip("=")
    return f"&{letters.replace('/', ',')}-"
