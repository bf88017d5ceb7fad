"""Data for the templates about what becomes of a sent declaration."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from types import SimpleNamespace
from typing import Any

from handlers.declarations.periods import Period
from storage.declarations import Course, Declaration
from storage.states import DeclarationState

AT = datetime(2026, 11, 20, 15, 0, tzinfo=UTC)
BY: Mapping[str, Any] = {"decided_by": 2, "decided_at": AT}
REFUSED = Course(
    DeclarationState.REFUSED, 3, AT, reason="C’est presque la moitié du livre.", ticket_id=100_000, **BY
)
COURSES = (
    REFUSED,
    replace(REFUSED, reason=None),
    Course(DeclarationState.TO_COMPLETE, 1, ticket_id=7),
    Course(DeclarationState.TO_COMPLETE, 2, AT, ticket_id=7),
    Course(DeclarationState.WITHDRAWN, 2, AT),
    Course(DeclarationState.SENT, 2, AT, **BY),
)
SENT: Mapping[str, Any] = {
    "any": True,
    "by": "Dominique Direction",
    "changed": True,
    "closes": date(2026, 12, 14),
    "decided_by": "Dominique Direction",
    "may_change": True,
    "moved": True,
    "of_the_school": True,
    "stamp": "0a1b2c3d",
    "handed": None,
    "state": DeclarationState.TO_COMPLETE,
    "own_steps": None,
    "version": 2,
}
"""By the name that these templates use."""
STEPS = {"fr": "Voyez avec la direction.", "en": "Please see the head of your school."}
LINE = {"period": Period(2026, 1), "is_open": True, "closes": date(2026, 12, 14), "by_hand": False}
OF_SENT: Mapping[str, Mapping[str, Any]] = {
    "past-limit/words": {"words": "Est-ce que ces pages sont pour un seul groupe?"},
    "past-limit/alert": {"may_ask": True, "passed_by": "Sacha Équipe"},
    "past-limit/outcome": {"remark": "mais soyez plus économe", "changed": True},
    "past-limit/stands": {"may_turn": True},
    "past-limit/answered": {"name": "Camille Essai", "words": "C’était pour l’examen."},
    "past-limit/decided": {"remark": "mais soyez plus économe"},
    "past-limit/passed-on": {"to": "Sacha Équipe", "to_team": True},
    "past-limit/words-team": {
        "words": "Est-ce que ces pages sont pour un seul groupe?",
        "of_the_team": False,
    },
    "past-limit/which": {"waiting": []},
    "withdraw/done": {"within": (3, 100_000)},
    "revise/receipt": {"within": (3,)},
    "past-limit/alert-team": {"ticket": 12},
    "cli/periods": {
        "periods": [
            SimpleNamespace(**{**LINE, "is_open": is_open, "by_hand": by_hand})
            for is_open in (True, False)
            for by_hand in (True, False)
        ]
    },
    "cli/period-stands": {
        "period": Period(2026, 1),
        "is_open": True,
        "by_hand": False,
        "closes": date(2026, 12, 14),
    },
    "cli/period-ask": {"period": Period(2020, 1)},
    "cli/period-decided": {"key": "2026-1", "is_open": False},
    "cli/no-such-period": {"key": "2026-4"},
    "cli/period-runs": {"key": "2026-2", "deadline": date(2026, 11, 30)},
}


def cases_of_sent(declared: Declaration) -> tuple[Mapping[str, Any], ...]:
    """What may have become of a declaration."""
    return (
        *(
            {"declared": replace(declared, course=course), "may_change": False, "closes": None}
            for course in COURSES
        ),
        *({"declared": replace(declared, course=course), "own_steps": STEPS} for course in COURSES),
        *({"waiting": [declared] * count} for count in (1, 2)),
        {"to": "Dominique Direction", "may_ask": False, "passed_by": None, "remark": "", "within": ()},
        {"state": DeclarationState.SENT, "changed": False, "moved": False, "any": False},
        {"by": None, "decided_by": None, "of_the_school": False, "seen": False, "asked": None},
    )
