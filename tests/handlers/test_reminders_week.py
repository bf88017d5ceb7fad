"""What one person is reminded of in the two weeks before a deadline, when several kinds are for them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

import pytest
from sqlalchemy import insert, select, update

from storage import campaigns, people, reminders, talks
from storage.database import Transaction
from storage.states import ReminderKind
from storage.tables import campaign, role, school
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
    "follow-up 14 left",
    "digest 14 merged",
    "declare 14 merged",
    "digest 7 left",
    "declare 7 merged",
    "follow-up 2 left",
    "declare 2 merged",
    "declare 0 left",
    "follow-up -3 enough",
]
"""What goes on a day on which several come is that to those in charge: it says how they stand themselves."""


@pytest.mark.parametrize(
    ("meanwhile", "told"),
    [
        pytest.param({}, WHOLE, id="one a day, and of all kinds two a week"),
        pytest.param(
            {16: wants_no(ReminderKind.DIGEST)},
            [
                "follow-up 14 left",
                "digest 14 unwanted",
                "declare 14 merged",
                "digest 7 unwanted",
                "declare 7 left",
                *WHOLE[5:],
            ],
            id="a kind that is not wanted is told of",
        ),
        pytest.param(
            {16: wants_no(ReminderKind.DEADLINES)},
            [
                "follow-up 14 left",
                "digest 14 merged",
                "declare 14 unwanted",
                "digest 7 left",
                "declare 7 unwanted",
                "follow-up 2 left",
                "declare 2 unwanted",
                "declare 0 unwanted",
                "follow-up -3 left",
            ],
            id="who wants nothing about themself is told of their school",
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


IN_CHARGE = "Où en est votre école"
NOT_YET = "Vous-même n’avez encore rien déclaré."


def closes(job: str) -> Happens:
    return lambda tx: tx.execute(
        update(role)
        .where(role.c.person_id == id_of(tx, "dominique"), role.c.role == job)
        .values(closed_at=local(27))
    )


def cancels(tx: Transaction) -> None:
    found = select(campaign.c.id).where(campaign.c.key == "follow-up:2026-1:2")
    campaigns.cancel(tx, tx.execute(found).scalar_one(), local(27, 9))


@pytest.mark.parametrize(
    ("happens", "told", "read"),
    [
        pytest.param(lambda tx: None, ["left", "merged"], (IN_CHARGE, NOT_YET), id="one for both"),
        pytest.param(
            lambda tx: declares(tx, "dominique"), ["left", "merged"], (IN_CHARGE,), id="they have declared"
        ),
        pytest.param(
            lambda tx: talks.start(tx, id_of(tx, "dominique"), "declare", {}, local(27)),
            ["left", "merged"],
            (IN_CHARGE, "Vous-même avez un brouillon qui n’est pas envoyé.", "Reprendre mon brouillon"),
            id="a draft of theirs",
        ),
        pytest.param(
            closes("school-admin"),
            ["left", "left"],
            ("Nous n’avons encore rien reçu",),
            id="not in charge any more",
        ),
        pytest.param(closes("teacher"), ["left", "merged"], (IN_CHARGE,), id="they teach no more"),
        pytest.param(
            lambda tx: reminders.choose(tx, id_of(tx, "dominique"), ReminderKind.FOLLOW_UP, wanted=False),
            ["unwanted", "left"],
            ("Nous n’avons encore rien reçu",),
            id="not wanted any more",
        ),
        pytest.param(cancels, ["cancelled", "left"], ("Nous n’avons encore rien reçu",), id="called off"),
        pytest.param(
            lambda tx: people.set_reminders(tx, id_of(tx, "dominique"), wanted=False),
            ["stopped", "merged"],
            (),
            id="nothing is wanted any more",
        ),
    ],
)
async def test_what_happens_between_midnight_and_the_afternoon(
    sqlite_url: str, happens: Happens, told: list[str], read: tuple[str, ...]
) -> None:
    """Two days before the deadline, both what is for those in charge and what is for the staff are due."""
    async with Stage(sqlite_url, at=local(2), hours=hours("15:30-20:00")) as stage:
        await act(stage, teaches_too)
        await at(stage, local(27, 0, 1))
        await act(stage, happens)
        for minute in (30, 31):
            await at(stage, local(27, 15, minute))
            await stage.post.drain()
        found = {key: reason or outcome for key, _, outcome, reason in await ledger(stage, "dominique")}
        assert [found[f"{rule}:2026-1:2"] for rule in ("follow-up", "declare")] == told
        page = stage.person("direction").reads()
        assert [one for one in (*ALL_READ, *read) if (one in page) != (one in read)] == []
        assert set(found) == {"follow-up:2026-1:2", "declare:2026-1:2"}


ALL_READ = (IN_CHARGE, NOT_YET, "Nous n’avons encore rien reçu", "Reprendre mon brouillon")


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
