"""Data for the templates of reminders, and of what is answered to them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from handlers.declarations.periods import Period
from handlers.reminders.why_none import Missed
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
    "again": True,
    "note": None,
    "by": None,
}
BY_HAND = {"note": "Merci de votre collaboration, l’échéance approche!", "by": "Directrice Exemple"}
SCHOOLS = [
    {
        "name": "École des Tilleuls fictifs",
        "done": 9,
        "expected": 14,
        "recent": 3,
        "missing": 5,
        "drafts": 1,
        "staff": 14,
        "number": 1,
    },
    {
        "name": "École du Ruisseau fictif",
        "done": 3,
        "expected": 8,
        "recent": 0,
        "missing": 5,
        "drafts": 2,
        "staff": None,
        "number": 2,
    },
]
UNREACHED = {"unreached": ["Anne Tilleul", "Benoit Tilleul"], "unreached_more": 0, "own": None}
OWN = ({"own": {"talk": None}}, {"own": {"talk": "abcdefghij"}})
"""Of those in charge who teach as well."""
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
NOT_SENT = replace(
    PAST, outcome=ReminderOutcome.SKIPPED, reason="enough", channel=None, letter=None, standing=None
)
NAMES = ["École des Tilleuls fictifs", "École du Ruisseau fictif"]
ASKED_AGAIN = {"about": "staff", "period": PERIOD, "deadline": DEADLINE}
ABOUT = (*(one.value for one in Audience), "draft")
COMING = {"day": DEADLINE, "kind": "deadlines", "reason": None, "channel": "mail"}
KINDS = [(kind, kind is not ReminderKind.DIGEST) for kind in ReminderKind]

REMINDING: Mapping[str, Mapping[str, Any]] = {
    "reminders/nothing": {**COMMON, "uncounted": None},
    "reminders/thanks": {**COMMON, "uncounted": None},
    "reminders/draft": {**COMMON, "draft": {"talk": "abcdefghij", "named": "Le grand livre illustré"}},
    "reminders/account": {**COMMON, "has_account": None},
    "reminders/in-charge": {**COMMON, "schools": SCHOOLS, "open_until": None, **UNREACHED},
    "reminders/unreached": UNREACHED,
    "reminders/digest": {**COMMON, **UNREACHED, "reports": [FOR_SCHOOL]},
    "reminders/centres": {**COMMON, "schools": SCHOOLS, "hidden": 0, "own": None},
    "reminders/own": {"own": None},
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
    "done/draft": {
        "period": PERIOD,
        "talk": "abcdefghij",
        "named": "Le grand livre illustré",
        "here": False,
    },
    "done/nothing": {"period": PERIOD, "open": True, "uncounted": None},
    "done/figures": {
        "period": PERIOD,
        "reports": [FOR_SCHOOL, HIDDEN_SCHOOL],
        "hidden": True,
        "missing": True,
    },
    "done/headcount": {"year": 2026, "schools": NAMES},
    "done/contacts": {"schools": NAMES},
    "tomorrow/noted": {**ASKED_AGAIN, "day": date(2026, 11, 18)},
    "tomorrow/too-late": {**ASKED_AGAIN, "open_until": None, "over": False},
    "tomorrow/stopped": {"about": "staff"},
    "away/page": {"wanted": True},
    "away/matter": {"name": "Camille Essai"},
    "why/none": {"known": True},
    "why/page": {"past": PAST, "kind": "deadlines", "deadline": DEADLINE, "by": None},
    "why/not-sent": {"past": NOT_SENT, "kind": "deadlines", "deadline": DEADLINE, "by": None},
    "why/no-reminder": {
        "theirs": True,
        "plan": True,
        "since": date(2026, 9, 18),
        "last": PAST,
        "missed": Missed(date(2026, 11, 23), None, "enough", then=True),
        "coming": COMING,
    },
}


def cases_of_reminders(template: str, data: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """The cases in which the wording of reminders differs."""
    if template.startswith("reminders/") and "days" in data:
        yield from ({**data, "days": days, "again": days > 1} for days in (2, 1, 0, -3))
    if "note" in data:
        yield {**data, **BY_HAND}
    yield from (dict(data, **case) for case in CASES.get(template, ()))


CASES: Mapping[str, tuple[Mapping[str, Any], ...]] = {
    "reminders/nothing": ({"uncounted": "refused"}, {"uncounted": "withdrawn"}),
    "reminders/draft": ({"draft": {"talk": "abcdefghij", "named": None}},),
    "reminders/account": ({"has_account": False},),
    "reminders/own": OWN,
    "reminders/in-charge": (
        *OWN,
        {"schools": SCHOOLS[:1]},
        {"days": -3, "open_until": date(2026, 12, 14)},
        {"schools": [{**SCHOOLS[0], "missing": 0, "drafts": 0}]},
    ),
    "reminders/centres": (
        *OWN,
        {"schools": SCHOOLS[:1]},
        {"schools": SCHOOLS * 6},
        {"schools": [], "hidden": 2},
    ),
    "reminders/unreached": ({"unreached": []}, {"unreached_more": 3}),
    "reminders/digest": (
        *OWN,
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
    "done/draft": ({"named": None}, {"here": True}),
    "done/nothing": ({"open": False}, {"uncounted": "refused"}, {"uncounted": "withdrawn"}),
    "done/figures": (
        {"reports": [COMPLETE], "hidden": False, "missing": False},
        {"reports": [COMPLETE] * 2, "hidden": False, "missing": False},
        {"reports": [COMPLETE, FOR_SCHOOL] * 5},
        {"reports": [HIDDEN_SCHOOL], "missing": False},
        {"reports": []},
    ),
    "done/headcount": ({"schools": NAMES[:1]}, {"schools": NAMES * 6}, {"schools": []}),
    "done/contacts": ({"schools": NAMES[:1]}, {"schools": NAMES * 6}, {"schools": []}),
    "tomorrow/noted": tuple({"about": one} for one in ABOUT),
    "tomorrow/too-late": (
        *({"about": one, "over": True} for one in ABOUT),
        {"about": "in-charge", "open_until": date(2026, 12, 14)},
    ),
    "tomorrow/stopped": tuple({"about": one} for one in ABOUT),
    "away/page": ({"wanted": False},),
    "away/matter": ({"name": None},),
    "why/none": ({"known": False},),
    "why/no-reminder": (
        {"theirs": False, "last": None, "missed": None, "coming": None},
        {"last": None, "missed": None},
        {"last": None, "missed": None, "plan": False, "coming": None},
        {"missed": Missed(DEADLINE, "Directrice Exemple", "stopped", then=False), "last": None},
        {"missed": None, "last": replace(PAST, letter=LetterState.DEAD)},
        {"missed": None, "last": replace(PAST, letter=LetterState.UNKNOWN, channel=None)},
        *({"coming": {**COMING, "reason": one}} for one in ("stopped", "enough")),
        {"coming": {**COMING, "channel": None}},
    ),
    "why/not-sent": (
        {"by": "Directrice Exemple", "past": replace(NOT_SENT, offset=None, reason="not-released")},
        {"past": replace(NOT_SENT, outcome=ReminderOutcome.MERGED, reason=None)},
    ),
    "why/page": (
        {"by": "Directrice Exemple", "past": replace(PAST, offset=None)},
        {"past": replace(PAST, offset=0, standing=Standing.DRAFT)},
        {"past": replace(PAST, offset=-3, standing=None, channel="mail")},
        {"past": replace(PAST, offset=1, standing=Standing.DECLARED, channel=None)},
        *({"past": replace(PAST, audience=one, standing=None)} for one in Audience),
    ),
}
