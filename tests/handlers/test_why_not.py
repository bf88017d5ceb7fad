"""Why a campaign did not reach somebody, by the records alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from handlers.reminders.why_not import REASONS, Answer, Case, why_not
from storage.campaigns import Aim
from storage.circumstances import Done, Held, Job, Reached, Records, Way
from storage.states import Audience, CampaignState, ReminderKind, Role, Standing
from tests.campaigning import MONTREAL, local

MADE = local(16)
BEFORE, AFTER = MADE - timedelta(days=3), MADE + timedelta(hours=9)
TEACHER = Job(Role.TEACHER, 1, 7, takes_part=True, until=None)
RECORDS = Records(
    12,
    local(1, month=9),
    reminders=True,
    jobs=(TEACHER,),
    ways=(Way("mail", local(1, month=9), None),),
    unwanted=frozenset(),
    reached=(),
    held=(),
)
NOTHING = Done(None, None)
CASE = Case(
    Aim(Audience.STAFF, "2026-1"),
    ReminderKind.DEADLINES,
    date(2026, 11, 16),
    MADE,
    MONTREAL,
    RECORDS,
    NOTHING,
    Standing.NOTHING,
    to_do=True,
    at_most=2,
    campaign_id=5,
    state=CampaignState.RUNNING,
)


def known(**records: Any) -> dict[str, Any]:
    return {"records": replace(RECORDS, **records)}


def worked(**job: Any) -> dict[str, Any]:
    return known(jobs=(replace(TEACHER, **job),))


def sent(*days: date, campaign: int = 9) -> dict[str, Any]:
    """Reminders of these days had left at noon."""
    return known(
        reached=tuple(
            Reached(campaign + n, day, datetime(day.year, day.month, day.day, 12, tzinfo=MONTREAL))
            for n, day in enumerate(days)
        )
    )


@pytest.mark.parametrize(
    ("changed", "answer"),
    [
        pytest.param({}, None, id="nothing stands in the way"),
        pytest.param(worked(role=Role.SECRETARY), Answer("no-role", then=False), id="another role"),
        pytest.param(known(jobs=()), Answer("no-role", then=False), id="no role at all"),
        pytest.param(known(came_at=AFTER), Answer("not-here-yet", True, AFTER), id="came later"),
        pytest.param(worked(until=BEFORE), Answer("left", True, BEFORE), id="had left"),
        pytest.param(worked(until=AFTER), None, id="left later"),
        pytest.param(worked(takes_part=False), Answer("no-part", then=False), id="a school without a part"),
        pytest.param({"state": CampaignState.SKIPPED}, Answer("missed", then=True), id="missed"),
        pytest.param({"state": CampaignState.CANCELLED}, Answer("cancelled", then=True), id="cancelled"),
        pytest.param({"state": CampaignState.PAUSED}, Answer("paused", then=False), id="paused"),
        pytest.param(
            {"aim": Aim(Audience.STAFF, "2026-1", school_id=2)},
            Answer("elsewhere", then=False),
            id="another school's",
        ),
        pytest.param({"aim": Aim(Audience.STAFF, "2026-1", school_id=1)}, None, id="the school's own"),
        pytest.param(
            {"aim": Aim(Audience.STAFF, "2026-1", centre_id=8)},
            Answer("elsewhere", then=False),
            id="another centre's",
        ),
        pytest.param({"done": Done(BEFORE, None)}, Answer("declared", True, BEFORE), id="had declared"),
        pytest.param({"done": Done(AFTER, None)}, None, id="declared later"),
        pytest.param({"done": Done(None, BEFORE)}, Answer("said-nothing", True, BEFORE), id="said nothing"),
        pytest.param(
            {"done": Done(BEFORE, None), "aim": Aim(Audience.ABSENT, "2026-1")},
            None,
            id="about an account, whoever has declared",
        ),
        pytest.param(
            {"aim": Aim(Audience.STAFF, "2026-1", standing=Standing.DRAFT)},
            Answer("other-standing", then=False),
            id="for those with a draft",
        ),
        pytest.param({"to_do": False}, Answer("complete", then=False), id="nothing left to do"),
        pytest.param(known(reminders=False), Answer("stopped", then=False), id="no reminders"),
        pytest.param(
            known(unwanted=frozenset({ReminderKind.DEADLINES})),
            Answer("unwanted", then=False),
            id="none of that kind",
        ),
        pytest.param(known(unwanted=frozenset({ReminderKind.DIGEST})), None, id="none of another kind"),
        pytest.param(known(ways=()), Answer("unreachable", then=True), id="no address"),
        pytest.param(
            known(ways=(Way("mail", AFTER, None),)), Answer("unreachable", then=True), id="an address later"
        ),
        pytest.param(
            known(ways=(Way("mail", BEFORE, MADE),)), Answer("unreachable", then=True), id="a dead address"
        ),
        pytest.param(known(ways=(Way("mail", BEFORE, AFTER),)), None, id="an address that died later"),
        pytest.param(
            sent(date(2026, 11, 10), date(2026, 11, 12)), Answer("enough", then=True), id="two lately"
        ),
        pytest.param(sent(date(2026, 11, 9), date(2026, 11, 12)), None, id="one of them eight days ago"),
        pytest.param(sent(date(2026, 11, 16)), Answer("merged", then=True), id="another that day"),
        pytest.param(sent(date(2026, 11, 16), campaign=5), None, id="the campaign itself"),
        pytest.param(known(held=(Held(BEFORE, AFTER),)), Answer("held", True, BEFORE), id="on hold"),
        pytest.param(known(held=(Held(BEFORE, MADE),)), None, id="the hold was over"),
        pytest.param({"waits": True}, Answer("waiting", then=False), id="its letter waits"),
        pytest.param({"state": CampaignState.FILLING}, Answer("waiting", then=False), id="being filled"),
        pytest.param(
            {"state": CampaignState.CANCELLED, "done": Done(BEFORE, None)},
            Answer("cancelled", then=True),
            id="the first reason counts",
        ),
    ],
)
def test_why_not(changed: dict[str, Any], answer: Answer | None) -> None:
    assert why_not(replace(CASE, **changed)) == answer


def test_each_reason_is_told_once() -> None:
    names = [name for name, _, _ in REASONS]
    assert len(set(names)) == len(names)
