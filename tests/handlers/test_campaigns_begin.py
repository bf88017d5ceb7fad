"""Campaigns begin by themselves on their day, once, whatever happens to the processes that begin them."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeVar

import pytest
from sqlalchemy import update

from handlers.reminders import beginning
from handlers.reminders.beginning import begin_and_fill, fill
from storage import campaigns, people, roster
from storage.database import Database, Transaction
from storage.people import Place
from storage.states import Audience, CampaignState
from storage.tables import letter
from tests.campaigning import act, at, by_hand, hours, id_of, ledger, letters, local, states
from tests.stage import Stage

FRIDAY = local(27)
"""Two days before the deadline of the 30th there is a Sunday, so that the reminder is due on the Friday."""
FOR_STAFF = "declare:2026-1:2"
T = TypeVar("T")


async def test_a_campaign_begins_at_midnight_of_its_day_and_not_before(database_url: str) -> None:
    async with Stage(database_url) as stage:
        await at(stage, local(26, 23, 59))
        before = set(await states(stage))
        await at(stage, FRIDAY)
        begun = set(await states(stage)) - before
    assert begun == {FOR_STAFF, "follow-up:2026-1:2"}


async def test_what_was_due_before_anybody_was_here_was_not_missed(sqlite_url: str) -> None:
    async with Stage(sqlite_url) as stage:
        await at(stage, stage.clock.now().astimezone(FRIDAY.tzinfo))
        assert await states(stage) == {}


async def test_done_again_it_changes_nothing(sqlite_url: str) -> None:
    async with Stage(sqlite_url) as stage:
        await at(stage, FRIDAY)
        before = await letters(stage), await ledger(stage)
        await at(stage, FRIDAY + timedelta(minutes=1))
        assert before == (await letters(stage), await ledger(stage))


@pytest.mark.parametrize(
    ("back_on", "state"),
    [(local(30, 9), CampaignState.RUNNING), (local(1, 9, month=12), CampaignState.SKIPPED)],
    ids=["still of use", "too late"],
)
async def test_what_was_missed_while_the_machine_was_down_is_sent_if_it_is_of_use(
    sqlite_url: str, back_on: datetime, state: CampaignState
) -> None:
    async with Stage(sqlite_url) as stage:
        await at(stage, back_on)
        assert (await states(stage))[FOR_STAFF] is state


async def test_of_several_on_one_day_the_one_nearest_to_its_deadline_goes(sqlite_url: str) -> None:
    """The machine comes back on the deadline: the reminder of that day goes, and not the one of two days before."""
    async with Stage(sqlite_url) as stage:
        await at(stage, local(30, 7))
        await stage.post.drain()
        told = [(key, outcome) for key, _, outcome, _ in await ledger(stage, "camille")]
    assert sorted(told) == [("declare:2026-1:0", "left"), (FOR_STAFF, "merged")]


async def test_what_was_missed_and_waits_for_a_working_day_counts_as_one_of_that_day(sqlite_url: str) -> None:
    """The machine comes back on the Saturday before the deadline, when nothing leaves."""
    async with Stage(sqlite_url, hours=hours("7:00-8:00")) as stage:
        for moment in (local(28, 10), local(30), local(30, 7)):
            await at(stage, moment)
            await stage.post.drain()
        told = [(key, outcome) for key, _, outcome, _ in await ledger(stage, "camille")]
    assert told == [(FOR_STAFF, "left"), ("declare:2026-1:0", "merged")]


async def test_who_is_reached_nowhere_is_told_of_in_the_ledger(sqlite_url: str) -> None:
    async with Stage(sqlite_url) as stage:
        await act(stage, lambda tx: roster.add_person(tx, "Zoé", "fr", (place_of(tx),), stage.clock.now()))
        await at(stage, FRIDAY)
        assert await ledger(stage, "zoé") == [(FOR_STAFF, "zoé", "skipped", "unreachable")]


async def test_a_campaign_ends_when_nothing_waits_any_more(sqlite_url: str) -> None:
    async with Stage(sqlite_url) as stage:
        await at(stage, FRIDAY)
        await at(stage, FRIDAY + timedelta(hours=1))
        waiting = (await states(stage))[FOR_STAFF]
        await stage.post.drain()
        await at(stage, FRIDAY + timedelta(hours=2))
        assert (waiting, (await states(stage))[FOR_STAFF]) == (CampaignState.RUNNING, CampaignState.DONE)


async def test_what_could_not_leave_in_time_is_given_up_and_says_so(sqlite_url: str) -> None:
    async with Stage(sqlite_url) as stage:
        await at(stage, FRIDAY)
        await at(stage, local(1, 8, month=12))
        told = [entry for entry in await ledger(stage, "camille") if entry[0] == FOR_STAFF]
        assert told == [(FOR_STAFF, "camille", "skipped", "too-late")]
        assert (await states(stage))[FOR_STAFF] is CampaignState.DONE


async def test_a_paused_campaign_waits_and_goes_on_when_it_is_resumed(sqlite_url: str) -> None:
    async with Stage(sqlite_url) as stage:
        number = await by_hand(stage)
        now = stage.clock.now().astimezone(FRIDAY.tzinfo)
        await act(stage, lambda tx: campaigns.pause(tx, number))
        await at(stage, now)
        await stage.post.drain()
        held = Counter(state for _, state in await letters(stage))
        await act(stage, lambda tx: campaigns.resume(tx, number))
        await at(stage, now)
        await stage.post.drain()
        assert (held, Counter(state for _, state in await letters(stage))) == ({"waiting": 3}, {"sent": 3})


@pytest.mark.parametrize("meanwhile", ["held back", "filled"])
async def test_a_campaign_that_is_resumed_while_it_is_seen_to_goes_on(
    sqlite_url: str, meanwhile: str
) -> None:
    """Its letters were held back a moment ago: nobody has to wait for those until it is too late."""
    async with Stage(sqlite_url) as stage:
        number = await by_hand(stage)
        now = stage.clock.now().astimezone(FRIDAY.tzinfo)
        await act(stage, lambda tx: campaigns.pause(tx, number))
        if meanwhile == "filled":
            await at(stage, now)
        await begin_and_fill(stage.house, Resuming(stage.database, number, before=meanwhile), now)
        await at(stage, now + timedelta(minutes=1))
        await stage.post.drain()
        assert {state for _, state in await letters(stage)} == {"sent"}


async def test_a_day_may_have_any_number_of_campaigns(database_url: str) -> None:
    """As on the eve of a deadline, when every school has one of its own."""
    async with Stage(database_url) as stage:
        now = stage.clock.now().astimezone(FRIDAY.tzinfo)

        def work(tx: Transaction) -> None:
            crowd(tx, stage, 450)
            aim = campaigns.Aim(Audience.IN_CHARGE, "2026-1", school_id=1)
            until = now + timedelta(days=3)
            for one in range(80):
                new = campaigns.NewCampaign(f"hand:{one}", "hand", aim, now.date(), until)
                campaigns.begin(tx, new, now)
            campaigns.begin(tx, by_hand_now(stage), now)

        await act(stage, work)
        await begin_and_fill(stage.house, stage.database, now)
        told = Counter((key, outcome) for key, _, outcome, _ in await ledger(stage))
        assert told == {(f"hand:{one}", "merged"): 1 for one in range(1, 80)}
        assert len(await letters(stage)) == 454


async def test_what_was_to_be_tried_again_and_is_called_off_has_not_left(sqlite_url: str) -> None:
    async with Stage(sqlite_url) as stage:
        number = await by_hand(stage)
        await stage.post.drain()
        again = update(letter).values(state="waiting", sent_at=None)
        await act(stage, lambda tx: tx.execute(again))
        await act(stage, lambda tx: campaigns.cancel(tx, number, stage.clock.now()))
        await at(stage, stage.clock.now().astimezone(FRIDAY.tzinfo))
        assert {(outcome, why) for _, _, outcome, why in await ledger(stage)} == {("skipped", "cancelled")}


async def test_a_cancelled_campaign_gives_up_what_waits(sqlite_url: str) -> None:
    async with Stage(sqlite_url) as stage:
        number = await by_hand(stage)
        await act(stage, lambda tx: campaigns.cancel(tx, number, stage.clock.now()))
        await at(stage, stage.clock.now().astimezone(FRIDAY.tzinfo))
        assert {(outcome, why) for _, _, outcome, why in await ledger(stage)} == {("skipped", "cancelled")}
        assert {state for _, state in await letters(stage)} == {"skipped"}


async def test_a_filling_that_was_broken_off_goes_on_where_it_stood(
    database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(beginning, "AT_ONCE", 2)
    async with Stage(database_url) as stage:
        await act(stage, lambda tx: crowd(tx, stage, 5))
        await act(stage, lambda tx: campaigns.begin(tx, by_hand_now(stage), stage.clock.now()))
        filled = []
        for _ in range(2):
            await stage.database.write(lambda tx: fill(tx, stage.clock.now()))
            filled.append(len(await letters(stage)))
        await stage.restart()
        await begin_and_fill(stage.house, stage.database, stage.clock.now().astimezone(FRIDAY.tzinfo))
        assert (filled, len(await letters(stage))) == ([2, 3], 8)
        assert (await states(stage))["hand:crowd"] is CampaignState.RUNNING


async def test_several_processes_that_fill_at_once_put_in_each_letter_once(
    database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(beginning, "AT_ONCE", 3)
    async with Stage(database_url) as one, Stage(database_url, beside=one) as other:
        await act(one, lambda tx: crowd(tx, one, 40))
        one.clock.at = other.clock.at = FRIDAY
        both = (begin_and_fill(stage.house, stage.database, FRIDAY) for stage in (one, other))
        await asyncio.gather(*both)
        put_in = await letters(one)
        assert len(put_in) == 44
        await asyncio.gather(one.post.drain(), other.post.drain())
        sent = [letter.id for box in one.mailboxes.values() for letter in box.letters]
        assert (len(sent), len(set(sent)), dict.fromkeys(dict(put_in), "sent")) == (
            44,
            44,
            dict(await letters(one)),
        )


@dataclass
class Resuming:
    """A database in which somebody resumes a campaign just before one of the things that are then done."""

    database: Database
    number: int
    before: str

    async def read(self, work: Callable[[Transaction], T]) -> T:
        return await self.database.read(work)

    async def write(self, work: Callable[[Transaction], T]) -> T:
        does = BEFORE[self.before]
        if getattr(work, "func", None) is does:
            await self.database.write(lambda tx: campaigns.resume(tx, self.number))
        return await self.database.write(work)

    async def close(self) -> None:
        await self.database.close()


BEFORE = {"held back": beginning._follow, "filled": fill}


def place_of(tx: Transaction) -> Place:
    """Where Camille teaches."""
    found = people.by_id(tx, id_of(tx, "camille"))
    assert found
    return found.places[0]


def crowd(tx: Transaction, stage: Stage, count: int) -> None:
    """So many more teachers at Camille's school, each with a mail address."""
    for number in range(count):
        new = roster.add_person(tx, f"Prof {number}", "fr", (place_of(tx),), stage.clock.now())
        people.link(tx, new, "mail", f"prof{number}@tilleuls.invalid", stage.clock.now())


def by_hand_now(stage: Stage) -> campaigns.NewCampaign:
    now = stage.clock.now()
    aim = campaigns.Aim(Audience.STAFF, "2026-1")
    return campaigns.NewCampaign("hand:crowd", "hand", aim, now.date(), now + timedelta(days=2))
