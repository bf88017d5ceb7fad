from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

import pytest

from bot.messages import Lane, Letter
from storage import pace
from storage.database import Transaction
from storage.pace import AHEAD, CHAT_GAP
from tests.storage.box import SECOND, Box, of_campaign, text_of, to

TELEGRAM = 29.0


def busiest_second(times: list[datetime]) -> int:
    """The most of these times that any one second holds."""
    return max(sum(start <= at < start + SECOND for at in times) for start in times)


async def test_no_second_holds_more_letters_than_the_rate_whoever_sends_them(box: Box) -> None:
    box.rates = {"chat": TELEGRAM}
    begin = box.now
    await box.put(*(to(f"a{number}") for number in range(120)))
    times: list[datetime] = []
    while len(times) < 120:
        for worker in ("one", "two", "three"):
            letters = (await box.claim(worker, limit=3)).letters
            for one in letters:
                times.append(one.at)
                await box.sent(one)
        box.now += timedelta(milliseconds=150)
    assert times == sorted(times)
    assert busiest_second(times) == TELEGRAM
    assert timedelta(seconds=119 / TELEGRAM) <= times[-1] - begin < timedelta(seconds=119 / TELEGRAM + 0.1)


@pytest.mark.parametrize("rate", [0.1, 1, 3, 7, 14, 28, 29, 30, 333, 5000])
def test_a_gap_is_never_rounded_down(rate: float) -> None:
    assert pace.gap(rate) * rate >= SECOND


async def test_replies_at_hand_take_their_times_from_the_same_row(box: Box) -> None:
    box.rates = {"chat": TELEGRAM}
    first = (await box.put_at_hand(to("ana"))).claimed[0]
    await box.put(to("bo"))
    second = await box.the_one("two")
    third = (await box.put_at_hand(to("cy"))).claimed[0]
    assert [second.at - first.at, third.at - second.at] == [pace.gap(TELEGRAM)] * 2


async def test_times_are_not_taken_further_ahead_than_a_second(box: Box) -> None:
    box.rates = {"chat": 2.0}
    await box.put(*(to(f"a{number}") for number in range(9)))
    taken = [one.at - box.now for _ in range(5) for one in (await box.claim(limit=8)).letters]
    assert taken == [timedelta(seconds=half / 2) for half in range(4)]
    assert (await box.put_at_hand(to("zoe"))).claimed == ()
    box.now += 2 * AHEAD
    assert (await box.claim(limit=8)).letters[0].at == box.now


async def test_a_slow_channel_gets_one_letter_at_a_time(box: Box) -> None:
    box.rates = {"chat": 0.1}
    await box.put(to("ana"), to("bo"))
    assert [len((await box.claim()).letters) for _ in range(2)] == [1, 0]
    box.now += timedelta(seconds=10)
    assert await box.claimed() == ["bo: bonjour"]


async def test_a_chat_gets_one_letter_a_second_and_the_others_go_on(box: Box) -> None:
    box.rates = {"chat": TELEGRAM}
    await box.put(to("ana", "un"), to("ana", "deux"), to("bo", "trois"), to("bo", "quatre"))
    free_at = []
    for one in (await box.claim()).letters:
        free_at.append(one.at + CHAT_GAP)
        await box.sent(one)
    found = await box.claim()
    assert (found.letters, found.look_at) == ((), free_at[0])
    box.now = free_at[0] - timedelta(microseconds=1)
    assert await box.claimed() == []
    box.now = free_at[0]
    assert await box.claimed() == ["ana: deux"]
    box.now = free_at[1]
    assert await box.claimed() == ["bo: quatre"]


async def test_without_a_letter_that_waits_for_its_chat_there_is_no_time_to_look_again(box: Box) -> None:
    box.rates = {"chat": TELEGRAM}
    await box.put(to("ana", "un"))
    await box.sent(await box.the_one())
    assert (await box.claim()).look_at is None


@pytest.mark.parametrize("rate", [None, TELEGRAM])
async def test_a_chat_that_was_asked_to_wait_waits_alone(box: Box, rate: float | None) -> None:
    box.rates = {"chat": rate}
    until = box.now + timedelta(seconds=30)
    await box.do(lambda tx: pace.delay_chat(tx, "chat", "ana", until))
    await box.put(to("ana"), to("bo"))
    assert await box.claimed() == ["bo: bonjour"]
    assert (await box.put_at_hand(to("ana"), to("cy"))).claimed[0].address == "cy"
    box.now = until
    assert await box.claimed() == ["ana: bonjour"]


@pytest.mark.parametrize("rate", [None, TELEGRAM])
async def test_a_channel_that_was_asked_to_wait_waits_as_a_whole(box: Box, rate: float | None) -> None:
    box.rates = {"chat": rate, "mail": rate}
    until = box.now + timedelta(seconds=30)
    await box.do(lambda tx: pace.pause_channel(tx, "chat", until))
    await box.do(lambda tx: pace.pause_channel(tx, "chat", box.now + SECOND))
    await box.put(to("ana"), to("bo", lane=Lane.CAMPAIGN), to("cy", channel="mail"))
    assert [one.address for one in (await box.claim(channel="mail")).letters] == ["cy"]
    box.now = until - AHEAD - timedelta(microseconds=1)
    assert await box.claimed() == await box.claimed(lane=Lane.CAMPAIGN) == []
    box.now = until
    found = [*(await box.claim()).letters, *(await box.claim(lane=Lane.CAMPAIGN)).letters]
    assert [one.address for one in found] == ["ana", "bo"]
    assert all(one.at >= until for one in found)


async def test_a_paused_channel_takes_up_again_at_the_very_moment(box: Box) -> None:
    box.rates = {"chat": TELEGRAM}
    until = box.now + timedelta(seconds=30)
    await box.do(lambda tx: pace.pause_channel(tx, "chat", until))
    await box.put(to("ana"))
    box.now = until - AHEAD / 2
    assert (await box.the_one()).at == until


async def test_what_another_worker_takes_in_the_same_moment_is_left_to_it(box: Box) -> None:
    box.rates = {"chat": TELEGRAM}
    await box.put(of_campaign("ana"), of_campaign("bo"))

    def the_other_has_the_chat(tx: Transaction, letters: Sequence[Letter]) -> Sequence[Letter]:
        pace.take_chat(tx, "chat", "ana", box.now, box.now)
        return letters

    def the_other_pauses_the_channel(tx: Transaction, letters: Sequence[Letter]) -> Sequence[Letter]:
        pace.pause_channel(tx, "chat", box.now + timedelta(seconds=30))
        return letters

    found = await box.claim(judge=the_other_has_the_chat)
    assert [text_of(one) + one.address for one in found.letters] == ["rappelbo"]
    box.now += 2 * CHAT_GAP
    assert (await box.claim(judge=the_other_pauses_the_channel)).letters == ()
    assert await box.states() == ["waiting", "started"]
