"""Parts: the single questions of a message that asks several, as mails do."""

from __future__ import annotations

import re
from typing import Final

from faq.text import looks_like_question

END: Final = re.compile(r"(?<=[?!.…])\s+|\n+")
BULLET: Final = re.compile(r"^(?:[-–—•*]|\(?\d{1,2}[.)°]|[a-z]\))\s+")
SHORTEST: Final = 3
"""Words: « Et ça? » alone asks nothing."""
MOST: Final = 8
"""More questions than this are a text about something, not questions to us."""


def questions_in(message: str) -> list[str]:
    """The sentences that ask something, in order; none when there are not at least two."""
    sentences = (BULLET.sub("", sentence.strip()) for sentence in END.split(message))
    asked = [one for one in sentences if len(one.split()) >= SHORTEST and looks_like_question(one)]
    return asked if 2 <= len(asked) <= MOST else []
