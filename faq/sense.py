"""Sense: whether two questions ask the same thing, told by their meaning where it is known, else by their words."""

from __future__ import annotations

from typing import Final, NamedTuple

from rapidfuzz import fuzz

from faq.text import normalise

SAME_WORDS: Final = 85
"""From here on (of 100) two questions share their words, whatever the order."""


class Sense(NamedTuple):
    """A question as it can be compared."""

    text: str
    vector: bytes
    """What the encoder makes of it; empty without the encoder."""


def alike(one: Sense, other: Sense) -> bool:
    """Whether both may well be given the same answer."""
    return fuzz.token_sort_ratio(normalise(one.text), normalise(other.text)) >= SAME_WORDS
