"""Two unasked messages in seven days, whatever happens at once, and only what was unasked and did not die counts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

import pytest
from sqlalchemy import make_url, update
from sqlalchemy.exc import OperationalError
from sqlalchemy.ext.asyncio import create_async_engine

from bot.messages import Lane
from handlers.reminders import pages
from handlers.reminders.judging import judge_for
from storage import campaign_progress, people
from storage.claims import Claimant, claim
from storage.database import DatabaseDown, Transaction, is_down
from storage.tables import campaign, letter
from tests.campaigning import act, by_hand, id_of, ledger, local
from tests.handlers.test_judging import reached_by
from tests.stage import TUESDAY, Stage

LEASE = timedelta(minutes=1)


async def test_no_third_one_slips_through_where_two_processes_decide_at_once(postgres_url: str) -> None:
    """One letter waits for Camille's mail, one for Telegram, which they link anew between the two claims."""
    async with Stage(postgres_url) as stage:
        await act(stage, lambda tx: reached_by(tx, 1, 2))
        await by_hand(stage, called="first")
        await act(
            stage, lambda tx: tx.execute(update(campaign).values(day=TUESDAY.date() - timedelta(days=1)))
        )
        await by_hand(stage, called="second")
        await act(stage, _second_waits_for_telegram)
        judge = judge_for(stage.house)

        def claimed(tx: Transaction, channel: str) -> Sequence[int | None]:
            claimant = Claimant(channel, LEASE, {channel: None})
            found = claim(tx, claimant, channel, Lane.CAMPAIGN, 9, stage.clock.now(), judge)
            return [one.campaign_id for one in found.letters if one.address in ("101", MAIL)]

        engine = create_async_engine(make_url(postgres_url).set(drivername="postgresql+asyncpg"))
        async with engine.connect() as one, engine.connect() as other:
            left = [len(await one.run_sync(claimed, "mail"))]
            await act(
                stage, lambda tx: people.link(tx, id_of(tx, "camille"), "telegram", "101", stage.clock.now())
            )
            left.append(len(await other.run_sync(claimed, "telegram")))
            await other.commit()
            await one.commit()
        await engine.dispose()
        stage.tick(timedelta(seconds=6))
        await stage.post.drain()
        told = [entry[2:] for entry in await ledger(stage, "camille") if "before" not in entry[0]]
        assert (left, told) == ([1, 0], [("left", None), ("skipped", "enough")])


MAIL = "camille@tilleuls.invalid"


def _second_waits_for_telegram(tx: Transaction) -> None:
    second = letter.c.key.like("reminder:3:%")
    tx.execute(
        update(letter).where(second, letter.c.address == MAIL).values(channel="telegram", address="101")
    )


@pytest.mark.parametrize(("later", "outcome"), [(5, "skipped"), (6, "skipped"), (7, "left")])
async def test_what_was_asked_for_does_not_make_the_unasked_one_count_longer(
    sqlite_url: str, later: int, outcome: str
) -> None:
    """One on a Monday and once more on the Tuesday, another one on the Wednesday."""
    monday = local(2, 9)
    async with Stage(sqlite_url, at=monday) as stage:
        await act(stage, lambda tx: reached_by(tx, 1, 13))
        number = await by_hand(stage, called="monday")
        await stage.post.drain()
        await stage.person("camille", "mail").presses_old(f"!tomorrow:{number}")
        stage.clock.at = local(3, 9)
        await stage.post.drain()
        stage.clock.at = monday + timedelta(days=later)
        await by_hand(stage, called="next")
        await stage.post.drain()
        [*_, told] = await ledger(stage, "camille")
        assert told[2] == outcome


@pytest.mark.parametrize(
    ("state", "outcome"), [("sent", "skipped"), ("dead", "left"), ("unknown", "skipped")]
)
async def test_what_died_on_the_way_does_not_count(sqlite_url: str, state: str, outcome: str) -> None:
    async with Stage(sqlite_url) as stage:
        await act(stage, lambda tx: reached_by(tx, 1, 2))
        await by_hand(stage, called="first")
        await stage.post.drain()
        await act(stage, lambda tx: tx.execute(update(letter).values(state=state, sent_at=SENT_AT[state])))
        stage.tick(timedelta(days=1))
        await by_hand(stage, called="second")
        await stage.post.drain()
        [*_, told] = await ledger(stage, "camille")
        assert told[2] == outcome


SENT_AT = {"sent": TUESDAY, "dead": None, "unknown": None}


async def test_a_database_that_is_busy_pauses_no_campaign(
    sqlite_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is the post that waits and asks again."""

    def busy(*_: object) -> None:
        error = OSError("database is locked")
        error.sqlite_errorname = "SQLITE_BUSY"  # type: ignore[attr-defined]
        raise OperationalError("SELECT", {}, error)

    async with Stage(sqlite_url) as stage:
        await by_hand(stage)
        with monkeypatch.context() as trouble:
            trouble.setattr(pages, "deadline_of", busy)
            with pytest.raises(DatabaseDown):
                await stage.post.drain()
        [one] = await stage.database.read(campaign_progress.listed)
        assert (one.campaign.state, one.to_go) == ("running", 3)
        await stage.post.drain()
        assert {entry[2] for entry in await ledger(stage)} == {"left"}


@pytest.mark.parametrize(
    ("error", "down"),
    [
        (ConnectionResetError(), True),
        (TimeoutError(), True),
        (KeyError("title"), False),
        (FileNotFoundError("template"), False),
        (OperationalError("SELECT", {}, Exception("no such table")), False),
    ],
)
def test_what_is_the_database_s_fault(error: Exception, down: bool) -> None:
    assert is_down(error) is down
