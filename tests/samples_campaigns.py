"""Data for the templates of campaigns made by hand, and of what is told of any."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from handlers.declarations.periods import Period
from handlers.reminders.aims import Whom
from handlers.reminders.progress import Told
from handlers.reports.views import ALL, Reach, View
from storage.forecasts import Forecast
from storage.states import CampaignState

TODAY = date(2026, 11, 17)
BEGINS = datetime(2026, 11, 17, 20, 30, tzinfo=UTC)
DONE = datetime(2026, 11, 18, 12, 7, tzinfo=UTC)
DEADLINE = date(2026, 11, 30)
PERIOD = Period(2026, 1)
SCHOOL = View(Reach.SCHOOL, 12, "École des Tilleuls fictifs", inside=True)
LEFT_OUT = {"stopped": 1, "unwanted": 2, "unreachable": 1, "merged": 2, "enough": 3}
RUNNING = Told(
    12,
    CampaignState.RUNNING,
    "staff",
    SCHOOL.name,
    PERIOD,
    TODAY,
    "Dominique Direction",
    by_hand=True,
    offset=None,
    made_at=BEGINS,
    sent=8,
    waiting=5,
    skipped={"declared": 2, "enough": 1},
    merged=2,
    unreachable=1,
    in_doubt=1,
)
OF_PLAN = replace(RUNNING, number=13, whom="centres", place=None, by=None, by_hand=False, offset=9)
EMPTY = replace(OF_PLAN, sent=0, waiting=0, skipped={}, merged=0, unreachable=0, in_doubt=0)
PREVIEW = {
    "whom": "staff",
    "view": SCHOOL,
    "period": PERIOD,
    "note": "Passez me voir jeudi.",
    "day": TODAY,
    "now": False,
    "later": DONE,
    "after": 11,
    "today": TODAY,
    "forecast": Forecast({"telegram": 8, "mail": 4}, LEFT_OUT),
    "masked": False,
    "names": ("Camille Essai", None),
    "names_more": 3,
    "begins": BEGINS,
    "done": DONE,
    "seconds": 480.0,
    "held": True,
    "lately": {"number": 11, "at": BEGINS, "by": "Dominique Direction", "hand": True},
    "planned": date(2026, 11, 23),
    "text": "nothing",
    "deadline": DEADLINE,
    "days": 13,
    "campaign": 0,
    "by": "Dominique Direction",
    "schools": [{"name": "École Exemple", "done": 9, "expected": 14, "recent": 3, "missing": 5, "drafts": 1}],
    "draft": {"talk": "", "named": None},
    "has_account": None,
    "uncounted": None,
    "open_until": None,
    "unreached": (),
    "unreached_more": 0,
    "hidden": 0,
    "own": None,
}
ONE = {"one": RUNNING, "known": True, "did": None}
PLANNED = {"day": TODAY, "rule": "declare", "whom": "staff", "deadline": DEADLINE, "number": 12}

CAMPAIGNING: Mapping[str, Mapping[str, Any]] = {
    "campaign/recap": PREVIEW,
    "campaign/when": PREVIEW,
    "campaign/reached": PREVIEW,
    "campaign/begun": {"number": 12, "begins": BEGINS, "now": False, "today": TODAY, "thanks": False},
    "campaign/too-late": {"deadline": DEADLINE},
    "campaign-texts/page": {
        "texts": [
            {"language": language, "same": same, "text": "Il reste 13 jours."}
            for language, same in (("fr", False), ("en", True), ("en", False))
        ]
    },
    "campaigns/alert-paused": {"number": 12},
    "campaigns/one": ONE,
    "campaigns/counts": ONE,
    "campaigns/sure": ONE,
    "campaigns/again": ONE,
    "campaigns/stop-which": ONE,
    "campaigns/list": {"listed": [(replace(RUNNING, number=n), n != 15) for n in range(11, 16)]},
    "cli/campaigns": {"listed": [(RUNNING, True), (OF_PLAN, False), (replace(RUNNING, by=None), True)]},
    "cli/campaign-ask": ONE,
    "cli/no-such-campaign": {"number": 99},
    "cli/campaigns-plan": {
        "follows": False,
        "planned": [
            {**PLANNED, "offset": offset, "state": state, "count": 9, "left_out": LEFT_OUT}
            for offset, state in ((7, None), (0, None), (-3, "paused"))
        ]
        + [
            {**PLANNED, "offset": 2, "state": None, "count": None, "left_out": None},
        ],
    },
}


def cases_of_campaigns(template: str, data: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """The cases in which the wording of campaigns differs."""
    yield from (dict(data, **case) for case in CASES.get(template, ()))
    if template in (
        "campaigns/one",
        "campaigns/counts",
        "campaigns/sure",
        "campaigns/again",
        "campaigns/stop-which",
    ):
        for state in CampaignState:
            for did in (None, "pause", "resume", "cancel", "nothing"):
                yield {**data, "one": replace(RUNNING, state=state), "did": did}
            yield {**data, "one": replace(EMPTY, state=state)}
        yield {**data, "one": replace(RUNNING, by=None, sent=0), "known": False}


NOTHING_NEAR = {"held": False, "lately": None, "planned": None, "note": None}
CASES: Mapping[str, tuple[Mapping[str, Any], ...]] = {
    "campaign/recap": (
        {**NOTHING_NEAR, "now": True, "seconds": 3.0},
        {**NOTHING_NEAR, "later": None},
        {**NOTHING_NEAR, "names_more": 1},
        {**NOTHING_NEAR, "masked": True, "names": (), "names_more": 0, "view": replace(SCHOOL, inside=False)},
        {**NOTHING_NEAR, "forecast": Forecast({}, {"unreachable": 2}), "view": ALL, "names": ()},
        {**NOTHING_NEAR, "whom": Whom.DRAFTS.value, "text": "draft", "done": BEGINS, "begins": DONE},
        {**NOTHING_NEAR, "whom": Whom.ABSENT.value, "text": "account"},
        {"whom": Whom.IN_CHARGE.value, "text": "in-charge", "view": ALL, "names": (), "names_more": 0},
        {"lately": {"number": 11, "at": BEGINS, "by": None, "hand": False}, "days": -3, "note": None},
        {"lately": {"number": 11, "at": BEGINS, "by": None, "hand": True}, "days": 0},
    ),
    "campaign/when": ({"now": True}, {"begins": DONE}),
    "campaign/begun": ({"now": True}, {"begins": DONE}, {"thanks": True}),
    "campaigns/list": (
        {"listed": []},
        {"listed": [(OF_PLAN, True), (replace(RUNNING, state=CampaignState.PAUSED, by=None), True)]},
        {"listed": [(replace(RUNNING, state=CampaignState.DONE, waiting=0), True)]},
    ),
    "cli/campaigns": ({"listed": []},),
    "cli/campaigns-plan": ({"follows": True, "planned": []},),
}
