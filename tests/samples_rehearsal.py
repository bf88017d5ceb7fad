"""Data for the templates of rehearsals, and of why somebody was reminded or not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from bot.cli.rehearsal import Span
from bot.cli.rehearsal.telling import Line, Morning, Year
from handlers.declarations.periods import Period
from handlers.reminders.why_not import REASONS, UNKNOWN, Answer
from storage.people import Person
from storage.rehearsal import Example
from storage.states import LetterState, ReminderOutcome, Standing
from tests.samples_reminders import PAST

PERIOD = Period(2026, 1)
SEVEN, EIGHT = (datetime(2026, 11, 30, hour, 3, tzinfo=UTC) for hour in (12, 13))
FULL = Line(
    "declare",
    "staff",
    PERIOD,
    PERIOD.deadline,
    14,
    Counter(telegram=1200, mail=12),
    Counter({"declared": 40, "enough": 2}),
    3,
    SEVEN,
    EIGHT,
)
SHORT = replace(FULL, offset=0, left=Counter(terminal=1), skipped=Counter(), merged=0, ends=SEVEN)
EMPTY = Line("contacts", "contacts", PERIOD, date(2026, 8, 31), 1)
AFTER = Line("follow-up", "in-charge", PERIOD, PERIOD.deadline, -3)
YEAR = Year(
    {date(2026, 11, 27): (), date(2026, 11, 30): (FULL, SHORT), date(2026, 12, 1): (EMPTY, AFTER)},
    {date(2026, 11, 1): 1213},
    2,
    {date(2026, 11, 27): Morning(SEVEN, Counter(mail=1, terminal=2))},
)
EXAMPLES = [
    (
        Example("declare", Standing.NOTHING, "Vos copies en classe", "…", ("Déclarer", "Rien à déclarer")),
        "⏰ Il reste 14 jours",
    ),
    (Example("digest", None, None, "…", ()), "📋 Où en est votre école"),
]
ABOUT = {
    "number": 12,
    "day": date(2026, 11, 16),
    "rule": "declare",
    "period": PERIOD,
    "deadline": PERIOD.deadline,
    "offset": 14,
    "by": None,
    "entry": PAST,
    "answer": None,
    "channel": "mail",
}
BY_HAND = {**ABOUT, "rule": "hand", "offset": None, "by": "Directrice Exemple"}
PASTS = (
    *(replace(PAST, letter=state, letter_reason=why) for state in LetterState for why in (None, "550")),
    *(replace(PAST, standing=standing, letter=None) for standing in Standing),
    replace(PAST, outcome=ReminderOutcome.SKIPPED, reason="too-late", channel=None),
    replace(PAST, outcome=ReminderOutcome.MERGED, channel=None, standing=None),
    replace(PAST, outcome=ReminderOutcome.TOMORROW),
)
ANSWERS = (
    *(Answer(reason, then, SEVEN if then else None) for reason, then, _ in REASONS),
    Answer(UNKNOWN, then=False),
)

REHEARSED: Mapping[str, Mapping[str, Any]] = {
    "cli/rehearse": {
        "year": YEAR,
        "span": Span(date(2026, 7, 1), date(2027, 6, 30)),
        "school_year": "2026-2027",
        "people": 1200,
        "share": 0,
        "cap": 2,
        "plan": True,
        "examples": [],
    },
    "cli/rehearse-when": {"one": FULL},
    "cli/rehearse-refused": {"why": "days", "year": "2026"},
    "cli/rehearse-line": {"one": FULL},
    "cli/reminding": {"reason": "declared"},
    "cli/why-words": {"reason": "declared"},
    "cli/why-about": {"one": ABOUT},
    "cli/why-person": {
        "person": Person(12, "Camille Essai"),
        "about": [ABOUT, BY_HAND],
        "others": 0,
        "coming": None,
        "since": date(2026, 9, 23),
    },
}


def cases_of_rehearsals(template: str, data: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """The cases in which the wording of rehearsals differs."""
    yield from ({**data, **case} for case in CASES.get(template, ()))


COMING = {**ABOUT, "number": None, "offset": 1}
CASES: Mapping[str, tuple[Mapping[str, Any], ...]] = {
    "cli/rehearse": ({"plan": False}, {"share": 40.0}, {"examples": EXAMPLES}, {"year": Year({}, {}, 0)}),
    "cli/rehearse-when": tuple({"one": one} for one in (SHORT, EMPTY, AFTER, replace(AFTER, offset=-1))),
    "cli/rehearse-line": tuple({"one": one} for one in (SHORT, EMPTY, AFTER)),
    "cli/rehearse-refused": ({"why": "older"},),
    "cli/why-about": ({"one": BY_HAND}, {"one": {**ABOUT, "number": None}}),
    "cli/why-person": (
        *({"about": [{**ABOUT, "entry": past}]} for past in PASTS),
        *({"about": [{**ABOUT, "entry": None, "answer": answer}]} for answer in ANSWERS),
        *({"coming": {**COMING, "answer": answer}} for answer in (None, *ANSWERS)),
        {"others": 1},
        {"others": 5, "about": []},
        {"about": []},
    ),
}
"""What stands in the place of the first data, by template."""
