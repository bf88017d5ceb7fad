"""The headings of a mail: folded, in ASCII, and with no line of anybody else's making.

Python's own folding turns a long Message-ID into encoded words, loses spaces of a long subject, and breaks a name
with a comma in it; so headings are folded here.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from email.header import Header

from bot.messages import Thread

NEWLINE = "\r\n"
WIDTH = 76
LONGEST_SUBJECT = 200
"""Characters."""
LONGEST_NAME = 80
MOST_REFERENCES = 20
"""A long thread keeps its first message and its newest ones (RFC 5537)."""

ID = re.compile(r"<[!-;=?-~]{3,400}>")
"""Printable ASCII without blanks or angle brackets: some programs leave out the @."""
ANSWERS = re.compile(r"(?:re|ré|rép)\s*(?:\[\d+\])?\s*:", re.IGNORECASE)
UNSEEN = frozenset({"Cc", "Cs", "Zl", "Zp"})
"""Controls, newlines of every sort, and halves of characters."""


def heading(name: str, value: str) -> str:
    """One heading, `value` being ASCII and folded already. Raises ValueError where that is not so."""
    if not re.fullmatch(r"[ -~]+(?:\r\n [ -~]+)*", value):
        raise ValueError(f"no value for the heading {name}")
    return f"{name}: {value}{NEWLINE}"


def words(name: str, text: str) -> str:
    """Anything at all, on one line, encoded and folded for the heading of that name."""
    if text.isascii() and "=?" not in text and len(name) + len(text) < WIDTH:
        return text
    return Header(text, "utf-8", header_name=name, maxlinelen=WIDTH).encode(linesep=NEWLINE)


def mailbox(name: str, person: str, address: str) -> str:
    """`person <address>`, the person's name encoded, since a name may hold a comma."""
    shown = Header(one_line(person, LONGEST_NAME), "utf-8", header_name=name, maxlinelen=WIDTH)
    return f"{shown.encode(linesep=NEWLINE)}{NEWLINE} <{address}>"


def one_line(text: str, most: int) -> str:
    """Text without controls, cut to so many characters."""
    seen = "".join(" " if unicodedata.category(one) in UNSEEN else one for one in text).strip()
    return seen if len(seen) <= most else f"{seen[: most - 1].rstrip()}…"


def subject_of(thread: Thread | None, own: str) -> str:
    """The subject of what is answered, with one `Re:`; else our own."""
    if thread is None:
        return one_line(own, LONGEST_SUBJECT)
    asked = one_line(thread.subject, LONGEST_SUBJECT)
    return asked if ANSWERS.match(asked) else one_line(f"Re: {asked or own}", LONGEST_SUBJECT)


def threading(thread: Thread | None) -> Iterable[tuple[str, str]]:
    """In-Reply-To and References, as far as the ids are such."""
    if thread is None:
        return
    answered = [one for one in (thread.message_id,) if ID.fullmatch(one)]
    before = [one for one in thread.references if ID.fullmatch(one) and one not in answered]
    if answered:
        yield "In-Reply-To", answered[0]
    if chain := [*dict.fromkeys(before), *answered]:
        yield "References", f"{NEWLINE} ".join(_bounded(chain))


def _bounded(chain: list[str]) -> list[str]:
    return chain if len(chain) <= MOST_REFERENCES else [chain[0], *chain[1 - MOST_REFERENCES :]]
