"""Bytes into text, whatever charset they say they are in."""

from __future__ import annotations

import codecs
import re

NO_CHARSETS = frozenset(
    {"idna", "mbcs", "oem", "punycode", "raw-unicode-escape", "undefined", "unicode-escape"}
)
"""Python's codecs that no mail is written in; the slow ones would hold everybody up."""

AS_BROWSERS = {"ascii": "cp1252", "iso8859-1": "cp1252"}
"""Whoever says Latin-1 has written curly quotes in Windows-1252."""

CONTROLS = {code: None for code in range(32) if code not in (9, 10)} | {0x7F: None, 0xFEFF: None}
LINE_ENDS = re.compile(r"\r\n?|[\v\f\x85\u2028\u2029]")


def decoded(raw: bytes, charset: str | None) -> str:
    """The text, in the charset that fits: UTF-8 where it reads as that, else the one said, else Windows-1252.

    Latin-1 text that happens to be valid UTF-8 is not met; UTF-8 said to be Latin-1 is, every day.
    """
    said = _known(charset)
    tried = ("utf-8", said) if said is None or said in AS_BROWSERS.values() else (said, "utf-8")
    for codec in filter(None, tried):
        try:
            return raw.decode(codec)
        except (UnicodeError, LookupError):
            continue
    return raw.decode("cp1252", errors="replace")


def _known(charset: str | None) -> str | None:
    """Python's name of the charset, or None where there is no such thing."""
    try:
        name = codecs.lookup((charset or "").strip(" \"'")).name
    except (LookupError, ValueError):
        return None
    return None if name in NO_CHARSETS else AS_BROWSERS.get(name, name)


def cleaned(text: str) -> str:
    """Text with plain line ends and no NUL or other control character."""
    return LINE_ENDS.sub("\n", text).translate(CONTROLS).encode(errors="replace").decode()
