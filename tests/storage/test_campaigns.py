"""Campaigns and the ledger, in both databases."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

from storage import campaign_letters, campaign_progress, campaign_waiting, campaigns, reminders
from storage.campaign_progress import Progress
from storage.database import Transaction
from storage.reminders import Entry
from storage.states import CampaignState, LetterState, ReminderKind, ReminderOutcome, Role, Standing
from tests.fakes.clock import NOON
from tests.storage.box import Box
from tests.storage.world import World, a_campaign, by_mail

DAY = timedelta(days=1)


def begun(tx: Transaction, key: str = "declare:2026-1:14", **more: Any) -> int:
    made = campaigns.begin(tx, a_campaign(key=key, **more), NOON)
    assert made is not None
    return made


def entry(campaign_id: int, person_id: int, outcome: str = "left", **more: Any) -> Entry:
    return replace(Entry(campaign_id, person_id, ReminderOutcome(outcome), NOON), **more)


async def test_a_campaign_with_a_key_is_made_once(box: Box) -> None:
    assert await box.do(lambda tx: campaigns.begin(tx, a_campaign(), NOON))
    assert await box.do(lambda tx: campaigns.begin(tx, a_campaign(), NOON)) is None


async def test_a_campaign_is_kept_as_it_was_made(box: Box) -> None:
    def work(tx: Transaction) -> None:
        new = a_campaign(note="C’est bientôt fini.", standing=Standing.DRAFT)
        kept = campaigns.by_id(tx, campaigns.begin(tx, new, NOON) or 0)
        assert kept
        assert (kept.key, kept.aim, kept.note, kept.offset) == (new.key, new.aim, new.note, 14)
        assert (kept.useful_until, kept.state) == (new.useful_until, CampaignState.FILLING)

    await box.do(work)


async def test_what_stands_how_can_be_changed_to_what(box: Box) -> None:
    def work(tx: Transaction) -> list[tuple[bool, str]]:
        number = begun(tx)
        acts: tuple[Callable[[], bool], ...] = (
            lambda: campaigns.resume(tx, number),
            lambda: campaigns.pause(tx, number),
            lambda: campaigns.pause(tx, number),
            lambda: campaigns.resume(tx, number),
            lambda: campaigns.filled(tx, number),
            lambda: campaigns.cancel(tx, number, NOON),
            lambda: campaigns.resume(tx, number),
            lambda: campaigns.cancel(tx, number, NOON),
        )
        return [(act(), state_of(tx, number)) for act in acts]

    assert await box.do(work) == [
        (False, "filling"),
        (True, "paused"),
        (False, "paused"),
        (True, "filling"),
        (True, "running"),
        (True, "cancelled"),
        (False, "cancelled"),
        (False, "cancelled"),
    ]


async def test_of_one_day_the_nearest_to_its_deadline_is_filled_first_and_those_made_by_hand_last(
    box: Box,
) -> None:
    def work(tx: Transaction) -> list[str]:
        for key, offset in (
            ("hand:x", None),
            ("account:2026-1:45", 45),
            ("digest:2026-1:-3", -3),
            ("declare:2026-1:7", 7),
        ):
            begun(tx, key, offset=offset)
        order = []
        while one := campaigns.next_to_fill(tx):
            order.append(one.rule)
            campaigns.filled(tx, one.id)
        return order

    assert await box.do(work) == ["digest", "declare", "account", "hand"]


async def test_a_list_tells_how_far_each_is_the_newest_first(box: Box) -> None:
    def work(tx: Transaction) -> list[Progress]:
        world = World(tx).build()
        people = [world.add(name, Role.TEACHER, "birch", "mail") for name in ("ana", "bo", "cy")]
        first, second = begun(tx), begun(tx, "declare:2026-1:7")
        one = campaigns.by_id(tx, first)
        assert one
        campaign_letters.enqueue(tx, one, by_mail(people[:2]), NOON)
        campaign_waiting.give_up(tx, first, NOON, "cancelled")
        reminders.note(tx, [entry(first, people[2], "merged"), entry(second, people[0])])
        return list(campaign_progress.listed(tx))

    second, first = await box.do(work)
    assert (second.letters, second.outcomes, second.total) == ({}, {"left": 1}, 0)
    assert (first.letters, first.to_go, first.total) == ({LetterState.SKIPPED: 2}, 0, 2)
    assert (first.outcomes, first.reasons) == ({"skipped": 2, "merged": 1}, {"cancelled": 2})


async def test_those_in_charge_are_shown_the_campaigns_of_their_places(box: Box) -> None:
    def work(tx: Transaction) -> list[list[str]]:
        world = World(tx).build()
        birch, north, south = world.schools["birch"], world.centres["north"], world.centres["south"]
        begun(tx, "all")
        begun(tx, "birch", school_id=birch)
        begun(tx, "north", centre_id=north)
        begun(tx, "maple", school_id=world.schools["maple"])
        scopes: tuple[dict[str, Any], ...] = (
            {"school_ids": [birch]},
            {"centre_ids": [north]},
            {"centre_ids": [south]},
            {},
        )
        return [[one.campaign.key for one in campaign_progress.listed(tx, **scope)] for scope in scopes]

    assert await box.do(work) == [
        ["birch"],
        ["north", "birch"],
        ["maple"],
        ["maple", "north", "birch", "all"],
    ]


async def test_a_letter_of_a_campaign_is_put_in_once(box: Box) -> None:
    def work(tx: Transaction) -> None:
        world = World(tx).build()
        ids = [world.add(name, Role.TEACHER, "birch", "mail", language=None) for name in ("ana", "bo")]
        one = campaigns.by_id(tx, begun(tx))
        assert one
        campaign_letters.enqueue(tx, one, by_mail(ids[:1]), NOON)
        campaign_letters.enqueue(tx, one, by_mail(ids), NOON)

    await box.do(work)
    assert await box.states() == ["waiting", "waiting"]


async def test_who_has_another_letter_of_a_day_has_one_that_left_or_may_still_leave(box: Box) -> None:
    def work(tx: Transaction) -> list[frozenset[str]]:
        world = World(tx).build()
        ids = [world.add(name, Role.TEACHER, "birch", "mail") for name in ("ana", "bo", "cy", "di")]
        names = {number: name for name, number in world.ids.items()}
        numbers = [begun(tx, key) for key in ("first", "second", "cancelled")]
        numbers.append(begun(tx, "other", day=NOON.date() + DAY))
        by_id = campaigns.by_ids(tx, numbers)
        first, second, cancelled, other = (by_id[number] for number in numbers)
        campaign_letters.enqueue(tx, first, by_mail(ids[:1]), NOON)
        campaign_letters.enqueue(tx, second, by_mail(ids[1:2]), NOON)
        campaign_letters.enqueue(tx, cancelled, by_mail(ids[2:3]), NOON)
        campaign_waiting.give_up(tx, cancelled.id, NOON, "cancelled")
        campaign_letters.enqueue(tx, other, by_mail(ids[3:]), NOON)
        found = (campaign_letters.who_has_another(tx, one, [*ids, 99]) for one in (first, cancelled, other))
        return [frozenset(names[one] for one in some) for some in found]

    assert await box.do(work) == [{"bo"}, {"ana", "bo"}, set()]


async def test_the_ledger_keeps_what_was_decided_last_and_tells_it(box: Box) -> None:
    def work(tx: Transaction) -> None:
        ana = World(tx).build().add("ana", Role.TEACHER, "birch", "mail")
        first, second = begun(tx), begun(tx, "declare:2026-1:7", offset=7)
        reminders.note(tx, [entry(first, ana, "merged")])
        reminders.note(tx, [entry(first, ana, "skipped", reason="declared", standing=Standing.DECLARED)])
        reminders.note(tx, [entry(second, ana, channel="mail", at=NOON + DAY)])
        newest, oldest = reminders.of_person(tx, ana)
        assert (newest.campaign_id, newest.offset, newest.channel, newest.letter) == (second, 7, "mail", None)
        assert (oldest.outcome, oldest.reason, oldest.standing) == ("skipped", "declared", "declared")
        assert reminders.of_campaign(tx, first, ana) == oldest
        assert len(reminders.of_person(tx, ana, limit=1)) == 1

    await box.do(work)


async def test_only_what_reached_somebody_since_then_is_counted(box: Box) -> None:
    def work(tx: Transaction) -> None:
        ana = World(tx).build().add("ana", Role.TEACHER, "birch", "mail")
        numbers = [begun(tx, f"declare:2026-1:{n}") for n in range(4)]
        told = zip(numbers, ("left", "tomorrow", "skipped", "left"), (0, 1, 1, -1), strict=True)
        reminders.note(tx, [entry(one, ana, how, at=NOON + days * DAY) for one, how, days in told])
        assert reminders.unasked_since(tx, [ana, 99], NOON) == {ana: frozenset(numbers[:2])}

    await box.do(work)


async def test_a_kind_is_wanted_until_it_is_switched_off(box: Box) -> None:
    def work(tx: Transaction) -> None:
        ana = World(tx).build().add("ana", Role.TEACHER, "birch", "mail")
        for wanted, off in ((False, {ReminderKind.ACCOUNT}), (True, set())):
            reminders.choose(tx, ana, ReminderKind.ACCOUNT, wanted=wanted)
            assert reminders.unwanted_by(tx, ana) == off
            assert reminders.who_does_not_want(tx, [ana, 99]) == {(ana, kind) for kind in off}

    await box.do(work)


def state_of(tx: Transaction, number: int) -> str:
    found = campaigns.by_id(tx, number)
    assert found
    return found.state
