"""Which schools and service centres a wish names, of those that the sender follows, and of others."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from bot.reading.words import fold
from bot.turn import Turn
from handlers.reports.views import by_key, views_of
from handlers.school_names import SHORTEST, meant, ours

WORD: Final = re.compile(r"[^\W\d_]+")
AND: Final = re.compile(r",| et | and | & ", re.IGNORECASE)
LEADS: Final = re.compile(
    r"^(?:(?:[aà]|au|aux|de|du|des|la|le|les|at|the|l['’]?[eé]cole|[eé]cole) )+", re.IGNORECASE
)
NAME: Final = re.compile(
    r"(?!(?:svp|stp|merci|please|thanks|vite|ceux|celles|those|profs?|seulement|only|relance|rappelle|remind|dis)\b)"
    r"[a-z-]{4,}(?: [a-z-]{4,})?(?: (?:svp|please|stp))?"
)
"""What may be a name of one or two words; folded text."""
MOST: Final = 3
"""Places that are told apart; of more, somebody chooses among all."""


def place_named(turn: Turn) -> str:
    """The key of the one view that a word of the message stands for beyond doubt, such as `school-12`; "" for none."""
    named = turn.once(places_named)
    return named[0] if len(named) == 1 else ""


def places_named(turn: Turn) -> tuple[str, ...]:
    """The keys of all that its words stand for beyond doubt; a name of several words, for which it has the most."""
    followed = views_of(turn.tx, turn.person) if turn.known else ()
    places = {key: view.name for key, view in by_key(turn.tx, followed).items() if view.name}
    keys = tuple(places)
    return tuple(keys[at] for at in _named(tuple(places.values()), turn.heard.text))[:MOST]


def elsewhere(turn: Turn) -> str:
    """The name of a school of ours that the words stand for, which the sender need not follow; "" for none."""
    names = tuple(one.name for one in turn.once(ours))
    return next((names[at] for at in _named(names, turn.heard.text)), "")


def other_place(turn: Turn) -> str:
    """What stands beside a place that is known, as one of several, and is none: « Vallon »; "" for nothing."""
    names = tuple(view.name for view in by_key(turn.tx, views_of(turn.tx, turn.person)).values() if view.name)
    parts = [LEADS.sub("", one.strip(" .!?")) for one in AND.split(turn.heard.text)]
    known = [bool(_named(names, one)) for one in parts]
    unknown = (
        one for one, is_one in zip(parts, known, strict=True) if not is_one and NAME.fullmatch(fold(one))
    )
    return next(unknown, "") if any(known) else ""


def _named(names: tuple[str, ...], text: str) -> Sequence[int]:
    """By two words in a row first, so that « grand vallon » is no « vallon »."""
    return tuple(dict.fromkeys(_sure(names, WORD.findall(fold(text)))))


def _sure(names: tuple[str, ...], words: list[str]) -> Iterator[int]:
    at = 0
    while at < len(words):
        lengths = (2, 1) if at + 1 < len(words) else (1,)
        found = ((length, _one(names, words[at : at + length])) for length in lengths)
        length, named = next(((length, one) for length, one in found if one is not None), (1, None))
        if named is not None:
            yield named
        at += length


def _one(names: tuple[str, ...], words: list[str]) -> int | None:
    """The place in the list of the one that these words, none of them short, stand for beyond doubt."""
    long_enough = all(len(word) >= SHORTEST for word in words)
    found, sure = meant(names, " ".join(words)) if long_enough else ((), False)
    return found[0] if sure else None
