"""Terms: what a name that people meet means, in one sentence; in the middle of a talk too."""

from __future__ import annotations

import re
from typing import Final

from bot.messages import Reply
from bot.reading.texts import is_quoted
from bot.reading.words import choose, fold
from bot.turn import Said, Turn
from storage.talks import KeptTalk

TERMS: Final = ("mozaik", "gpi", "questa", "over", "reachable")
"""Each a template; its label `#` says how it is spelled."""
ASKS: Final = re.compile(
    r"(?:.* )?(?:(?:(?:c'est|cest|s'est) (?:quoi|koi)|qu'est[- ]ce que(?: c'est que)?"
    r"|what is|what's|what does|(?:ca|que) veut dire(?: quoi)?) |qu'est[- ]ce qu'(?=une? ))"
    r"(.+?)(?: mean| veut dire| ca| means)?"
)
"""Asks what something is; folded text."""


def defined(turn: Turn, _kept: KeptTalk | None) -> Said | None:
    """What the term means that the message asks about; None for anything else."""
    asked = None if is_quoted(turn.heard.text) else ASKS.fullmatch(fold(turn.heard.text))
    words = turn.house.wording.words
    terms = [(term, words(f"terms/{term}", "#")) for term in TERMS]
    term = choose(asked[1], terms, exactly=True) if asked else None
    return Said((Reply(f"terms/{term}"),)) if term else None
