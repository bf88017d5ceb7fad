from __future__ import annotations

from storage import inbox
from tests.storage.box import Box

MESSAGE = ("chat", "ana", "k1")


async def attempt(box: Box, *, again: bool = False) -> int | None:
    return await box.do(lambda tx: inbox.attempt(tx, *MESSAGE, box.now, again=again))


async def test_every_try_counts_but_one_that_is_made_again(box: Box) -> None:
    assert [await attempt(box), await attempt(box, again=True), await attempt(box)] == [1, 1, 2]


async def test_a_message_that_only_seems_to_be_tried_again_counts_once(box: Box) -> None:
    assert await attempt(box, again=True) == 1


async def test_a_message_is_done_with_once_it_is_heard_or_parked(box: Box) -> None:
    await attempt(box)
    assert await box.do(lambda tx: inbox.keep(tx, *MESSAGE, box.now))
    assert not await box.do(lambda tx: inbox.park(tx, *MESSAGE, "bonjour", box.now))
    assert not await box.do(lambda tx: inbox.keep(tx, *MESSAGE, box.now))
    assert [await attempt(box), await attempt(box, again=True)] == [None, None]
