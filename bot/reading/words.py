"""Typed words, made plain: case, accents, typography and one slip of the finger change nothing."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from typing import TypeVar

from rapidfuzz.distance import OSA

V = TypeVar("V")

LONGEST_LABEL = 60
"""Characters of what is kept as it was folded."""
LEAST_PART = 4
"""Letters: a shorter beginning or part of a label is not taken for it."""
LEAST_SLIP = 5
"""Letters: in a shorter word one wrong letter makes another word."""
LONGEST_NAMING = 6
"""Words: a longer text tells more than what it chooses."""

TYPOGRAPHY = str.maketrans(
    {"’": "'", "‘": "'", "ʼ": "'", "ʹ": "'", "′": "'", "´": "'", "`": "'", "œ": "oe", "æ": "ae", "−": "-"}
)
DROPPED = {"Mn", "Me", "Cf", "Cs"}
"""Accents, keycap frames, invisible signs, halves of broken characters."""
BLANK = {"Cc", "Zl", "Zp", "Zs"}

OUTER = re.compile(r"^[\W_]+|[\W_]+$")
WORD = re.compile(r"[^\W_]+")
INTRODUCED = re.compile(
    r"(?:(?:c'est|ce sont|it's|it is|un|une|le|la|les|du|des|de la|the|an?)\s+|[ld]')+(?=\w)",
)


def plain(text: str) -> str:
    """Small letters without accents, simple apostrophes and hyphens, single spaces; punctuation stays."""
    spelled = unicodedata.normalize("NFKD", text.casefold().translate(TYPOGRAPHY))
    return " ".join("".join(map(_plain_sign, spelled.casefold().translate(TYPOGRAPHY))).split())


def fold(text: str) -> str:
    """What a word or phrase is compared by: plain, and without punctuation or emoji around it."""
    return _folded(text) if len(text) > LONGEST_LABEL else _label_folded(text)


def choose(text: str, options: Sequence[tuple[V, Sequence[str]]], *, exactly: bool = False) -> V | None:
    """The value of the option whose labels the text means, or None when none does or several may.

    `exactly` asks for a whole label or synonym: the right thing where the text may be an answer of its own.
    """
    typed = _bare(text)
    for fits in (_same,) if exactly else (_same, _part, _slip):
        found = [value for value, labels in options if any(fits(typed, _bare(label)) for label in labels)]
        if found:
            return found[0] if len(found) == 1 else None
    return None


def choose_within(text: str, options: Sequence[tuple[V, Sequence[str]]]) -> V | None:
    """The value of the one option that a short text names among other words: « un manuel de français ».

    Of several, the one that it begins with; None where that leaves a doubt.
    """
    typed = f" {_spaced(_bare(text))} "
    if len(typed.split()) > LONGEST_NAMING:
        return None
    named = {
        value: [one for one in map(_spaced, map(_bare, labels)) if f" {one} " in typed]
        for value, labels in options
    }
    found = [value for value, words in named.items() if any(words)]
    begins = [value for value in found if any(typed.startswith(f" {word} ") for word in named[value] if word)]
    meant = begins or found
    return meant[0] if len(meant) == 1 else None


def one_slip(word: str, other: str) -> bool:
    """Whether the words are the same but for one letter added, dropped, changed or swapped with the next."""
    long_enough = min(len(word), len(other)) >= LEAST_SLIP and word.isalpha()
    return long_enough and OSA.distance(word, other, score_cutoff=1) <= 1


def _folded(text: str) -> str:
    return OUTER.sub("", plain(text))


# The same labels are folded by the hundred for each message; what people write is seldom so short, and soon forgotten.
_label_folded = lru_cache(maxsize=8192)(_folded)


@lru_cache(maxsize=4096)
def _plain_sign(sign: str) -> str:
    kind = unicodedata.category(sign)
    if kind in DROPPED:
        return ""
    if kind in BLANK:
        return " "
    return "-" if kind == "Pd" else sign


def _bare(text: str) -> str:
    folded = fold(text)
    introduced = INTRODUCED.match(folded)
    return folded[introduced.end() :] if introduced else folded


def _same(typed: str, label: str) -> bool:
    return bool(typed) and typed == label


def _part(typed: str, label: str) -> bool:
    if len(typed) < LEAST_PART:
        return False
    return label.startswith(typed) or f" {_spaced(typed)} " in f" {_spaced(label)} "


def _slip(typed: str, label: str) -> bool:
    """Each word typed is a word of the label, one of them with one slip."""
    words, known = WORD.findall(typed), WORD.findall(label)
    slipped = [word for word in words if word not in known]
    return len(slipped) == 1 and any(one_slip(slipped[0], other) for other in known)


def _spaced(text: str) -> str:
    return " ".join(WORD.findall(text))
