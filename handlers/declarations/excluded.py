"""Works on the exclusion list, found by ISBN for certain and by title where the person says that it is the one."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from rapidfuzz import fuzz

from bot.messages import number_in
from bot.question import Answer, Choice, Unreadable
from bot.reading import fold, kind_of
from bot.turn import Turn
from storage import excluded
from storage.excluded import ExcludedWork

SHOWN = 3
"""How many listed works are offered at once."""
CLOSE = 88
"""How alike two titles must be to ask whether they are the same (0 to 100, rapidfuzz token_sort_ratio)."""
STEM = 5
"""Letters of a word that it is looked up by: a slip or a plural further on finds it too."""
MOST_WORDS = 3
"""Of a title, its rarest in the list: a common one such as « cahier » finds nothing worth comparing."""

WORD = re.compile(r"[^\W_]+")
NUMBER = re.compile(r"\d+")
SUBTITLE = re.compile(r" ?[:(\[;]| - ")
SAME, OTHER = "x", "other"
"""How the value of a choice begins that stands for a listed work; what stands for none of them."""


@dataclass(frozen=True, slots=True)
class Near:
    """Finds the listed works whose titles are close to this one, the closest first; for `Turn.once`."""

    title: str
    isbn: str | None = None
    """Where it is known, a listed work with another number is another edition."""

    def __call__(self, turn: Turn) -> tuple[ExcludedWork, ...]:
        typed = fold(self.title)
        found = excluded.sharing(turn.tx, stems(typed))
        open_to_doubt = (one for one in found if not (self.isbn and one.isbn))
        scored = [(likeness(typed, one.title_key), one) for one in open_to_doubt]
        best = sorted(scored, key=lambda pair: -pair[0])
        return tuple(one for score, one in best if score >= CLOSE)[:SHOWN]


@dataclass(frozen=True, slots=True)
class Numbered:
    """Finds the listed work with this ISBN; for `Turn.once`."""

    isbn: str

    def __call__(self, turn: Turn) -> ExcludedWork | None:
        return excluded.with_isbn(turn.tx, self.isbn) if kind_of(self.isbn) == "isbn" else None


@dataclass(frozen=True, slots=True)
class Chosen:
    """Finds the listed work that a choice stands for; for `Turn.once`."""

    value: str

    def __call__(self, turn: Turn) -> ExcludedWork | None:
        number = number_in(self.value.removeprefix(SAME))
        return excluded.by_id(turn.tx, number) if number else None


def may_be(turn: Turn, title: str | None, isbn: str | None) -> tuple[ExcludedWork, ...]:
    """The listed works that a title may mean; none where the ISBN tells already."""
    if not title or (isbn and turn.once(Numbered(isbn))):
        return ()
    return turn.once(Near(title, isbn))


def listed(turn: Turn, isbn: str | None, chosen: str | None) -> ExcludedWork | None:
    """The listed work that this one is: by its ISBN, or because the person has said so."""
    return (turn.once(Numbered(isbn)) if isbn else None) or (turn.once(Chosen(chosen)) if chosen else None)


def choices(works: Iterable[ExcludedWork]) -> list[Choice]:
    """Listed works as choices, each with its publisher."""
    return [Choice(f"{SAME}{one.id}", ", ".join(filter(None, (one.title, one.publisher)))) for one in works]


def read_choice(turn: Turn, answer: Answer) -> str:
    """The listed work chosen, or `OTHER`; one whose list was replaced meanwhile is asked about again."""
    value = answer.value or ""
    if value == OTHER or turn.once(Chosen(value)):
        return value
    raise Unreadable("read/choose-one")


def likeness(typed: str, title: str) -> float:
    """How alike two folded titles are, 0..100; volumes with other numbers are other works."""
    if NUMBER.findall(typed) != NUMBER.findall(title):
        return 0.0
    if typed == title or typed == _main(title) or _main(typed) == title:
        return 100.0
    return fuzz.token_sort_ratio(typed, title)


def _main(title: str) -> str:
    """The title without its subtitle."""
    return fold(SUBTITLE.split(title, maxsplit=1)[0])


def stems(folded: str) -> frozenset[str]:
    """What the words of a folded title are looked up by."""
    return frozenset(word[:STEM] for word in WORD.findall(folded))


def with_words(works: Sequence[ExcludedWork]) -> list[ExcludedWork]:
    """The works of a list, each with the rarest of its words."""
    common = Counter(stem for work in works for stem in stems(work.title_key))
    return [replace(work, words=_rarest(stems(work.title_key), common)) for work in works]


def _rarest(words: Collection[str], common: Counter[str]) -> frozenset[str]:
    return frozenset(sorted(words, key=lambda word: (common[word], word))[:MOST_WORDS])
