"""How folders are named on the wire: modified UTF-7 (RFC 3501, 5.1.3), between quotation marks."""

from __future__ import annotations

import re
from base64 import b64encode

SHIFTED = re.compile(r"[^\x20-\x7e]+")


def wire_name(folder: str) -> str:
    """Such as `"Trait&AOk-s"`."""
    shifted = SHIFTED.sub(_shifted, folder.replace("&", "&-"))
    return '"' + re.sub(r'([\\"])', r"\\\1", shifted) + '"'


def _shifted(match: re.Match[str]) -> str:
    letters = b64encode(match[0].encode("utf-16-be")).decode().rstrip("=")
    return f"&{letters.replace('/', ',')}-"
