from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Connection, event

from bot.messages import Lane
from storage.claims import claim
from storage.database import Transaction, open_database
from tests.fakes.clock import TickedClock
from tests.storage.box import Box, text_of, to

LETTERS = 120


@pytest.fixture
async def boxes(url: str) -> AsyncIterator[list[Box]]:
    """The same outbox as three processes see it."""
    databases = [open_database(url) for _ in range(3)]
    yield [Box(database) for database in databases]
    for database in databases:
        await database.close()


@pytest.mark.parametrize("rate", [None, 100_000.0], ids=["unlimited", "with a rate"])
async def test_workers_never_send_the_same_letter_and_keep_the_order_of_each_address(
    boxes: list[Box], rate: float | None
) -> None:
    await boxes[0].put(*(to(f"a{number % 12}", f"{number:03}") for number in range(LETTERS)))
    clock, left = TickedClock(), defaultdict[str, list[str]](list)

    async def work(box: Box, worker: str) -> None:
        box.rates, box.lease = {"chat": rate}, timedelta(days=1)
        while sum(map(len, left.values())) < LETTERS:
            box.now = clock.now()
            letters = (await box.claim(worker, limit=3)).letters
            for one in letters:
                left[one.address].append(text_of(one))
                assert await box.sent(one)
            if not letters:
                await clock.tick(0.3)

    async with asyncio.timeout(60):
        await asyncio.gather(*(work(box, f"w{number}") for number, box in enumerate(boxes)))
    assert sum(map(len, left.values())) == LETTERS
    assert all(texts == sorted(set(texts)) for texts in left.values())


async def test_of_workers_that_put_the_same_key_at_once_one_is_told_that_it_is_new(boxes: list[Box]) -> None:
    for number in range(5):
        puts = await asyncio.gather(*(box.put_at_hand(to("ana", key=f"k{number}")) for box in boxes))
        assert sorted(one.new for one in puts) == [0, 0, 1]


async def test_workers_that_put_replies_to_one_address_at_once_leave_none_behind(boxes: list[Box]) -> None:
    puts = await asyncio.gather(*(box.put_at_hand(to("ana")) for box in boxes for _ in range(3)))
    for letter in (one for a_put in puts for one in a_put.claimed):
        await boxes[0].sent(letter)
    while letters := (await boxes[0].claim()).letters:
        for letter in letters:
            await boxes[0].sent(letter)
    assert await boxes[0].states() == ["sent"] * 9


async def test_the_next_letter_is_found_by_index_however_many_wait(box: Box) -> None:
    await box.put(*(to(f"a{number}", lane=Lane.CAMPAIGN) for number in range(3000)))
    plan = await box.do(lambda tx: _plan(tx, box))
    assert "ix_letter_queue" in plan
    assert "ix_letter_unsent_of_address" in plan
    assert "SCAN letter" not in plan
    assert "Seq Scan on letter" not in plan
    assert "Join" not in plan


def _plan(tx: Transaction, box: Box) -> str:
    """How the database looks for the letters of a claim."""
    explain = "EXPLAIN " if tx.dialect.name == "postgresql" else "EXPLAIN QUERY PLAN "
    asked: list[tuple[str, Any]] = []

    def note(_c: Connection, _cursor: object, statement: str, parameters: Any, *_: object) -> None:
        asked.append((statement, parameters))

    event.listen(tx, "before_cursor_execute", note)
    claim(tx, box.claimant(), "chat", Lane.CAMPAIGN, 3, box.now)
    event.remove(tx, "before_cursor_execute", note)
    statement, parameters = next(one for one in asked if "FROM letter" in one[0])
    return "\n".join(str(row[-1]) for row in tx.exec_driver_sql(explain + statement, parameters))
