"""How many people took part in a period, and who has not yet: what `storage.participation` counts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from storage.states import DECLARING_ROLES, Role


@dataclass(frozen=True, slots=True)
class Counts:
    """How many people of a group there are, and what they did for a period."""

    expected: int = 0
    """By the head count that was confirmed for the school year, or else `listed`."""
    listed: int = 0
    """On the roster now; all that follow are among these."""
    registered: int = 0
    """Reached here: they have a living, linked address."""
    declared: int = 0
    nothing: int = 0
    """Said that there was nothing to declare, and declared nothing."""
    drafts: int = 0
    """Took no part yet, and have a declaration begun and not sent."""
    recent: int = 0
    """Took part, for the first time in this period, since the moment that was asked about."""
    unlisted: int = 0
    """Expected, and not on the roster: of several schools the sum of theirs, whatever another has too many."""

    @property
    def took_part(self) -> int:
        return self.declared + self.nothing

    @property
    def missing(self) -> int:
        """On the roster, and took no part yet, drafts included."""
        return self.listed - self.took_part

    @property
    def out_of(self) -> int:
        """What a share is of: school by school the expected ones, or those on the roster where these are more."""
        return self.listed + self.unlisted

    def __add__(self, other: Counts) -> Counts:
        return Counts(*(getattr(self, name) + getattr(other, name) for name in self.__dataclass_fields__))


@dataclass(frozen=True, slots=True)
class Figures:
    """What a school, or several, did for a period."""

    total: Counts = Counts()
    by_role: Mapping[Role, Counts] = field(default_factory=dict)
    """The three roles that have to declare, in their order."""
    confirmed: bool = False
    """Whether the head count was confirmed, of all schools counted."""


@dataclass(frozen=True, slots=True)
class Selected:
    """A school that was selected to take part, and whose it is."""

    id: int
    name: str
    centre_id: int | None
    """None: a private school."""
    centre: str | None


@dataclass(frozen=True, slots=True)
class SchoolFigures:
    """The figures of one school."""

    school: Selected
    figures: Figures


@dataclass(frozen=True, slots=True)
class Missing:
    """Somebody who took no part yet."""

    person_id: int
    name: str | None
    role: Role
    draft: bool
    """Whether a declaration is begun and not sent."""
    registered: bool
    """Whether they are reached here."""
    refused: bool = False
    """Whether a declaration of theirs was not accepted."""


def added(figures: Iterable[Figures]) -> Figures:
    """Several schools together; who works in two of them counts in both."""
    each = tuple(figures)
    by_role = {one: sum((of.by_role[one] for of in each), Counts()) for one in DECLARING_ROLES}
    return Figures(
        sum((of.total for of in each), Counts()), by_role, bool(each) and all(of.confirmed for of in each)
    )
