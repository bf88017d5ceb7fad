"""Schools by what people write: ours that are named much like it, and whether it may be a school's name at all."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from bot.question import Unreadable
from bot.reading import fold
from bot.reading.words import LEAST_SLIP
from bot.turn import Turn
from storage import schools
from storage.schools import NamedSchool

LONGEST: Final = 80
"""Characters: a longer text is no name."""
SAYS_SCHOOL: Final = re.compile(
    r"\b(?:ecole|college|academie|academy|school|high|elementary|polyvalente|institut|centre|center|externat"
    r"|pensionnat|pavillon|secondaire|primaire|montessori)\b"
)
"""What a school's name says of itself; folded text."""
NO_NAME: Final = re.compile(
    r"[•@?!\d\n]|\b(?:je|j|mon|ma|mes|fils|fille|eleve|fiche|demande|parent|i|my|son|daughter|student|pupil)\b"
)
"""What is in no school's name, but in a remark or in what tells of a person."""
SHOWN = 3
"""How many schools are offered at once."""
CLOSE = 80
"""How alike two names must be to ask whether they are the same (0 to 100); a part of the name will do."""
SHORTEST: Final = 4
"""Letters: fewer are in any name."""
GENERIC = re.compile(
    r"\b(?:ecole|college|academie|school|primaire|secondaire|elementary|high|sainte?|ste?|d[eu]|des|l[ae]|les|[ld])\b"
)
"""What many schools have in their names; folded text."""
WORD = re.compile(r"\w+")


def check_school(turn: Turn, typed: str) -> None:
    """Raises Unreadable for what is neither named much like one of our schools nor plainly the name of another.

    What goes into a letter or a request is then no pupil's name, and no remark.
    """
    near = turn.once(Like(typed))
    exactly = bool(near) and fold(near[0].name) == fold(typed)
    named_so = bool(near) or bool(SAYS_SCHOOL.search(fold(typed)))
    if not exactly and not (named_so and _is_plain(typed)):
        raise Unreadable("read/no-school")


def names_school(typed: str) -> bool:
    """Whether it says that it is a school's name, or is one word, and holds nothing of a person."""
    return _is_plain(typed) and (bool(SAYS_SCHOOL.search(fold(typed))) or len(typed.split()) == 1)


def ours(turn: Turn) -> tuple[NamedSchool, ...]:
    """All schools that we know."""
    return schools.named(turn.tx)


@dataclass(frozen=True, slots=True)
class Like:
    """Finds the schools named much like this, the closest first; for `Turn.once`."""

    name: str

    def __call__(self, turn: Turn) -> tuple[NamedSchool, ...]:
        known = turn.once(ours)
        exactly = tuple(one for one in known if fold(one.name) == fold(self.name))
        return exactly or tuple(self._close(known))

    def _close(self, known: tuple[NamedSchool, ...]) -> list[NamedSchool]:
        names = [_compared(one.name) for one in known]
        wanted = _compared(self.name)
        close = process.extract(wanted, names, scorer=fuzz.partial_ratio, score_cutoff=CLOSE, limit=SHOWN)
        return [known[at] for _, _, at in close] if wanted else []


@dataclass(frozen=True, slots=True)
class Index:
    """Names by what they are compared by: their places in a list."""

    folded: dict[str, list[int]]
    compared: dict[str, list[int]]
    """Without the words that many schools have in their names."""
    words: dict[str, list[int]]


@lru_cache(maxsize=1024)
def meant(names: tuple[str, ...], typed: str) -> tuple[tuple[int, ...], bool]:
    """Which of these names somebody means, by their places in the list, and whether that is beyond doubt.

    The same name, its words alone, or all of them but for a slip each, is beyond doubt where one name alone has it.
    """
    index, wanted = _indexed(names), _compared(typed)
    alike: tuple[Sequence[int], ...] = (
        index.folded.get(fold(typed), ()),
        index.compared.get(wanted, ()) if wanted else (),
        _with_words(index, wanted),
    )
    for found in alike:
        if found:
            return tuple(found[:SHOWN]), len(found) == 1
    if len(wanted) < SHORTEST:
        return (), False
    each = [_compared(name) for name in names]
    close = process.extract(wanted, each, scorer=fuzz.partial_ratio, score_cutoff=CLOSE, limit=SHOWN)
    return tuple(at for _, _, at in close), False


@lru_cache(maxsize=8)
def _indexed(names: tuple[str, ...]) -> Index:
    index = Index(defaultdict(list), defaultdict(list), defaultdict(list))
    for at, name in enumerate(names):
        kinds = ((index.folded, (fold(name),)), (index.compared, (_compared(name),)))
        for of, keys in (*kinds, (index.words, set(_compared(name).split()))):
            for key in keys:
                of[key].append(at)
    return index


def _with_words(index: Index, wanted: str) -> tuple[int, ...]:
    """The names that have every word, but for one slip of the finger where it is long enough for that."""
    each = [{at for near in _near(index, word) for at in index.words[near]} for word in wanted.split()]
    return tuple(sorted(set.intersection(*each))) if each else ()


def _near(index: Index, word: str) -> Collection[str]:
    if len(word) < LEAST_SLIP:
        return [word] if word in index.words else []
    found = process.extract(word, [*index.words], scorer=OSA.distance, score_cutoff=1, limit=None)
    return [near for near, _, _ in found]


@lru_cache(maxsize=8192)
def _compared(name: str) -> str:
    return " ".join(WORD.findall(GENERIC.sub(" ", fold(name))))


def _is_plain(typed: str) -> bool:
    return len(typed) <= LONGEST and not NO_NAME.search(fold(typed)) and not NO_NAME.search(typed)
