"""However late its timers ring, a channel's gate lets through what the channel takes, and hardly less."""

from __future__ import annotations

import asyncio
import itertools
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis
from hypothesis import strategies as st

from bot.messages import Lane, Letter, Page
from bot.post import Habits
from bot.post.lines import FULL_SECOND, Gate, make_gate
from bot.sending import TELEGRAM_RATE
from storage.pace import gap
from tests.fakes.clock import NOON

EXAMPLES = int(os.environ.get("DECLIC_EXAMPLES", "30"))
SECOND = timedelta(seconds=1)
MILLISECOND = timedelta(milliseconds=1)
ALWAYS = NOON + timedelta(days=1)
TAKEN = 30
"""Messages that Telegram takes in a second."""
WIRE = (FULL_SECOND - SECOND) // MILLISECOND
"""Milliseconds that may pass between the gate and the wire."""
AT_ONCE = Habits().at_once[Lane.CAMPAIGN]
LETTER = Letter(
    1,
    "chat",
    "ana",
    Page("un"),
    Lane.CAMPAIGN,
    strict=True,
    worker="one",
    attempt=1,
    at=NOON,
    lease_until=ALWAYS,
)


@dataclass
class LateClock:
    """Its timers ring late, by as many milliseconds as are given, one after the other."""

    late: Iterator[int]
    at: datetime = NOON

    def now(self) -> datetime:
        return self.at

    async def sleep(self, seconds: float) -> None:
        self.at += timedelta(seconds=seconds) + next(self.late, 0) * MILLISECOND

    async def wait(self, seconds: float) -> bool:
        await self.sleep(seconds)
        return True


async def departures(
    count: int, clock: LateClock, gate: Gate, ahead: int, wire: Iterator[int] | None = None
) -> list[datetime]:
    """When letters leave that get their times as the post gives them: a gap apart, few at a time."""
    slots: list[datetime] = []
    left, free, takes = [], clock.now(), wire or itertools.repeat(0)
    for number in range(count):
        while len(slots) < min(count, number + ahead):
            slots.append(max(free, clock.now()))
            free = slots[-1] + gap(TELEGRAM_RATE)
        assert await gate.lets_through(replace(LETTER, at=slots[number]), ALWAYS, clock, clock.wait)
        left.append(clock.now() + next(takes) * MILLISECOND)
    return sorted(left)


def busiest_second(times: Sequence[datetime]) -> int:
    """The most of these times that any one second holds."""
    return max(sum(start <= at < start + SECOND for at in times) for start in times)


lateness = st.one_of(st.just(0), st.integers(0, 40), st.integers(0, 3000))


@hypothesis(max_examples=EXAMPLES)
@given(
    st.lists(lateness, min_size=1, max_size=60),
    st.lists(st.integers(0, WIRE), min_size=1, max_size=60),
    st.sampled_from([1, 3, 8, 16, 200]),
)
def test_no_second_ever_holds_more_than_telegram_takes(late: list[int], wire: list[int], ahead: int) -> None:
    clock = LateClock(itertools.cycle(late))
    gate, on_the_wire = make_gate(TELEGRAM_RATE), itertools.cycle(wire)
    times = asyncio.run(departures(150, clock, gate, ahead, on_the_wire))
    assert busiest_second(times) <= TAKEN


@pytest.mark.parametrize(
    ("late", "least", "most"),
    [
        ([0], 28.9, 29),
        ([2], 28.9, 29),
        ([10], 28.9, 29),
        ([0, 1, 2, 3, 30], 28.9, 29),
        ([30], 28.7, 29),
        ([50], 28.2, 29),
        ([*[1] * 60, 250], 28.9, 29),
        ([*[2] * 200, 1000], 26.9, 29),
    ],
)
async def test_lateness_does_not_add_up(late: list[int], least: float, most: float) -> None:
    times = await departures(600, LateClock(itertools.cycle(late)), make_gate(TELEGRAM_RATE), AT_ONCE)
    assert least <= 599 / (times[-1] - times[0]).total_seconds() <= most
    assert busiest_second(times) <= TAKEN


async def test_a_slow_channel_keeps_a_gap_between_any_two() -> None:
    rate, times = 0.5, []
    clock, gate = LateClock(iter([5000])), make_gate(rate)
    for number in range(4):
        slot = replace(LETTER, at=NOON + (number + 1) * gap(rate))
        assert await gate.lets_through(slot, ALWAYS, clock, clock.wait)
        times.append((clock.now() - NOON).total_seconds())
    assert times == [7, 9, 11, 13]


async def test_where_no_limit_holds_a_letter_waits_for_its_time_and_for_a_pause_only() -> None:
    clock, gate = LateClock(iter(())), make_gate(None)
    for _ in range(100):
        assert await gate.lets_through(LETTER, ALWAYS, clock, clock.wait)
    assert clock.now() == NOON
    gate.close_until(NOON + 30 * SECOND)
    assert not await gate.lets_through(LETTER, NOON + 29 * SECOND, clock, clock.wait)
    assert await gate.lets_through(LETTER, ALWAYS, clock, clock.wait)
    assert clock.now() == NOON + 30 * SECOND
