"""Text as it is matched: small plain words, their stems, and whether it looks like a question."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from functools import cache
from importlib.resources import files
from typing import Final

LIGATURES: Final = str.maketrans({"œ": "oe", "æ": "ae", "’": "'", "‘": "'", "`": "'", "´": "'", "ʼ": "'"})
ACCENT: Final = re.compile("[\u0300-\u036f]")
WORD: Final = re.compile(r"[^\W_]+(?:'[^\W_]+)*")
STRETCHED: Final = re.compile(r"(.)\1{2,}")
DOUBLED: Final = re.compile(r"(.)\1")
LONG_ENDINGS: Final = re.compile(r"(ements|ement|ations|ation|ees|ee|er|ez|es|e|s|ait|ais|ant|ent|ing|ed)$")
SHORT_ENDINGS: Final = re.compile(r"(es|s|e|x)$")

ASKING: Final = "qui|quoi|ou|quand|quels?|quelles?"
OPENERS: Final = (
    f"{ASKING}|comment|pourquoi|combien|que|est ce|qu est ce|c est (?:{ASKING})"
    f"|(?:a|d|de|par|sur|avec|dans) (?:{ASKING})"
    "|y a t il|il y a tu|existe t il|peut on|faut il|(?:puis|dois|ai|suis) je|(?:pouvez|pourriez|avez) vous"
    "|(?:peux|as) tu|jusqu a quand|depuis quand"
    "|how|what|when|where|why|who|whom|whose|which|can|could|do|does|did|is|are|was|were|should|would|will"
    "|may i|am i|have i"
)
GREETINGS: Final = "bonjour|salut|allo|et|mais|bon|ok|alors|hello|hi|hey|and|but|so"
OPENING: Final = re.compile(rf"(?:(?:{GREETINGS}) )*(?:{OPENERS})\b")
WITHIN: Final = re.compile(
    r"\b(?:est ce qu[ei]?|qu est ce|c est (?:quoi|quand|ou|qui)|(?:je|on) fai[st] quoi|y a t il|a t il|t on"
    r"|(?:puis|dois) je|pouvez vous|(?:how|what|where|when) (?:do|can|should) i|can (?:you|i))\b"
)
TU: Final = re.compile(
    r"[^\W_]-tu\b"
    r"|\b(?:c'?est|y'?a|faut|on|peut|j?peux|j?dois|j?suis|chu|va|vont|sont|ont|marche|ça|ca) ?tu\b"
)
"""The spoken interrogative: « c'est-tu », « y a-tu », « ça marche-tu »."""


def normalise(text: str) -> str:
    """Small letters without accents or punctuation, spoken and hurried spellings made plain words."""
    spellings = _spellings()
    words = WORD.findall(STRETCHED.sub(r"\1\1", _plain(text)))
    return " ".join(spellings.get(word.replace("'", "")) or word.replace("'", " ") for word in words)


def stem(word: str) -> str:
    """A normalised word without its ending and its doubled letters, roughly, in French and in English."""
    endings = LONG_ENDINGS if len(word) > 5 else SHORT_ENDINGS
    return DOUBLED.sub(r"\1", endings.sub("", word) if len(word) > 4 else word)


def looks_like_question(text: str) -> bool:
    """Whether it has the shape of a question. « Où est Charlie? » has: an ingredient, not a verdict."""
    if "?" in text or TU.search(text.casefold()):
        return True
    plain = normalise(text)
    return bool(OPENING.match(plain) or WITHIN.search(plain))


@cache
def light_words(language: str) -> frozenset[str]:
    """Words that carry little of a question's sense, normalised."""
    return frozenset(_table("light")[language].split())


@cache
def _spellings() -> dict[str, str]:
    return _table("spellings")


@cache
def _table(name: str) -> dict[str, str]:
    table = tomllib.loads((files("faq") / "words.toml").read_text("utf-8"))[name]
    return {key: str(value) for key, value in table.items()}


def _plain(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text.casefold().translate(LIGATURES))
    return ACCENT.sub("", decomposed)
