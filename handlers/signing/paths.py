"""Each side's way through the causes: the link to sign at first, for it is the likeliest and the quickest to try."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from bot.question import Question
from handlers.signing import questions as ask
from handlers.signing.states import Result, Side
from storage.people import Person
from storage.states import DECLARING_ROLES, Role

Results = Mapping[str, Result]
"""What came of the checks so far, by question name."""


def always(_results: Results) -> bool:
    """For a check that applies whatever came before."""
    return True


def _has_no_account(results: Results) -> bool:
    return results["account"] is not Result.TRIED


def _has_account(results: Results) -> bool:
    return Result.TRIED in (results["account"], results.get("create"))


def _may_have_account(results: Results) -> bool:
    """Whoever has none, or cannot make one, has no e-mail address in it to compare."""
    lacks_it = Result.LACKING in (results["account"], results.get("create"))
    return _has_account(results) or not lacks_it


@dataclass(frozen=True, slots=True)
class Check:
    """One thing to look at, and whether it applies after what came before."""

    question: Question[Result]
    when: Callable[[Results], bool] = always


PATHS: Final[Mapping[Side, tuple[Check, ...]]] = {
    Side.PARENT: (
        Check(ask.LINK),
        Check(ask.ACCOUNT),
        Check(ask.CREATE, _has_no_account),
        Check(ask.CHILD, _has_account),
        Check(ask.ADDRESS, _may_have_account),
    ),
    Side.STAFF: (
        Check(ask.SEND_LINK),
        Check(ask.STATUS),
        Check(ask.GUIDE),
        Check(ask.ADDRESSES),
        Check(ask.BEHALF),
    ),
    Side.DIRECTION: (
        Check(ask.SEND_LINK),
        Check(ask.STATUS),
        Check(ask.RIGHTS),
        Check(ask.GUIDE),
        Check(ask.ADDRESSES),
        Check(ask.BEHALF),
    ),
    Side.SECRETARY: (
        Check(ask.SEND_LINK),
        Check(ask.STATUS),
        Check(ask.GUIDE),
        Check(ask.ADDRESSES),
    ),
}

SIDES: Final[Mapping[Role, Side]] = {
    **dict.fromkeys(DECLARING_ROLES, Side.STAFF),
    Role.SCHOOL_ADMIN: Side.DIRECTION,
    Role.SECRETARY: Side.SECRETARY,
    Role.PARENT: Side.PARENT,
}


def side_of(person: Person) -> Side | None:
    """The side that somebody of the roster is on, where all their roles are on the same one."""
    sides = {SIDES.get(role) for role in person.roles}
    return sides.pop() if len(sides) == 1 else None
