"""What one person is reminded of in the two weeks before a deadline, when several kinds are for them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

import pytest
from sqlalchemy import insert, select

from storage import reminders
from storage.database import Transaction
from storage.states import ReminderKind
from storage.tables import role, school
from tests.campaigning import MONTREAL, act, at, by_hand, declares, hours, id_of, ledger, local
from tests.stage import Stage

Happens = Callable[[Transaction], object]
DAYS = (local(16), local(23), local(27), local(30), datetime(2026, 12, 3, tzinfo=MONTREAL))
"""On which something is planned for somebody who teaches in the school that they are responsible for."""


def teaches_too(tx: Transaction) -> None:
    """The responsible of the first school has to declare as well."""
    first = tx.execute(select(school.c.id).order_by(school.c.id)).scalars().first()
    tx.execute(insert(role).values(person_id=id_of(tx, "dominique"), role="teacher", school_id=first))


def wants_no(*kinds: ReminderKind) -> Happens:
    def work(tx: Transaction) -> None:
        for kind in kinds:
            reminders.choose(tx, id_of(tx, "dominique"), kind, wanted=False)

    return work


async def weeks(stage: Stage, meanwhile: Mapping[int, Happens]) -> list[str]:
    """What Dominique got or not, by campaign; what happens does so on the evening before a day of November."""
    await act(stage, teaches_too)
    for day in DAYS:
        if day.month == 11 and day.day in meanwhile:
            await act(stage, meanwhile[day.day])
        for hour in (0, 7):
            await at(stage, day.replace(hour=hour))
        await stage.post.drain()
    return [
        f"{key.replace(':2026-1:', ' ')} {reason or outcome}"
        for key, _, outcome, reason in await ledger(stage, "dominique")
    ]


WHOLE = [
    "declare 14 left",
    "follow-up 14 merged",
    "digest 14 merged",
    "declare 7 left",
    "digest 7 merged",
    "declare 2 left",
    "follow-up 2 merged",
    "declare 0 left",
    "follow-up -3 enough",
]


@pytest.mark.parametrize(
    ("meanwhile", "told"),
    [
        pytest.param({}, WHOLE, id="one a day, and of all kinds two a week"),
        pytest.param(
            {16: wants_no(ReminderKind.DIGEST)},
            [line.replace("merged", "unwanted") if line.startswith("digest") else line for line in WHOLE],
            id="a kind that is not wanted is told of",
        ),
        pytest.param(
            {16: wants_no(ReminderKind.DEADLINES)},
            [
                "declare 14 unwanted",
                "follow-up 14 left",
                "digest 14 merged",
                "declare 7 unwanted",
                "digest 7 left",
                "declare 2 unwanted",
                "follow-up 2 left",
                "declare 0 unwanted",
                "follow-up -3 left",
            ],
            id="a kind that is not wanted makes room for the others",
        ),
        pytest.param(
            {27: lambda tx: declares(tx, "dominique")},
            [
                *WHOLE[:5],
                "follow-up 2 left",
                "follow-up -3 left",
            ],
            id="who has declared is followed up for their school alone",
        ),
    ],
)
async def test_two_weeks(sqlite_url: str, meanwhile: Mapping[int, Happens], told: list[str]) -> None:
    async with Stage(sqlite_url, at=local(2), hours=hours("7:00-8:00", "15:30-20:00")) as stage:
        assert await weeks(stage, meanwhile) == told


async def test_stop_ends_it_at_once_and_a_campaign_made_by_hand_counts_like_any_other(
    sqlite_url: str,
) -> None:
    async with Stage(sqlite_url, at=local(2)) as stage:
        direction = stage.person("direction")
        await act(stage, teaches_too)
        for day in (16, 23):
            await at(stage, local(day, 7))
            await stage.post.drain()
        direction.reads()
        stage.clock.at = local(24, 16)
        await by_hand(stage)
        await stage.post.drain()
        assert "Il reste" in direction.reads()
        stage.clock.at = local(25, 9)
        assert "Les échéances restent les mêmes" in await direction.says("STOP")
        for day in (27, 30):
            await at(stage, local(day, 7))
            await stage.post.drain()
            assert direction.reads() == ""
        reasons = [
            reason for _, _, outcome, reason in await ledger(stage, "dominique") if outcome == "skipped"
        ]
        assert set(reasons) == {"stopped"}
