"""Reads a verdict in what somebody in charge writes: « accepté, mais soyez plus économe », « non ». Pure text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from bot.heads import signed_heads_of
from bot.reading.choices import POLITE
from bot.reading.words import fold, plain
from bot.render import Wording

WORDS: Final = "past-limit/verdicts"
"""The template whose labels say what each verdict is called."""
TOKEN: Final = re.compile(r"[^\s,.;:!?…\u2013\u2014()\"«»“”'’]+")


class Verdict(StrEnum):
    """What may be meant, by the labels of the template."""

    ACCEPT = "accept"
    REFUSE = "refuse"
    ASK = "ask"
    UNSURE = "unsure"


@dataclass(frozen=True, slots=True)
class Meant:
    """What the words come down to."""

    verdict: Verdict | None = None
    """None: they have nothing to do with a verdict."""
    besides: str = ""
    """The reason or the remark that follows it."""
    firm: bool = False
    """Whether accepting or refusing is named: a mere « oui » could be about anything."""


UNSURE: Final = Meant(Verdict.UNSURE)
SIDES: Final = {"yes": Verdict.ACCEPT, "no": Verdict.REFUSE}


def meant_by(wording: Wording, text: str) -> Meant:
    """The verdict in a text; above a signature a line is read by itself."""
    heads = (_read(wording, head) for head in signed_heads_of(text))
    sure = (one for one in heads if one.verdict not in (None, Verdict.UNSURE) and not one.besides)
    return next(sure, None) or _read(wording, text)


def _read(wording: Wording, text: str) -> Meant:
    found = list(TOKEN.finditer(text))
    tokens = [fold(one[0]) for one in found]
    at, named, sides = _opening(wording, text, tokens)
    rest = text[found[at].start() :].strip() if at < len(found) else ""
    firm = _hints(wording, tokens[:at])
    if not named and not sides:
        return UNSURE if not rest or _hints(wording, tokens) else Meant()
    verdicts = named or sides
    if (
        len(verdicts | sides) > 1
        or "?" in text
        or (rest and not named and not _is_remark(wording, sides, tokens[at:]))
        or _doubtful(wording, named, tokens[at:])
    ):
        return Meant(Verdict.UNSURE, firm=firm)
    verdict = next(iter(verdicts))
    return Meant(verdict, _reason(wording, rest) if verdict is Verdict.REFUSE else rest, firm)


def _opening(wording: Wording, text: str, tokens: Sequence[str]) -> tuple[int, set[Verdict], set[Verdict]]:
    """How many words open the text with a verdict, yes or no, or courtesy; and which verdicts they name or nod to."""
    at, named, sides = 0, set[Verdict](), set[Verdict]()
    while at < len(tokens):
        label, length = _longest(wording, tokens[at:])
        if not length:
            break
        if label in SIDES:
            sides.add(SIDES[label])
        elif label in set(Verdict):
            named.add(Verdict(label))
        at += length
    return at, named, sides


def _longest(wording: Wording, tokens: Sequence[str]) -> tuple[str, int]:
    """The label whose longest phrase begins these words, and how many words that has; courtesy has no label."""
    labels = (Verdict.ACCEPT, Verdict.REFUSE, Verdict.ASK, *SIDES, "besides")
    found = [(_begins(wording, label, tokens), str(label)) for label in labels]
    length, label = max(found, key=lambda one: one[0])
    polite = POLITE.match(" ".join(tokens))
    return (label, length) if length else ("", len(polite[0].split()) if polite else 0)


def _begins(wording: Wording, label: str, tokens: Sequence[str]) -> int:
    """How many words the longest phrase of a label has that begins these."""
    lengths = (len(one) for one in _phrases(wording, label) if list(tokens[: len(one)]) == one)
    return max(lengths, default=0)


def _phrases(wording: Wording, label: str) -> list[list[str]]:
    return [[fold(one) for one in TOKEN.findall(phrase)] for phrase in wording.words(WORDS, label)]


def _hints(wording: Wording, tokens: Sequence[str]) -> bool:
    """Whether any word is of accepting or refusing."""
    stems = tuple(map(fold, wording.words(WORDS, "hints")))
    return any(one.startswith(stems) for one in tokens)


def _doubtful(wording: Wording, named: set[Verdict], rest: Sequence[str]) -> bool:
    """Whether what follows a verdict may take it back, or makes it depend on something."""
    if not rest:
        return False
    if Verdict.REFUSE in named:
        return rest[0] in ("pas", "not") or _hints(wording, rest)
    depends = any(_begins(wording, "if", rest[at:]) for at in range(len(rest)))
    return Verdict.ASK in named or depends or _hints(wording, rest)


def _is_remark(wording: Wording, sides: set[Verdict], rest: Sequence[str]) -> bool:
    """« mais c’est la dernière fois » after a yes; what speaks of fewer pages may take it back."""
    against = tuple(map(fold, wording.words(WORDS, "against")))
    takes_back = any(one.startswith(against) for one in rest)
    return sides == {Verdict.ACCEPT} and _begins(wording, "but", rest) > 0 and not takes_back


def _reason(wording: Wording, rest: str) -> str:
    """The reason without « parce que »."""
    found = list(TOKEN.finditer(rest))
    length = _begins(wording, "because", [plain(one[0]) for one in found])
    return rest[found[length].start() :] if 0 < length < len(found) else rest
