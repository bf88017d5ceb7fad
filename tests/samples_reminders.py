"""Data for the templates of reminders, and of what is answered to them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from handlers.declarations.periods import Period
from storage.reminders import Past
from storage.states import Audience, LetterState, ReminderKind, ReminderOutcome, Standing
from tests.samples_reports import COMPLETE, FOR_ALL, FOR_SCHOOL, HIDDEN_SCHOOL, SCHOOL

DEADLINE = date(2026, 11, 30)
PERIOD = Period(2026, 1)
COMMON = {
    "campaign": 12,
    "kind": "follow-up",
    "period": PERIOD,
    "deadline": DEADLINE,
    "days": 14,
    "note": None,
    "by": None,
}
BY_HAND = {"note": "Merci de votre collaboration, l’échéance approche!", "by": "Directrice Exemple"}
SCHOOLS = [
    {
        "name": "École des Tilleuls fictifs",
        "done": 9,
        "expected": 14,
        "missing": 5,
        "drafts": 1,
        "staff": 14,
        "number": 1,
    },
    {
        "name": "École du Ruisseau fictif",
        "done": 3,
        "expected": 8,
        "missing": 5,
        "drafts": 2,
        "staff": None,
        "number": 2,
    },
]
UNREACHED = {"unreached": ["Anne Tilleul", "Benoit Tilleul"], "unreached_more": 0}
PAST = Past(
    12,
    "declare",
    Audience.STAFF,
    "2026-1",
    14,
    date(2026, 11, 16),
    None,
    ReminderOutcome.LEFT,
    Standing.NOTHING,
    None,
    "telegram",
    datetime(2026, 11, 16, 12, 3, tzinfo=UTC),
    LetterState.SENT,
    None,
)
KINDS = [(kind, kind is not ReminderKind.DIGEST) for kind in ReminderKind]

REMINDING: Mapping[str, Mapping[str, Any]] = {
    "reminders/nothing": {**COMMON, "uncounted": None},
    "reminders/draft": {**COMMON, "draft": {"talk": "abcdefghij", "named": "Le grand livre illustré"}},
    "reminders/account": {**COMMON, "has_account": None},
    "reminders/in-charge": {**COMMON, "schools": SCHOOLS, "open_until": None, **UNREACHED},
    "reminders/unreached": UNREACHED,
    "reminders/digest": {**COMMON, **UNREACHED, "reports": [FOR_SCHOOL]},
    "reminders/centres": {**COMMON, "schools": SCHOOLS, "hidden": 0},
    "reminders/headcount": {**COMMON, "schools": SCHOOLS},
    "reminders/contacts": {**COMMON, "schools": SCHOOLS},
    "reminders/when": {"days": 14},
    "reminders/note": {"note": None, "by": None},
    "reminders/wishes": {
        "kinds": KINDS,
        "any_wanted": True,
        "via": None,
        "changed": False,
        "next": DEADLINE,
        "most": 2,
    },
    "done/account": {"deadline": DEADLINE},
    "done/declared": {"period": PERIOD, "sent": 3},
    "done/said-nothing": {"period": PERIOD},
    "done/draft": {"period": PERIOD, "talk": "abcdefghij", "named": "Le grand livre illustré"},
    "done/nothing": {"period": PERIOD, "open": True, "uncounted": None},
    "tomorrow/noted": {"day": date(2026, 11, 18), "deadline": DEADLINE},
    "tomorrow/too-late": {"deadline": DEADLINE},
    "why/none": {"known": True},
    "why/page": {"past": PAST, "kind": "deadlines", "deadline": DEADLINE, "by": None},
}


def cases_of_reminders(template: str, data: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """The cases in which the wording of reminders differs."""
    if template.startswith("reminders/") and "days" in data:
        yield from ({**data, "days": days} for days in (2, 1, 0, -3))
    if "note" in data:
        yield {**data, **BY_HAND}
    yield from (dict(data, **case) for case in CASES.get(template, ()))


CASES: Mapping[str, tuple[Mapping[str, Any], ...]] = {
    "reminders/nothing": ({"uncounted": "refused"}, {"uncounted": "withdrawn"}),
    "reminders/draft": ({"draft": {"talk": "abcdefghij", "named": None}},),
    "reminders/account": ({"has_account": False},),
    "reminders/in-charge": (
        {"schools": SCHOOLS[:1]},
        {"days": -3, "open_until": date(2026, 12, 14)},
        {"schools": [{**SCHOOLS[0], "missing": 0, "drafts": 0}]},
    ),
    "reminders/centres": (
        {"schools": SCHOOLS[:1]},
        {"schools": SCHOOLS * 6},
        {"schools": [], "hidden": 2},
    ),
    "reminders/unreached": ({"unreached": []}, {"unreached_more": 3}),
    "reminders/digest": (
        {"reports": [replace(FOR_ALL, view=SCHOOL), HIDDEN_SCHOOL], "unreached": []},
        {"reports": [COMPLETE]},
        {"reports": [HIDDEN_SCHOOL] * 8, "unreached": []},
    ),
    "reminders/headcount": ({"schools": SCHOOLS * 9},),
    "reminders/contacts": ({"schools": SCHOOLS[:1]}, {"schools": SCHOOLS * 9}),
    "reminders/wishes": (
        {"any_wanted": False},
        {"via": "mail", "changed": True},
        {"via": "telegram", "next": None},
    ),
    "done/declared": ({"sent": 1},),
    "done/draft": ({"named": None},),
    "done/nothing": ({"open": False}, {"uncounted": "refused"}, {"uncounted": "withdrawn"}),
    "why/none": ({"known": False},),
    "why/page": (
        {"by": "Directrice Exemple", "past": replace(PAST, offset=None)},
        {"past": replace(PAST, offset=0, standing=Standing.DRAFT)},
        {"past": replace(PAST, offset=-3, standing=None, channel="mail")},
        {"past": replace(PAST, offset=1, standing=Standing.DECLARED, channel=None)},
    ),
}
