from __future__ import annotations

from datetime import timedelta

import pytest

from bot.messages import Button, Lane
from storage import claims, marks, pace
from storage.outbox import NewLetter
from tests.storage.box import LEASE, SECOND, Box, text_of, to


async def test_a_letter_comes_out_as_it_was_put_in(box: Box) -> None:
    await box.put(to("ana", "combien?", key="k1"))
    one = await box.the_one()
    assert (one.channel, one.address, one.key, text_of(one)) == ("chat", "ana", "k1", "combien?")
    assert one.page.buttons == (Button("Oui", "t:q:yes", ("ok",)), Button("Non", "t:q:no"))
    assert (one.worker, one.attempt, one.at, one.lease_until) == ("one", 1, box.now, box.now + LEASE)


async def test_a_key_is_taken_in_once_even_when_its_letter_has_left(box: Box) -> None:
    assert (await box.put(to("ana", key="k1"), to("bo", key="k1"), to("cy"), to("di"))).new == 3
    for one in (await box.claim()).letters:
        await box.sent(one)
    assert (await box.put(to("ana", key="k1"))).new == 0
    assert (await box.put_at_hand(to("ana", key="k1"))).new == 0


async def test_nothing_can_be_put_and_nothing_claimed(box: Box) -> None:
    assert (await box.put()).new == 0
    assert await box.claim() == claims.Claimed()


async def test_thousands_are_put_at_once_and_keep_their_order(box: Box) -> None:
    assert (await box.put(*(to("ana", f"letter {number}") for number in range(2500)))).new == 2500
    for number in range(3):
        one = await box.the_one()
        assert text_of(one) == f"letter {number}"
        await box.sent(one)


async def test_a_reply_that_nothing_holds_back_is_at_hand_for_the_worker_that_wrote_it(box: Box) -> None:
    put = await box.put_at_hand(to("ana", "un"), to("bo", "deux"))
    assert [text_of(one) for one in put.claimed] == ["un", "deux"]
    assert await box.claimed("two") == []
    assert [await box.sent(one) for one in put.claimed] == [True, True]
    assert await box.states() == ["sent", "sent"]


async def test_a_letter_at_hand_is_what_a_claim_would_have_given(box: Box) -> None:
    await box.put(to("ana"))
    at_hand = (await box.put_at_hand(to("bo"))).claimed[0]
    claimed = await box.the_one()
    given = ("channel", "page", "lane", "strict", "worker", "attempt", "at", "lease_until", "key")
    assert [getattr(at_hand, name) for name in given] == [getattr(claimed, name) for name in given]


async def test_what_the_worker_at_hand_loses_is_sent_by_another(box: Box) -> None:
    lost = (await box.put_at_hand(to("ana"))).claimed[0]
    box.now += LEASE
    again = await box.the_one("two")
    assert (again.id, again.attempt) == (lost.id, 2)
    assert not await box.sent(lost)


async def test_of_two_replies_of_a_turn_to_one_address_the_first_is_at_hand(box: Box) -> None:
    put = await box.put_at_hand(to("ana", "un"), to("ana", "deux"))
    assert [text_of(one) for one in put.claimed] == ["un"]
    assert (put.new, await box.claimed()) == (2, [])
    await box.sent(put.claimed[0])
    assert await box.claimed() == ["ana: deux"]


@pytest.mark.parametrize(
    "new",
    [
        pytest.param(to("ana", lane=Lane.CAMPAIGN, strict=True), id="a campaign"),
        pytest.param(to("ana", strict=True), id="strict"),
        pytest.param(to("ana", channel="mail"), id="a channel that it does not serve"),
        pytest.param(to("ana", channel="terminal"), id="an address that it does not serve"),
    ],
)
async def test_what_the_worker_may_not_send_at_once_waits(box: Box, new: NewLetter) -> None:
    box.rates, box.only = {"chat": None, "terminal": None}, {"terminal": "bo"}
    assert (await box.put_at_hand(new)).claimed == ()
    assert await box.states() == ["waiting"]


async def test_a_reply_at_hand_has_to_be_due_and_still_useful(box: Box) -> None:
    later, past = to("ana", due=box.now + SECOND), to("bo", useful_until=box.now)
    assert (await box.put_at_hand(later, past)).claimed == ()


@pytest.mark.parametrize("holds", ["waits", "started", "retried", "chat delayed", "channel paused"])
async def test_a_reply_waits_its_turn_when_something_holds_it_back(box: Box, holds: str) -> None:
    until = box.now + timedelta(seconds=30)
    if holds in {"waits", "started", "retried"}:
        await box.put(to("ana", "older"))
        older = None if holds == "waits" else await box.the_one()
        if older and holds == "retried":
            await box.retry(older, LEASE)
    elif holds == "chat delayed":
        await box.do(lambda tx: pace.delay_chat(tx, "chat", "ana", until))
    else:
        await box.do(lambda tx: pace.pause_channel(tx, "chat", until))
    assert (await box.put_at_hand(to("ana", "newer"))).claimed == ()


async def test_what_did_not_leave_says_why(box: Box) -> None:
    await box.put(to("ana"), to("bo"), to("cy", lane=Lane.CAMPAIGN, strict=True), to("di", channel="mail"))
    ana, bo = (await box.claim()).letters
    await box.end(ana, reason="refused\0" + "x" * 400)
    await box.sent(bo)
    await box.claim(lane=Lane.CAMPAIGN)
    box.now += LEASE
    await box.claim(lane=Lane.CAMPAIGN)
    assert await box.states() == ["dead", "sent", "unknown", "waiting"]
    assert await box.reasons() == ["refused" + "x" * 293, None, "lease-ran-out", None]


@pytest.mark.parametrize(("given", "kept"), [("", "no reason given"), ("\0", "no reason given"), ("a", "a")])
def test_a_reason_is_kept_as_the_database_takes_it(given: str, kept: str) -> None:
    assert marks.tidy(given) == kept
