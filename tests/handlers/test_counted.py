"""How far a campaign is counts people: who asked for it once more, and whom it took several ways to reach, once."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import delete, select

from handlers.reminders.progress import Told, told
from storage import addresses, campaign_progress, people, returned
from storage.database import Transaction
from storage.tables import address, letter
from tests.campaigning import act, by_hand, id_of, ledger, local
from tests.stage import Stage

WAYS = ("a@tilleuls.invalid", "b@tilleuls.invalid", "c@tilleuls.invalid")
HOUR = timedelta(hours=1)


def moves(tx: Transaction) -> None:
    """Camille has three mail addresses."""
    camille = id_of(tx, "camille")
    tx.execute(delete(address).where(address.c.person_id == camille))
    for hours, one in enumerate(WAYS):
        people.link(tx, camille, "mail", one, local(1) + hours * HOUR)


def bounces(tx: Transaction) -> None:
    """The last one to Camille comes back for good."""
    mine = select(letter).where(letter.c.person_id == id_of(tx, "camille")).order_by(letter.c.id.desc())
    last = tx.execute(mine.limit(1)).one()
    addresses.mark_dead(tx, last.channel, last.address, "550", local(16, 21))
    returned.come_back(tx, last.id, local(16, 21))


async def counted(stage: Stage) -> tuple[int, int, int, int]:
    def read(tx: Transaction) -> Told:
        return told(tx, campaign_progress.listed(tx)[0])

    one = await stage.database.read(read)
    return one.people, one.sent, one.waiting, one.unreachable


@pytest.mark.parametrize(
    ("times", "numbers", "entry"),
    [
        (1, (3, 3, 0, 0), ("left", "returned")),
        pytest.param(2, (3, 3, 0, 0), ("left", "returned"), id="twice, and a third address lives"),
        pytest.param(3, (3, 2, 0, 1), ("skipped", "unreachable"), id="from everywhere"),
    ],
)
async def test_what_came_back(
    sqlite_url: str, times: int, numbers: tuple[int, int, int, int], entry: tuple[str, str]
) -> None:
    async with Stage(sqlite_url, at=local(16, 21)) as stage:
        await act(stage, moves)
        await by_hand(stage)
        await stage.post.drain()
        for _ in range(times):
            await act(stage, bounces)
            stage.tick()
            await stage.post.drain()
        assert await counted(stage) == numbers
        assert [one[2:] for one in await ledger(stage, "camille")] == [entry]
        reached = [one for one in WAYS if stage.mailboxes["mail", one].letters]
        assert len(reached) == min(times + 1, len(WAYS))


async def test_once_more_tomorrow(sqlite_url: str) -> None:
    async with Stage(sqlite_url, at=local(16, 16)) as stage:
        number = await by_hand(stage)
        await stage.post.drain()
        await stage.person("camille", "mail").presses_old(f"!tomorrow:{number}")
        assert await counted(stage) == (3, 3, 0, 0)
        stage.clock.at = local(17, 16)
        await stage.post.drain()
        assert await counted(stage) == (3, 3, 0, 0)
