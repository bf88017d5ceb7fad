"""What a report can be about, and for whom: one's own schools from inside, service centres and all from outside."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from bot.reading import fold
from storage import centres, participation
from storage.database import Transaction
from storage.people import Person
from storage.states import Role

WORD: Final = re.compile(r"\w+")
SAINT: Final = re.compile(r"\bst(e?)\b")


class Reach(StrEnum):
    """How much a report is about."""

    ALL = "all"
    CENTRE = "centre"
    SCHOOL = "school"


@dataclass(frozen=True, slots=True)
class View:
    """What a report is about, as one reader sees it."""

    reach: Reach
    id: int | None = None
    name: str = ""
    """Of the school or service centre."""
    of_centre: int | None = None
    """The service centre that the reader follows, as far as a school is seen from there; None: they follow all."""
    inside: bool = False
    """Whether it is the reader's own school: there people are named, and no group is too small."""
    known: tuple[int, ...] = ()
    """Schools that the reader sees from inside: their figures can be taken off any total that has them in it."""

    @property
    def key(self) -> str:
        """How a button names it."""
        return self.reach if self.id is None else f"{self.reach}-{self.id}"

    @property
    def is_part(self) -> bool:
        """Whether it is one service centre out of all."""
        return self.reach is Reach.CENTRE and self.of_centre is None


ALL = View(Reach.ALL)


def views_of(tx: Transaction, person: Person) -> tuple[View, ...]:
    """What somebody follows, the widest first; who follows all sees a service centre as a part of that."""
    everything = Role.OPERATOR in person.roles
    followed = {place.centre_id for place in person.places if place.role is Role.CSS_ADMIN}
    own = {
        place.school_id: place.school or ""
        for place in person.places
        if place.role is Role.SCHOOL_ADMIN and place.school_id is not None
    }
    known = tuple(sorted(own))
    of_centres = (
        View(Reach.CENTRE, one.id, one.name, None if everything else one.id, known=known)
        for one in centres.named(tx)
        if one.id in followed
    )
    of_schools = (View(Reach.SCHOOL, id_, name, inside=True) for id_, name in own.items())
    return (*((replace(ALL, known=known),) if everything else ()), *of_centres, *of_schools)


def view_at(tx: Transaction, followed: Sequence[View], key: str) -> View | None:
    """What this key names, when it is followed, by itself or in something larger."""
    return by_key(tx, followed).get(key)


def by_key(tx: Transaction, followed: Sequence[View]) -> Mapping[str, View]:
    """Everything that is followed, by itself or in something larger."""
    return {view.key: view for view in reversed(list(_within(tx, followed)))}


def views_named(
    tx: Transaction, followed: Sequence[View], words: str, reaches: Container[Reach] = frozenset(Reach)
) -> tuple[View, ...]:
    """What is followed, of these reaches, whose name is this, or else has these words in it."""
    wanted = spelled(words)
    named = [view for view in by_key(tx, followed).values() if view.name and view.reach in reaches]
    exactly = tuple(view for view in named if spelled(view.name) == wanted)
    return exactly or tuple(view for view in named if wanted and wanted in spelled(view.name))


def spelled(text: str) -> str:
    """What a name is compared by: folded, a hyphen as a space, « St » as « Saint »."""
    return SAINT.sub(r"saint\1", " ".join(WORD.findall(fold(text))))


def _within(tx: Transaction, views: Sequence[View]) -> Iterator[View]:
    """These and all that is in them; a school of one's own from inside, before the same from outside."""
    yield from sorted(views, key=lambda view: not view.inside)
    everything = any(view.reach is Reach.ALL for view in views)
    known = next((view.known for view in views if not view.inside), ())
    followed = {view.id for view in views if view.reach is Reach.CENTRE}
    if everything:
        others = (one for one in centres.named(tx) if one.id not in followed)
        yield from (View(Reach.CENTRE, one.id, one.name, known=known) for one in others)
    for school in participation.selected(tx) if everything or followed else ():
        if everything or school.centre_id in followed:
            seen_from = None if everything else school.centre_id
            yield View(Reach.SCHOOL, school.id, school.name, seen_from, known=known)
