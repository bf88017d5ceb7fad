"""Mail made to do harm: over what no honest mail looks like the standard parser would take minutes."""

from __future__ import annotations

import re
from email.policy import Compat32

from bot.channels.mail.read.headers import LONGEST

MOST_LINES = 300_000
"""LARGEST bytes of an attachment, encoded in lines of 60 characters, are fewer."""
LONGEST_HEADERS = 256 * 1024
"""Bytes above the first empty line."""
MOST_BOUNDARIES = 50
MOST_COMPARED = 6_000_000
"""Each line is held against the boundary of every part that it stands in."""
LONGEST_ABOUT = 1_500
"""Characters of what a header says about a part: a long file name in accents takes as many."""

EMPTY_LINE = re.compile(rb"(?:\r\n|\n|\r(?!\n)){2}")
BOUNDARY = re.compile(rb"boundary\s*[*=]")


def is_tangled(raw: bytes) -> bool:
    """Whether a mail is too long a tangle to be read."""
    if len(raw) > LONGEST_HEADERS and not EMPTY_LINE.search(raw, 0, LONGEST_HEADERS):
        return True
    lines = raw.count(b"\n") + raw.count(b"\r") - raw.count(b"\r\n")
    if lines > MOST_LINES:
        return True
    boundaries = sum(1 for _ in BOUNDARY.finditer(raw.lower()))
    return boundaries > MOST_BOUNDARIES or lines * boundaries > MOST_COMPARED


class ShortHeaders(Compat32):
    """Keeps of each header what is looked at: its parameters take the square of its length to tell apart."""

    def header_source_parse(self, sourcelines: list[str]) -> tuple[str, str]:
        """A header's name and what it says, as the parser found it."""
        name, value = super().header_source_parse(sourcelines)
        return name, value[: LONGEST_ABOUT if name.lower().startswith("content-") else LONGEST]
