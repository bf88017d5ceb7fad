"""« Me le rappeler demain »: once more on the next working day, and what has been read stays what has been read."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from storage import campaigns
from storage.database import Transaction
from tests.campaigning import act, at, by_hand, declares, ledger, local
from tests.stage import Player, Stage

MONDAY = local(23, 9)
NEXT_DAY = local(24, 9)
NOTED = "Je vous le rappelle le mardi 24 novembre 2026"
LEFT_THERE = "Il n’y a pas de rappel à remettre à demain."


async def reminded(stage: Stage) -> tuple[int, Player]:
    """A campaign of the Monday, and Camille who has had its reminder."""
    number = await by_hand(stage)
    await stage.post.drain()
    camille = stage.person("camille", "mail")
    assert "Il reste 7" in camille.reads()
    return number, camille


@pytest.mark.parametrize(
    ("meanwhile", "comes"),
    [
        pytest.param(lambda _tx: None, True, id="nothing"),
        pytest.param(lambda tx: declares(tx, "camille"), False, id="declared"),
        pytest.param(lambda tx: campaigns.cancel(tx, 1, MONDAY), False, id="called off"),
    ],
)
async def test_it_comes_where_it_is_still_of_use_and_who_was_reached_has_been_reached(
    sqlite_url: str, meanwhile: Callable[[Transaction], object], comes: bool
) -> None:
    async with Stage(sqlite_url, at=MONDAY) as stage:
        number, camille = await reminded(stage)
        assert NOTED in await camille.presses_old(f"!tomorrow:{number}")
        await act(stage, meanwhile)
        stage.clock.at = NEXT_DAY
        await stage.post.drain()
        assert bool(camille.reads()) is comes
        outcome = "left" if comes else "tomorrow"
        assert await ledger(stage, "camille") == [("hand:one", "camille", outcome, None)]


async def test_a_campaign_that_is_paused_and_resumed_meanwhile_leaves_it_for_tomorrow(
    sqlite_url: str,
) -> None:
    async with Stage(sqlite_url, at=MONDAY) as stage:
        number, camille = await reminded(stage)
        await camille.presses_old(f"!tomorrow:{number}")
        await act(stage, lambda tx: campaigns.pause(tx, number))
        await at(stage, local(23, 10))
        await act(stage, lambda tx: campaigns.resume(tx, number))
        await at(stage, local(23, 11))
        await stage.post.drain()
        assert camille.reads() == ""
        stage.clock.at = NEXT_DAY
        await stage.post.drain()
        assert "Il reste 6" in camille.reads()


async def test_nothing_is_promised_of_a_campaign_that_was_called_off(sqlite_url: str) -> None:
    async with Stage(sqlite_url, at=MONDAY) as stage:
        number, camille = await reminded(stage)
        await act(stage, lambda tx: campaigns.cancel(tx, number, MONDAY))
        assert LEFT_THERE in await camille.presses_old(f"!tomorrow:{number}")


async def test_a_number_that_no_campaign_has_is_read_as_the_last_reminder(sqlite_url: str) -> None:
    async with Stage(sqlite_url, at=MONDAY) as stage:
        _, camille = await reminded(stage)
        assert NOTED in await camille.presses_old(f"!tomorrow:{'9' * 20}")
