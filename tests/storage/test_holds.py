"""While a hold stands nothing leaves; released, it does, but for what is skipped."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import insert

from bot.messages import Lane
from storage import holds, lineage, mailboxes, pace
from storage.database import Database, Transaction
from storage.lineage import Past
from storage.states import HoldReason
from storage.tables import channel_pace
from tests.fakes.clock import NOON
from tests.storage.box import Box, to

HOUR = timedelta(hours=1)


async def hold(box: Box) -> bool:
    return await box.do(lambda tx: holds.put(tx, HoldReason.BY_HAND, box.now))


async def test_nothing_is_claimed_while_a_hold_stands(box: Box) -> None:
    box.rates = {"chat": None, "terminal": None}
    await box.put(to("1"), to("1", lane=Lane.CAMPAIGN), to("2", channel="terminal"))
    assert (await hold(box), await hold(box)) == (True, False)
    assert await box.claimed() == await box.claimed(lane=Lane.CAMPAIGN) == []
    assert [one.address for one in (await box.claim(channel="terminal")).letters] == ["2"]
    assert (await box.put_at_hand(to("3"))).claimed == ()
    assert len((await box.put_at_hand(to("4", channel="terminal"))).claimed) == 1
    await box.do(lambda tx: holds.release(tx, box.now))
    assert await box.claimed() == ["1: bonjour", "3: bonjour"]
    assert len((await box.put_at_hand(to("5"))).claimed) == 1


async def test_it_tells_since_when_why_and_what_waits(box: Box) -> None:
    await hold(box)
    await box.do(lambda tx: holds.put(tx, HoldReason.WENT_BACK, box.now + HOUR))
    await box.put(
        to("1"), to("2"), to("3", lane=Lane.CAMPAIGN, due=box.now + HOUR), to("4", channel="terminal")
    )
    standing = await box.do(holds.standing)
    assert [(one.reason, one.since) for one in standing] == [
        (HoldReason.BY_HAND, NOON),
        (HoldReason.WENT_BACK, NOON + HOUR),
    ]
    waiting = await box.do(holds.waiting)
    assert [(one.channel, one.lane, one.count, one.oldest) for one in waiting] == [
        ("chat", Lane.ANSWER, 2, NOON),
        ("chat", Lane.CAMPAIGN, 1, NOON + HOUR),
    ]
    await box.do(lambda tx: holds.release(tx, box.now))
    assert await box.do(holds.standing) == ()


async def test_campaigns_and_what_is_old_can_be_skipped(box: Box) -> None:
    await box.put(to("1"), to("2", lane=Lane.CAMPAIGN, strict=True), to("3", channel="terminal"))
    started = await box.the_one()
    box.now += 25 * HOUR
    await box.put(to("4"))
    await hold(box)
    before = box.now - 24 * HOUR
    assert await box.do(lambda tx: holds.to_skip(tx, before)) == 2
    assert await box.do(lambda tx: holds.release(tx, box.now, before)) == 2
    assert await box.states() == ["skipped", "skipped", "waiting", "waiting"]
    assert await box.claimed() == ["4: bonjour"]
    assert not await box.sent(started)


@pytest.mark.parametrize(
    ("seen", "gone_back"),
    [
        ({"chat": 2_000_000}, False),
        ({"chat": 1_999_999}, False),
        ({"chat": 2_000_001}, True),
        ({"chat": 1, "mail": 1}, True),
        ({}, False),
    ],
)
async def test_a_database_that_knows_less_than_was_seen_has_gone_back(
    box: Box, seen: dict[str, int], gone_back: bool
) -> None:
    def work(tx: Transaction) -> bool:
        tx.execute(insert(channel_pace).values(channel="chat", next_us=2_000_000))
        return holds.put_if_gone_back(tx, lineage.identity(tx), Past(seen), box.now)

    assert await box.do(work) is gone_back
    assert bool(await box.do(holds.standing)) is gone_back


async def test_after_a_release_no_witness_of_before_has_anything_to_say(box: Box) -> None:
    before = await box.do(lineage.identity)
    seen = Past({"chat": 1})
    assert await box.do(lambda tx: holds.put_if_gone_back(tx, before, seen, box.now))
    await box.do(lambda tx: holds.release(tx, box.now))
    assert await box.do(lineage.identity) != before
    assert not await box.do(lambda tx: holds.put_if_gone_back(tx, before, seen, box.now))
    assert await box.do(holds.standing) == ()


async def test_what_is_known_of_departures_only_grows(database: Database) -> None:
    """Answers overtake reminders, letters are redirected and tried again: none of it takes anything back."""

    def take(tx: Transaction, at: int) -> int:
        moment = pace.EPOCH + timedelta(seconds=at)
        pace.take_channel(tx, "chat", 10, 1, moment)
        return lineage.past(tx).departures["chat"]

    known = [await database.write(lambda tx, at=at: take(tx, at)) for at in (5, 3, 9, 1)]  # type: ignore[misc]
    assert known == sorted(known)


async def test_mail_that_was_heard_is_known_until_the_mailbox_is_another(box: Box) -> None:
    def heard(tx: Transaction) -> list[bool]:
        return [mailboxes.was_heard(tx, "a", uid) for uid in (7, 9, 10)]

    await box.do(lambda tx: mailboxes.begin(tx, "a", 1, 5, NOON, NOON))
    assert await box.do(heard) == [False, False, False]
    await box.do(lambda tx: mailboxes.heard_before(tx, {"a": (2, 9), "b": (1, 3)}))
    assert await box.do(heard) == [False, False, False]
    await box.do(lambda tx: mailboxes.heard_before(tx, {"a": (1, 9)}))
    assert await box.do(heard) == [True, True, False]
    await box.do(lambda tx: mailboxes.begin(tx, "a", 2, 0, NOON, NOON))
    assert await box.do(heard) == [False, False, False]
