"""Which figures are kept from readers outside a school: those of groups under five, and as many more as hide them.

A group's figures can be told from a total less all that is shown beside it. So of every total that is shown, what is
hidden below it is nothing, or two groups at least that are five people together.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Final, TypeVar

from storage.figures import Figures, SchoolFigures
from storage.states import Role

LEAST: Final = 5
"""People of the smallest group whose figures leave the school."""
Key = TypeVar("Key")


@dataclass(frozen=True, slots=True)
class Hidden:
    """What a reader outside the schools is not shown."""

    schools: frozenset[int] = frozenset()
    centres: frozenset[int | None] = frozenset()
    """None: the private schools together."""
    roles: frozenset[Role] = frozenset()
    whole: bool = False
    """Even the total."""


@dataclass(slots=True)
class _Centre:
    id: int | None
    sizes: Mapping[int, int]
    """People on the roster, by school."""
    hidden: set[int] = field(default_factory=set)

    @property
    def size(self) -> int:
        return sum(self.sizes.values())


def hidden(schools: Sequence[SchoolFigures], together: Figures) -> Hidden:
    """What is hidden of these schools, ordered by service centre, from whoever is shown all of them and their total.

    Whoever sees some of them from inside can take them off any total: for such a reader these are the others.
    """
    centres = [_centre(id_, among) for id_, among in groupby(schools, lambda one: one.school.centre_id)]
    without_total = _without_total(centres)
    whole = not _is_safe(_below(without_total)) or _is_small(together.total.listed)
    by_role = {role: counts.listed for role, counts in together.by_role.items()}
    return Hidden(
        frozenset().union(*(one.hidden for one in centres)),
        frozenset(one.id for one in without_total),
        frozenset(by_role) if whole else frozenset(hidden_of(by_role)),
        whole,
    )


def hidden_of(sizes: Mapping[Key, int]) -> set[Key]:
    """What is hidden of groups whose total is shown: the small ones, then the next larger until nothing can be told."""
    smallest_first = sorted((size, number) for number, size in enumerate(sizes.values()) if size)
    keys, chosen = list(sizes), [one for one in smallest_first if _is_small(one[0])]
    for larger in smallest_first[len(chosen) :]:
        if _is_safe([size for size, _ in chosen]):
            break
        chosen.append(larger)
    return {keys[number] for _, number in chosen}


def _centre(id_: int | None, schools: Iterable[SchoolFigures]) -> _Centre:
    sizes = {one.school.id: one.figures.total.listed for one in schools}
    return _Centre(id_, sizes, hidden_of(sizes))


def _without_total(centres: Sequence[_Centre]) -> list[_Centre]:
    """The service centres whose own total is hidden: small ones, and others beside which those cannot be told."""
    found = [one for one in centres if _is_small(one.size)]
    for larger in sorted((one for one in centres if one.size >= LEAST), key=lambda one: one.size):
        if _is_safe(_below(found)):
            break
        if not larger.hidden:
            larger.hidden.add(min(filter(larger.sizes.get, larger.sizes), key=larger.sizes.__getitem__))
        found.append(larger)
    return found


def _below(centres: Iterable[_Centre]) -> list[int]:
    """The sizes of the schools whose sum the total of all would tell."""
    return [one.sizes[school] for one in centres for school in one.hidden]


def _is_small(size: int) -> bool:
    return 0 < size < LEAST


def _is_safe(sizes: Sequence[int]) -> bool:
    return not sizes or (len(sizes) > 1 and sum(sizes) >= LEAST)
