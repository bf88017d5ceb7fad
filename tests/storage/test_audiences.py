"""Whom a campaign is for, and where they are reached, in both databases."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import insert, update

from storage import addresses, telegram_off
from storage.audiences import (
    Candidate,
    candidates,
    facts,
    next_span,
    standings,
    undecided,
    who_without_address,
)
from storage.campaigns import Aim
from storage.database import Transaction
from storage.states import Audience, Role, Standing
from storage.tables import headcount, role
from tests.fakes.clock import NOON
from tests.storage.box import Box
from tests.storage.world import PERIOD, World

ALL = Aim(Audience.STAFF, PERIOD)


def small_world(tx: Transaction) -> World:
    """Two teachers and their direction in the north, a teacher in the south, and those of the centres."""
    world = World(tx).build()
    world.add("ana", Role.TEACHER, "birch", "telegram")
    world.add("bo", Role.SPECIALIST, "birch", "mail")
    world.add("cy", Role.TEACHER, "maple", "mail")
    world.add("off", Role.TEACHER, "out", "mail")
    world.add("di", Role.SCHOOL_ADMIN, "birch", "mail")
    world.add("do", Role.SCHOOL_ADMIN, "cedar", "mail")
    world.add("north-css", Role.CSS_ADMIN, "north", "mail")
    world.add("south-css", Role.CSS_ADMIN, "south", "mail")
    return world


def aimed_at(world: World, aim: Aim) -> list[str]:
    return world.names([one.person_id for one in candidates(world.tx, aim, 0, 10**6)])


Setting = Callable[[World], object]


@pytest.mark.parametrize(
    ("audience", "happens", "expected"),
    [
        pytest.param(Audience.STAFF, lambda w: None, ["ana", "bo", "cy"], id="who has to declare"),
        pytest.param(Audience.STAFF, lambda w: w.declares("ana"), ["bo", "cy"], id="not who has"),
        pytest.param(
            Audience.STAFF, lambda w: w.declares("ana", "2025-3"), ["ana", "bo", "cy"], id="for that period"
        ),
        pytest.param(
            Audience.STAFF,
            lambda w: w.declares("ana", state="withdrawn"),
            ["ana", "bo", "cy"],
            id="withdrawn",
        ),
        pytest.param(Audience.STAFF, lambda w: w.says_nothing("bo"), ["ana", "cy"], id="nothing to declare"),
        pytest.param(Audience.STAFF, lambda w: w.begins("bo"), ["ana", "bo", "cy"], id="a draft is not sent"),
        pytest.param(Audience.STAFF, lambda w: close(w, "cy"), ["ana", "bo"], id="not who has left"),
        pytest.param(Audience.ABSENT, lambda w: None, ["ana", "bo", "cy"], id="who never came"),
        pytest.param(
            Audience.ABSENT, lambda w: w.link("ana", "telegram", own=True), ["bo", "cy"], id="not who came"
        ),
        pytest.param(
            Audience.ABSENT, lambda w: w.begins("ana", "registration"), ["bo", "cy"], id="nor talks"
        ),
        pytest.param(
            Audience.ABSENT,
            lambda w: w.listed("bo", has_account=True),
            ["ana", "cy"],
            id="nor has an account",
        ),
        pytest.param(
            Audience.ABSENT,
            lambda w: (w.begins("ana"), w.listed("ana", has_account=False)),
            ["ana", "bo", "cy"],
            id="listed without one",
        ),
        pytest.param(Audience.IN_CHARGE, lambda w: None, ["di"], id="whose people are missing"),
        pytest.param(
            Audience.IN_CHARGE, lambda w: (w.declares("ana"), w.says_nothing("bo")), [], id="none is missing"
        ),
        pytest.param(Audience.CENTRES, lambda w: None, ["north-css", "south-css"], id="schools missing"),
        pytest.param(Audience.CENTRES, lambda w: w.declares("cy"), ["north-css"], id="only those"),
        pytest.param(Audience.HEADCOUNT, lambda w: None, ["north-css", "south-css"], id="head counts"),
        pytest.param(
            Audience.HEADCOUNT,
            lambda w: confirm(w, "maple"),
            ["north-css"],
            id="all that take part confirmed",
        ),
        pytest.param(
            Audience.HEADCOUNT, lambda w: confirm(w, "birch"), ["north-css", "south-css"], id="one is not"
        ),
        pytest.param(Audience.CONTACTS, lambda w: None, ["south-css"], id="schools without a direction"),
    ],
)
async def test_an_audience_is_who_has_something_to_do(
    box: Box, audience: Audience, happens: Setting, expected: list[str]
) -> None:
    def work(tx: Transaction) -> list[str]:
        world = small_world(tx)
        happens(world)
        return aimed_at(world, Aim(audience, PERIOD))

    assert await box.do(work) == expected


@pytest.mark.parametrize(
    ("audience", "place", "expected"),
    [
        (Audience.STAFF, "birch", ["ana", "bo"]),
        (Audience.STAFF, "south", ["cy"]),
        (Audience.IN_CHARGE, "north", ["di"]),
        (Audience.IN_CHARGE, "maple", []),
        (Audience.CENTRES, "south", ["south-css"]),
        (Audience.CENTRES, "birch", ["north-css"]),
    ],
)
async def test_a_campaign_for_one_place_goes_to_its_people_only(
    box: Box, audience: Audience, place: str, expected: list[str]
) -> None:
    def work(tx: Transaction) -> list[str]:
        world = small_world(tx)
        return aimed_at(world, Aim(audience, PERIOD, world.schools.get(place), world.centres.get(place)))

    assert await box.do(work) == expected


@pytest.mark.parametrize("place", ["", "birch", "north"])
async def test_everybody_is_looked_at_once_a_span_at_a_time(box: Box, place: str) -> None:
    def work(tx: Transaction) -> tuple[list[str], int]:
        world = small_world(tx)
        aim = Aim(Audience.STAFF, PERIOD, world.schools.get(place), world.centres.get(place))
        after, spans = 0, 0
        found: list[Candidate] = []
        while to := next_span(tx, aim, after, 2):
            found += candidates(tx, aim, after, to)
            after, spans = to, spans + 1
        return world.names([one.person_id for one in found]), spans

    found, spans = await box.do(work)
    assert (found, spans) == ((["ana", "bo"], 1) if place else (["ana", "bo", "cy"], 4))


def closed_to_teachers(world: World) -> None:
    """Telegram, which Ana prefers."""
    world.prefers("ana", "telegram")
    telegram_off.keep_only(world.tx, ["teacher"])


@pytest.mark.parametrize(
    ("happens", "reached"),
    [
        pytest.param(lambda w: None, "mail", id="the newest link"),
        pytest.param(lambda w: w.prefers("ana", "telegram"), "telegram", id="the channel they prefer"),
        pytest.param(lambda w: w.prefers("ana", "terminal"), "mail", id="where they have none"),
        pytest.param(
            lambda w: w.link("ana", "terminal", 9), "mail", id="a terminal when there is nothing else"
        ),
        pytest.param(lambda w: dies(w, "mail"), "telegram", id="a dead one is no way"),
        pytest.param(lambda w: dies(w, "mail", preferred=True), "telegram", id="even if preferred"),
        pytest.param(lambda w: dies(w, "mail", "telegram"), None, id="nowhere"),
        pytest.param(
            closed_to_teachers,
            "mail",
            id="Telegram is closed to them",
        ),
    ],
)
async def test_everybody_is_reached_where_they_want_if_they_can_be(
    box: Box, happens: Setting, reached: str | None
) -> None:
    def work(tx: Transaction) -> tuple[str | None, str | None]:
        world = World(tx).build()
        world.add("ana", Role.TEACHER, "birch", "telegram", "mail")
        happens(world)
        [one] = candidates(tx, ALL, 0, 10**6)
        [now] = facts(tx, ALL, [one.person_id]).values()
        assert (now.at and now.at.channel) == one.channel
        return one.channel, one.address

    assert await box.do(work) == (reached, f"ana@{reached}" if reached else None)


async def test_what_counts_is_told_as_it_stands_now(box: Box) -> None:
    def work(tx: Transaction) -> list[tuple[str | None, bool, bool, Standing | None]]:
        world = small_world(tx)
        world.declares("ana")
        world.begins("bo")
        close(world, "cy")
        found = facts(tx, ALL, [*world.ids.values(), 999])
        return [(one.name, one.belongs, one.open, one.standing) for one in found.values()]

    told = await box.do(work)
    assert sorted(told)[:3] == [
        ("ana", True, False, Standing.DECLARED),
        ("bo", True, True, Standing.DRAFT),
        ("cy", False, True, Standing.NOTHING),
    ]


async def test_standings_are_told_of_those_asked_for(box: Box) -> None:
    def work(tx: Transaction) -> dict[str, Standing]:
        world = small_world(tx)
        world.declares("ana")
        world.says_nothing("bo")
        world.begins("cy")
        found = standings(tx, PERIOD, [world.ids[name] for name in ("ana", "bo", "cy", "off")])
        return {name: found[number] for name, number in world.ids.items() if number in found}

    assert await box.do(work) == {
        "ana": Standing.DECLARED,
        "bo": Standing.SAID_NOTHING,
        "cy": Standing.DRAFT,
        "off": Standing.NOTHING,
    }


async def test_a_campaign_by_hand_may_go_to_one_standing_only(box: Box) -> None:
    def work(tx: Transaction) -> list[str]:
        world = small_world(tx)
        world.begins("bo")
        return aimed_at(world, Aim(Audience.STAFF, PERIOD, standing=Standing.DRAFT))

    assert await box.do(work) == ["bo"]


async def test_who_is_not_decided_on_yet_is_counted(box: Box) -> None:
    """Beyond the one that a campaign is filled to; who is reached nowhere gets no letter."""

    def work(tx: Transaction) -> list[int]:
        world = small_world(tx)
        dies(world, "telegram")
        everybody, own = ALL, Aim(Audience.STAFF, PERIOD, school_id=world.schools["birch"])
        return [undecided(tx, aim, after) for aim in (everybody, own) for after in (0, world.ids["bo"])]

    assert await box.do(work) == [2, 1, 1, 0]


async def test_who_is_reached_nowhere_is_told(box: Box) -> None:
    def work(tx: Transaction) -> list[tuple[str | None, Role]]:
        world = small_world(tx)
        world.add("em", Role.TEACHER, "birch")
        addresses.mark_dead(tx, "mail", "bo@mail", "no such mailbox", NOON)
        found = who_without_address(tx, [world.schools["birch"], world.schools["cedar"]])
        return [(one.name, one.role) for one in found]

    assert await box.do(work) == [("bo", Role.SPECIALIST), ("em", Role.TEACHER)]


def close(world: World, name: str) -> None:
    world.tx.execute(update(role).where(role.c.person_id == world.ids[name]).values(closed_at=NOON))


def dies(world: World, *channels: str, preferred: bool = False) -> None:
    """Ana is not reached there any more, even where she prefers it."""
    for channel in channels:
        if preferred:
            world.prefers("ana", channel)
        addresses.mark_dead(world.tx, channel, f"ana@{channel}", "gone", NOON)


def confirm(world: World, place: str) -> None:
    row = {"school_id": world.schools[place], "year": 2026, "total": 12, "confirmed_at": NOON}
    world.tx.execute(insert(headcount).values(row))
