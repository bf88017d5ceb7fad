"""Statements: sentences that begin with a field's name and no colon: « Année 2006 », « Le titre c’est Caribou 4 »."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from itertools import takewhile
from typing import Final

from bot.reading.sentences import PUPIL_WORDS
from bot.reading.words import fold

SENTENCE: Final = re.compile(r"\n+|(?<=[.!?;])\s+(?=[A-ZÀ-ÖØ-Ý«“\"])")
JOINT: Final = re.compile(r"(, | (?:et|pis|puis|and) )")
COUNTED: Final = re.compile(
    rf"(?:(?:c'est|c'etait|cest|it's|it was|avec|with|pour|for) )?\d{{1,5}} (?:pages?|copies?|{PUPIL_WORDS})"
)
"""A count that is told beside a field, and no part of it; folded."""
WORD: Final = re.compile(r"\S+")
ARTICLE: Final = re.compile(r"(?:[ld]')(?=\w)")
ARTICLES: Final = frozenset({"le", "la", "les", "the", "mon", "ma", "my", "l"})
LEAD: Final = frozenset(
    [
        "oui",
        "non",
        "ok",
        "yes",
        "no",
        "nope",
        "mais",
        "but",
        "et",
        "pis",
        "and",
        "en",
        "fait",
        "finalement",
        "plutot",
        "rather",
        "actually",
        "oups",
        "oops",
        "pardon",
        "desole",
        "desolee",
        "sorry",
        "c'est",
        "bon",
        "beau",
        "good",
        "correct",
        "parfait",
        "alors",
        "so",
        "well",
        "ah",
        "oh",
        "euh",
        "pour",
        "for",
        "attend",
        "attends",
        "attendez",
        "wait",
    ]
)
"""Words that may come before the name of the field."""
ASKING: Final = frozenset(
    [
        "please",
        "svp",
        "s'il",
        "vous",
        "plait",
        "te",
        "pouvez-vous",
        "pourriez-vous",
        "peux-tu",
        "can",
        "could",
        "you",
        "je",
        "veux",
        "voudrais",
        "i",
        "want",
        "to",
    ]
)
"""Politeness before "modifier" or "change"."""
MOST_LEAD: Final = 6
MOST_LABEL: Final = 5
"""Words."""
SIGNS: Final = frozenset({":", "=", "-", "–", "—", "->", "→"})
SAYING: Final = [
    "je pense que c'est",
    "je crois que c'est",
    "i think it's",
    "i think it is",
    "c'est",
    "cest",
    "c'etait",
    "it's",
    "it is",
    "it was",
    "serait",
    "sera",
]
"""After these any value is meant as one."""
BEING: Final = ("est", "etait", "is", "was", "are", "sont")
CHANGING: Final = ("pour", "par", "a", "en", "to", "with", "as")
"""After "modifier" or "change" these stand before the new value."""
QUOTED: Final = re.compile(r"[«“\"]\s*(.+?)\s*[»”\"][.!]?")


@dataclass(frozen=True, slots=True)
class Statement:
    """A field, and what a sentence says of it."""

    name: str
    label: str
    """As it was written, folded."""
    text: str
    sure: bool
    """Whether the words between the two leave no doubt that this is its value."""
    linked: bool
    """Whether a sign or a verb stands between the two."""
    said: str
    """The sentence as it was written."""


def statements_in(text: str, names: Mapping[str, str]) -> Iterator[Statement]:
    """What is stated, sentence by sentence; `names` tells which field each folded label means."""
    for sentence in SENTENCE.split(text):
        yield from (found for piece in _pieces(sentence, names) if (found := _stated(piece, names, ())))


def change_in(text: str, verbs: Collection[str], names: Mapping[str, str]) -> Statement | None:
    """The one change that a whole text asks for, such as « modifier le titre : c’est … »; `verbs` are folded."""
    words = [(hit.end(), fold(hit.group())) for hit in WORD.finditer(text)]
    before = len(list(takewhile(lambda word: not word[1] or word[1] in LEAD | ASKING, words)))
    is_change = before <= MOST_LEAD and before < len(words) and words[before][1] in verbs
    return (
        _stated(text[words[before][0] :].strip(), names, CHANGING) if is_change and "\n" not in text else None
    )


def _pieces(sentence: str, names: Mapping[str, str]) -> list[str]:
    """The parts between commas and « et », each with what follows it up to the next one that tells another field."""
    first, *rest = JOINT.split(sentence.strip())
    pieces = [first]
    for joint, part in zip(rest[::2], rest[1::2], strict=True):
        if _is_open(pieces[-1]) or not _begins(part, joint, names):
            pieces[-1] = f"{pieces[-1]}{joint}{part}"
        else:
            pieces.append(part)
    return pieces


def _begins(part: str, joint: str, names: Mapping[str, str]) -> bool:
    """Whether something else is told from here on; after « et » only where that is beyond doubt."""
    found = _stated(part, names, ())
    return bool(COUNTED.fullmatch(fold(part))) or (found is not None and (found.linked or joint == ", "))


def _is_open(piece: str) -> bool:
    """Whether a quotation goes on."""
    return piece.count("«") > piece.count("»") or piece.count('"') % 2 == 1


def _stated(sentence: str, names: Mapping[str, str], more: Collection[str]) -> Statement | None:
    words = [(hit.start(), hit.group()) for hit in WORD.finditer(sentence)]
    folded = [fold(word) for _, word in words]
    lead = len(list(takewhile(lambda word: word in LEAD or not word, folded)))
    for begin in (0, *({lead} - {0} if lead <= MOST_LEAD else ())):
        found = _labelled(folded, begin, names)
        if found:
            label, after = found
            name = names[label]
            at, sure = _after_signs(words, folded, after, more)
            text = _bare(sentence[words[at][0] :]) if at < len(words) else ""
            return Statement(name, label, text, sure, sure or at > after, sentence) if text else None
    return None


def _labelled(folded: list[str], begin: int, names: Mapping[str, str]) -> tuple[str, int] | None:
    """The longest label that stands there, and the word after it."""
    begin += begin < len(folded) and folded[begin] in ARTICLES
    first = folded[begin : begin + 1]
    for count in range(min(MOST_LABEL, len(folded) - begin), 0, -1):
        label = " ".join((*(ARTICLE.sub("", word) for word in first), *folded[begin + 1 : begin + count]))
        if label in names:
            return label, begin + count
    return None


def _after_signs(
    words: list[tuple[int, str]], folded: list[str], at: int, more: Collection[str]
) -> tuple[int, bool]:
    """The word that the value begins with, and whether what stands before it leaves no doubt."""
    sure = words[at - 1][1].endswith((":", "="))
    while at < len(words):
        phrase = _phrase(folded, at, (*SAYING, *BEING, *more))
        if words[at][1] in SIGNS:
            at, sure = at + 1, True
        elif phrase:
            at, sure = at + len(phrase.split()), sure or phrase not in BEING
        else:
            break
    return at, sure


def _phrase(folded: list[str], at: int, phrases: Collection[str]) -> str | None:
    following = " ".join(folded[at : at + MOST_LABEL]) + " "
    return next((one for one in phrases if following.startswith(f"{one} ")), None)


def _bare(text: str) -> str:
    quoted = QUOTED.fullmatch(text.strip())
    return text.strip() if quoted else text.strip().rstrip(".;,").strip()
