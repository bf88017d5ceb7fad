"""What a report can be about, and for whom: one's own schools from inside, service centres and all from outside."""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from bot.reading import fold
from storage import centres, participation
from storage.database import Transaction
from storage.people import Person
from storage.states import Role


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

    @property
    def key(self) -> str:
        """How a button names it."""
        return self.reach if self.id is None else f"{self.reach}-{self.id}"


ALL = View(Reach.ALL)


def views_of(tx: Transaction, person: Person) -> tuple[View, ...]:
    """What somebody follows, the widest first."""
    everything = (ALL,) if Role.OPERATOR in person.roles else ()
    followed = {place.centre_id for place in person.places if place.role is Role.CSS_ADMIN}
    of_centres = (
        View(Reach.CENTRE, one.id, one.name, one.id) for one in centres.named(tx) if one.id in followed
    )
    of_schools = (
        View(Reach.SCHOOL, place.school_id, place.school or "", inside=True)
        for place in person.places
        if place.role is Role.SCHOOL_ADMIN
    )
    return (*everything, *of_centres, *of_schools)


def view_at(tx: Transaction, followed: Sequence[View], key: str) -> View | None:
    """What this key names, when it is followed, by itself or in something larger."""
    return next((view for view in _within(tx, followed) if view.key == key), None)


def views_named(
    tx: Transaction, followed: Sequence[View], words: str, reaches: Container[Reach] = frozenset(Reach)
) -> tuple[View, ...]:
    """What is followed, of these reaches, whose name is this, or else has these words in it."""
    wanted = fold(words)
    within = (view for view in _within(tx, followed) if view.name and view.reach in reaches)
    named = {view.key: view for view in reversed(list(within))}
    exactly = tuple(view for view in named.values() if fold(view.name) == wanted)
    return exactly or tuple(view for view in named.values() if wanted and wanted in fold(view.name))


def _within(tx: Transaction, views: Sequence[View]) -> Iterator[View]:
    """These and all that is in them; a school of one's own from inside, before the same from outside."""
    yield from sorted(views, key=lambda view: not view.inside)
    everything = ALL in views
    followed = {view.id for view in views if view.reach is Reach.CENTRE}
    if everything:
        others = (one for one in centres.named(tx) if one.id not in followed)
        yield from (View(Reach.CENTRE, one.id, one.name) for one in others)
    for school in participation.selected(tx) if everything or followed else ():
        if everything or school.centre_id in followed:
            seen_from = None if everything else school.centre_id
            yield View(Reach.SCHOOL, school.id, school.name, seen_from)
