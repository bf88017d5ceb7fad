"""What is told of a campaign before it is made: whom it would reach, and which ones were like it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from storage import campaign_letters, campaigns, reminders
from storage.campaigns import Aim, NewCampaign
from storage.database import Transaction
from storage.forecasts import Forecast, Rules, alike, begun, forecast, who
from storage.reminders import Entry
from storage.states import Audience, CampaignState, ReminderKind, ReminderOutcome, Role, Standing
from tests.fakes.clock import NOON
from tests.storage.box import Box
from tests.storage.world import DAY, PERIOD, World, by_mail

RULES = Rules(ReminderKind.DEADLINES, DAY, NOON - timedelta(days=6), 2)
ALL = Aim(Audience.STAFF, PERIOD)


def small_world(tx: Transaction) -> World:
    world = World(tx).build()
    world.add("ana", Role.TEACHER, "birch", "telegram", "mail")
    world.add("bo", Role.SPECIALIST, "birch", "mail")
    world.add("cy", Role.TEACHER, "maple", "telegram")
    world.add("di", Role.SCHOOL_ADMIN, "birch", "mail")
    world.begins("bo")
    return world


def campaign_of(tx: Transaction, aim: Aim, key: str, days_ago: int = 0) -> int:
    """A campaign of that day that is under way."""
    when = NOON - timedelta(days=days_ago)
    new = NewCampaign(key, "hand", aim, when.date(), when + timedelta(days=4))
    made = campaigns.begin(tx, new, when)
    assert made
    return made


@pytest.mark.parametrize(
    ("aim", "reached"),
    [
        pytest.param(ALL, {"mail": 2, "telegram": 1}, id="everybody"),
        pytest.param(replace(ALL, standing=Standing.DRAFT), {"mail": 1}, id="drafts"),
        pytest.param(Aim(Audience.IN_CHARGE, PERIOD), {"mail": 1}, id="those in charge"),
        pytest.param(replace(ALL, period="2020-1"), {"mail": 2, "telegram": 1}, id="another period"),
    ],
)
async def test_people_are_counted_by_the_channel_that_reaches_them(
    box: Box, aim: Aim, reached: dict[str, int]
) -> None:
    def work(tx: Transaction) -> Forecast:
        small_world(tx)
        return forecast(tx, aim, RULES)

    found = await box.do(work)
    assert (found, found.count) == (Forecast(reached), sum(reached.values()))


@pytest.mark.parametrize(
    ("standing", "names"), [(None, {"ana", "bo"}), (Standing.DRAFT, {"bo"})], ids=["all", "drafts"]
)
async def test_of_one_school_they_are_named(box: Box, standing: Standing | None, names: set[str]) -> None:
    def work(tx: Transaction) -> tuple[str | None, ...]:
        world = small_world(tx)
        return who(tx, replace(ALL, school_id=world.schools["birch"], standing=standing), RULES)

    assert {(name or "").lower() for name in await box.do(work)} == names


@pytest.mark.parametrize(
    ("ends", "left_out"),
    [
        pytest.param(None, {"merged": 1}, id="while it may leave"),
        pytest.param(CampaignState.CANCELLED, {}, id="not once it is called off"),
    ],
)
async def test_who_gets_another_reminder_that_day_is_left_out(
    box: Box, ends: CampaignState | None, left_out: dict[str, int]
) -> None:
    def work(tx: Transaction) -> Forecast:
        world = small_world(tx)
        number = campaign_of(tx, replace(ALL, school_id=world.schools["maple"]), "hand:1")
        made = campaigns.by_id(tx, number)
        assert made
        campaign_letters.enqueue(tx, made, by_mail([world.ids["cy"]]), NOON)
        if ends:
            campaigns.cancel(tx, number, NOON)
        return forecast(tx, ALL, RULES)

    assert (await box.do(work)).left_out == left_out


@pytest.mark.parametrize(
    ("days", "left_out"),
    [((1, 2), {"enough": 1}), ((1, 9), {}), ((1,), {})],
    ids=["two this week", "one is older", "one"],
)
async def test_who_has_had_enough_is_left_out(
    box: Box, days: tuple[int, ...], left_out: dict[str, int]
) -> None:
    def work(tx: Transaction) -> Forecast:
        world = small_world(tx)
        for day in days:
            number = campaign_of(tx, ALL, f"hand:{day}", day)
            at = NOON - timedelta(days=day)
            reminders.note(tx, [Entry(number, world.ids["cy"], ReminderOutcome.LEFT, at)])
        return forecast(tx, ALL, RULES)

    assert (await box.do(work)).left_out == left_out


@pytest.mark.parametrize(
    ("place", "found"),
    [
        pytest.param("birch", ["all", "north", "birch"], id="of a school: those around it too"),
        pytest.param("maple", ["all"], id="not of another"),
        pytest.param("north", ["all", "north"], id="of a service centre"),
        pytest.param(None, ["all"], id="of everybody"),
    ],
)
async def test_campaigns_are_alike_that_go_to_the_same_people(
    box: Box, place: str | None, found: list[str]
) -> None:
    def work(tx: Transaction) -> list[str]:
        world = small_world(tx)
        for one in ("birch", "north", "all"):
            aim = Aim(Audience.STAFF, PERIOD, world.schools.get(one), world.centres.get(one))
            campaign_of(tx, aim, one)
        campaign_of(tx, Aim(Audience.ABSENT, PERIOD), "absent")
        campaign_of(tx, Aim(Audience.STAFF, "2020-1"), "long ago")
        assert begun(tx, "nothing") is None
        aim = replace(ALL, school_id=world.schools.get(place or ""), centre_id=world.centres.get(place or ""))
        return [one.key for one in alike(tx, aim)]

    assert await box.do(work) == found
