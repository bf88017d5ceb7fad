"""What is done once a day or a week: when a round begins, and that it is done once."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import func, select
from structlog.testing import capture_logs

from bot import schedule
from bot.schedule import Chore, Means, Schedule, daily, weekly
from storage import parked, volumes
from storage.database import Transaction
from storage.tables import enquiry
from tests.editions import follow, given
from tests.stage import TUESDAY, Stage

MONTREAL = ZoneInfo("America/Toronto")


def local(day: int, hour: int, minute: int = 0) -> datetime:
    """In November 2026; its second day is a Monday."""
    return datetime(2026, 11, day, hour, minute, tzinfo=MONTREAL)


@pytest.mark.parametrize(
    ("now", "began"),
    [
        (local(23, 7, 59), None),
        (local(23, 8), local(23, 8)),
        (local(25, 3), local(23, 8)),
        (local(29, 23, 59), local(23, 8)),
        (local(30, 0), None),
        (local(30, 9), local(30, 8)),
        (local(1, 9), datetime(2026, 10, 26, 8, tzinfo=MONTREAL)),
    ],
)
def test_a_week_begins_on_monday_at_eight(now: datetime, began: datetime | None) -> None:
    assert weekly(now) == began


@pytest.mark.parametrize("hour", [0, 12, 23])
def test_a_day_begins_at_midnight(hour: int) -> None:
    assert daily(local(1, hour)) == local(1, 0)


async def test_a_chore_is_done_once_a_round_and_again_only_when_it_failed(
    sqlite_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[datetime] = []

    async def do(_means: Means, began: datetime) -> None:
        done.append(began)
        if len(done) == 1:
            raise RuntimeError("the first time")

    monkeypatch.setattr(schedule, "CHORES", (Chore("stamps", daily, do),))
    async with Stage(sqlite_url) as stage:
        work = Schedule(Means(stage.house, stage.database, given({})), stage.clock)
        with capture_logs() as events:
            for _ in range(3):
                await work.wake()
        stage.tick(timedelta(days=1))
        await work.wake()
    assert done == [local(17, 0), local(17, 0), local(18, 0)]
    assert [(one["event"], one["chore"]) for one in events] == [("chore-failed", "stamps")]


def asked(tx: Transaction) -> int:
    """How many enquiries are kept."""
    return tx.execute(select(func.count()).select_from(enquiry)).scalar_one()


async def test_what_people_asked_is_forgotten_after_a_month_unless_it_waits_for_an_answer(
    sqlite_url: str,
) -> None:
    async with Stage(sqlite_url) as stage:
        follow(stage, {})
        await stage.person("camille").says("où ranger les craies?")
        await stage.person("lou").says("combien de crayons?")
        await stage.person("lou").presses("Transmettre ma question à l’équipe")
        work = Schedule(Means(stage.house, stage.database, given({})), stage.clock)
        counted = []
        for days in (30, 31):
            stage.clock.at = TUESDAY + timedelta(days=days)
            await work.wake()
            counted.append(await stage.database.read(asked))
    assert counted == [2, 1]


async def test_mail_put_aside_is_forgotten_after_two_weeks_and_counted_answers_after_two_days(
    sqlite_url: str,
) -> None:
    def arrives(tx: Transaction) -> None:
        parked.park(tx, "declic@h:993/INBOX", b"raw", "unreadable", TUESDAY)
        volumes.add(tx, "camille@ecole.test", TUESDAY)

    def kept(tx: Transaction) -> tuple[int, int]:
        return parked.count(tx), volumes.count(tx, "camille@ecole.test", TUESDAY - timedelta(days=1))

    async with Stage(sqlite_url) as stage:
        await stage.database.write(arrives)
        work = Schedule(Means(stage.house, stage.database, given({})), stage.clock)
        counted = []
        for days in (1, 3, 14, 15):
            stage.clock.at = TUESDAY + timedelta(days=days)
            await work.wake()
            counted.append(await stage.database.read(kept))
    assert counted == [(1, 1), (1, 0), (1, 0), (0, 0)]
