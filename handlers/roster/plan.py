"""What a list of people would change: worked out of its lines and the roster as it stands, before anything is done."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from hashlib import sha256
from typing import Final

from handlers.roster.checking import Checked, Present, check
from handlers.roster.faults import Noted, Reason
from handlers.roster.leaving import Leaving, leaving_of
from handlers.roster.lines import Line, Words
from handlers.roster.moves import Move, Mover, moves_of
from handlers.roster.scope import Scope
from storage.staff import School
from storage.staff_changes import Changes
from storage.states import Role

MANY: Final = 0.2
"""The share of the people of a list's schools who may leave without a second question."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What a list would change, and what it cannot."""

    changes: Changes = field(default_factory=Changes)
    new: tuple[Mover, ...] = ()
    changed: tuple[Mover, ...] = ()
    leaving: tuple[Mover, ...] = ()
    heads: tuple[Mover, ...] = ()
    """Those of them whose school has nobody in charge of it afterwards."""
    unchanged: int = 0
    """How many people it names that stay as they are."""
    refused: tuple[Noted, ...] = ()
    remarks: tuple[Noted, ...] = ()
    known_roles: tuple[Role, ...] = ()
    """Where a line is refused for its role: those that its sender may give."""
    of: int = 0
    """How many there are in the list's schools whom it could leave out."""

    @property
    def many_leave(self) -> bool:
        """Whether more leave than a list usually leaves out."""
        return len(self.leaving) > MANY * self.of

    @property
    def asks_twice(self) -> bool:
        """Whether one yes is not enough."""
        return self.many_leave or bool(self.heads)

    @property
    def fingerprint(self) -> str:
        """Plans that have the same one do the same, and are shown alike."""
        return sha256(repr(self).encode()).hexdigest()[:12]


def plan_for(lines: Sequence[Line], present: Present, scope: Scope, words: Words) -> Plan:
    """What these lines would change in the roster, as far as their sender may."""
    checked = check(lines, present, scope, words)
    moves = moves_of(checked.wishes, present, scope)
    leaving = leaving_of(checked, present, scope)
    ended = {member.id for member, _ in leaving.closed}
    changed = {
        move.mail: (*move.what, *(("closed",) if move.member and move.member.id in ended else ()))
        for move in moves
        if not move.is_new
    }
    return Plan(
        _changes(checked, moves, leaving, present),
        new=tuple(_mover(move) for move in moves if move.is_new),
        changed=tuple(_mover(move, changed[move.mail]) for move in moves if changed.get(move.mail)),
        leaving=leaving.gone,
        heads=leaving.heads,
        unchanged=sum(not what for what in changed.values()),
        refused=checked.refused,
        remarks=tuple(sorted((*checked.remarks, *_keeping_names(moves)), key=lambda noted: noted.number)),
        known_roles=scope.gives if any(map(_wants_role, checked.refused)) else (),
        of=leaving.of,
    )


def _wants_role(noted: Noted) -> bool:
    return any(reason.word in ("role", "role-missing") for reason in noted.reasons)


def _mover(move: Move, what: tuple[str, ...] = ()) -> Mover:
    return Mover(move.name, move.school, move.number, what)


def _keeping_names(moves: Sequence[Move]) -> tuple[Noted, ...]:
    return tuple(
        Noted(move.number, (Reason("kept-name"),), move.name, move.mail) for move in moves if move.keeps_name
    )


def _changes(checked: Checked, moves: Sequence[Move], leaving: Leaving, present: Present) -> Changes:
    wanted = [site.wanted for site in checked.sites if not site.known]
    named = [school.centre for school in wanted] + [wish.post.centre for wish in checked.wishes]
    known = [move for move in moves if move.member]
    return Changes(
        centres=tuple(dict.fromkeys(name for name in named if name and name not in present.centres)),
        schools=tuple(_distinct(wanted)),
        altered=tuple(site.wanted for site in checked.sites if site.known and site.wanted != site.known),
        newcomers=tuple(move.newcomer for move in moves if move.newcomer),
        corrected=tuple(replace(move.corrected, posts=frozenset()) for move in known if move.corrected),
        vouched=tuple(move.mail for move in known if move.member and not move.member.linked),
        opened=tuple((move.mail, post) for move in moves for post in move.opened),
        closed=tuple((member.id, post) for member, post in leaving.closed),
    )


def _distinct(schools: Sequence[School]) -> Sequence[School]:
    """A school that some lines name with its service centre, and some without, is one."""
    return list({school.key: school for school in schools}.values())
