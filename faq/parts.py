"""Parts: the single sentences of a message, which may ask several things, as mails do."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from faq.text import looks_like_question

END: Final = re.compile(r"(?<=[?!.…])\s+|\n+")
BULLET: Final = re.compile(r"^(?:[-–—•*]|\(?\d{1,2}[.)°]|[a-z]\))\s+")
SHORTEST: Final = 3
"""Words: « Et ça? » alone asks nothing."""
MOST: Final = 8
"""More than this are a text about something, not questions to us."""


class Part(NamedTuple):
    """One sentence of a message."""

    text: str
    asks: bool
    """Whether it is shaped like a question; « J'ai oublié mon mot de passe » asks all the same."""


def parts_of(message: str) -> list[Part]:
    """Its sentences, in order; of a long message those that ask. None when there are not at least two."""
    sentences = (BULLET.sub("", sentence.strip()) for sentence in END.split(message))
    parts = [Part(one, looks_like_question(one)) for one in sentences if len(one.split()) >= SHORTEST]
    if len(parts) > MOST:
        parts = [part for part in parts if part.asks]
    return parts if 2 <= len(parts) <= MOST else []
