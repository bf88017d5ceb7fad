"""Which school it is about: the person's own, or one of ours that is named much like what they wrote."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from bot.question import Choice, Known, Unreadable
from bot.reading import fold
from bot.talk import Talk
from bot.turn import Turn
from handlers.signing.questions import NONE_OF_THESE, SAME_SCHOOL, SCHOOL
from storage import schools
from storage.schools import NamedSchool

SHOWN = 3
"""How many schools are offered at once."""
CLOSE = 80
"""How alike two names must be to ask whether they are the same (0 to 100); a part of the name will do."""
GENERIC = re.compile(
    r"\b(?:ecole|college|academie|school|primaire|secondaire|elementary|high|sainte?|ste?|d[eu]|des|l[ae]|les|[ld])\b"
)
"""What many schools have in their names; folded text."""
WORD = re.compile(r"\w+")


async def named_school(
    talk: Talk, turn: Turn, data: Mapping[str, object], own: NamedSchool | None
) -> NamedSchool | None:
    """The school that the person names, skips, or surely means: `own`. One that is not ours has a name alone.

    `data` is what the question shows.
    """
    typed = await talk.ask(SCHOOL, data, default=Known(own.name) if own else None)
    if typed is None or (own and typed == own.name):
        return own if typed else None
    other, near = NamedSchool(typed), turn.once(Like(typed))
    if not near or fold(near[0].name) == fold(typed):
        return near[0] if near else other
    offered = {f"s{one.id}": one for one in near}
    picked = await talk.ask(
        SAME_SCHOOL,
        {"typed": typed},
        check=lambda value: _is_offered(value, offered),
        suggest=lambda: [Choice(value, one.name) for value, one in offered.items()],
    )
    return offered.get(picked, other)


def own_school(turn: Turn) -> NamedSchool | None:
    """Where somebody of the roster works, if that is one school."""
    own = {place.school_id for place in turn.person.places if turn.known} - {None}
    return next((one for one in turn.once(_all) if {one.id} == own), None)


def has_phones(turn: Turn) -> bool:
    """Whether any school can be reached by what we know: else naming one would help nobody."""
    return any(one.phone for one in turn.once(_all))


@dataclass(frozen=True, slots=True)
class Like:
    """Finds the schools named much like this, the closest first; for `Turn.once`."""

    name: str

    def __call__(self, turn: Turn) -> tuple[NamedSchool, ...]:
        known = turn.once(_all)
        exactly = tuple(one for one in known if fold(one.name) == fold(self.name))
        return exactly or tuple(self._close(known))

    def _close(self, known: tuple[NamedSchool, ...]) -> list[NamedSchool]:
        names = [_compared(one.name) for one in known]
        wanted = _compared(self.name)
        close = process.extract(wanted, names, scorer=fuzz.partial_ratio, score_cutoff=CLOSE, limit=SHOWN)
        return [known[at] for _, _, at in close] if wanted else []


def _all(turn: Turn) -> tuple[NamedSchool, ...]:
    return schools.named(turn.tx)


def _compared(name: str) -> str:
    return " ".join(WORD.findall(GENERIC.sub(" ", fold(name))))


def _is_offered(value: str, offered: Collection[str]) -> None:
    """The list may have changed since it was chosen."""
    if value not in (*offered, NONE_OF_THESE):
        raise Unreadable("read/choose-one")
