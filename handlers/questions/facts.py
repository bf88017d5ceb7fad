"""Facts: what is known of the person, for an answer to use."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from bot.dates import on_day
from bot.turn import Turn
from faq.entry import UNKNOWN, Audience
from handlers.declarations import periods
from handlers.signing.reading import introduced
from handlers.signing.states import Side
from storage import declarations
from storage.people import Person
from storage.states import DECLARING_ROLES, Role

CHARGES: Final[Mapping[Role, Audience]] = {
    Role.CSS_ADMIN: Audience.CSS_ADMIN,
    Role.SCHOOL_ADMIN: Audience.SCHOOL_ADMIN,
    Role.SECRETARY: Audience.SECRETARY,
    **dict.fromkeys(DECLARING_ROLES, Audience.STAFF),
    Role.PARENT: Audience.PARENT,
}
"""The audience that each role makes somebody part of, the widest charge first."""


def facts_of(turn: Turn) -> Mapping[str, Any]:
    """All that an answer may use; of somebody unproven only that they call themselves a parent, or a child theirs.

    The next deadline is everybody's to know.
    """
    current = periods.period_of(turn.today)
    public = {
        **UNKNOWN,
        "next_deadline": on_day(current.deadline, turn.language),
        "days_left": (current.deadline - turn.today).days,
    }
    if not turn.known:
        says_parent = introduced(turn.heard.text) is Side.PARENT
        return {**public, "role": Audience.PARENT} if says_parent else public
    school = turn.person.school
    return {
        **public,
        "school": school.school if school else None,
        "sector": school.sector if school else None,
        "role": audience_of(turn.person),
        "declared": _declared(turn, current.key) if turn.person.roles & set(DECLARING_ROLES) else None,
    }


def audience_of(person: Person) -> Audience | None:
    """Whom the person is among, by the widest of their charges; None where it is no audience's."""
    return next((audience for role, audience in CHARGES.items() if role in person.roles), None)


def _declared(turn: Turn, period: str) -> bool:
    return declarations.took_part(turn.tx, turn.person.id, period)
