"""Schools by what people write: ours that are named much like it, and whether it may be a school's name at all."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from rapidfuzz import fuzz, process

from bot.question import Unreadable
from bot.reading import fold
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


def _compared(name: str) -> str:
    return " ".join(WORD.findall(GENERIC.sub(" ", fold(name))))


def _is_plain(typed: str) -> bool:
    return len(typed) <= LONGEST and not NO_NAME.search(fold(typed)) and not NO_NAME.search(typed)
