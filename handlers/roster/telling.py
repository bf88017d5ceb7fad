"""A plan as it is told: the first few of each kind, and how many more; every refused line in a file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from bot.markup import to_plain
from bot.messages import File
from bot.render import Wording
from handlers.roster.plan import Plan

FEW: Final = 3
"""Of each kind, on a phone."""


@dataclass(frozen=True, slots=True)
class Part:
    """One kind of what a plan says."""

    count: int
    shown: Sequence[object]

    @property
    def more(self) -> int:
        """How many are not shown."""
        return self.count - len(self.shown)


def parts(plan: Plan, few: int = FEW, refused: int = FEW) -> dict[str, object]:
    """What the templates of a plan are given."""
    changes = plan.changes

    def part(found: Sequence[object], most: int = few) -> Part:
        return Part(len(found), found[:most])

    return {
        "centres": part(changes.centres),
        "schools": part([school.name for school in changes.schools]),
        "altered": part([school.name for school in changes.altered]),
        "new": part(plan.new),
        "changed": part(plan.changed),
        "leaving": part(plan.leaving),
        "heads": part(plan.heads),
        "refused": part(plan.refused, refused),
        "remarks": part(plan.remarks, refused),
        "known_roles": [role.value for role in plan.known_roles],
        "unchanged": plan.unchanged,
        "many": plan.many_leave,
        "attached": False,
        "of": plan.of,
    }


def refused_file(plan: Plan, wording: Wording, language: str) -> tuple[File, ...]:
    """Every line that was refused or remarked on, where a message has no room for all of them."""
    if max(len(plan.refused), len(plan.remarks)) <= FEW:
        return ()
    known = {"known_roles": [role.value for role in plan.known_roles]}
    told = to_plain(
        wording.text("roster/refused", language, {"refused": plan.refused, "remarks": plan.remarks, **known})
    )
    name = wording.label("roster/refused", "name", language)
    return (File(name.text if name else "refused.txt", "text/plain", f"\ufeff{told}\n".encode()),)
