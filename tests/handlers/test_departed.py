"""Whoever left the roster is forgotten in time: as by « Effacer », but never while another role of theirs is active."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
from sqlalchemy import insert, select, update

from bot.settings.privacy import PrivacySettings
from storage import people, sweeping
from storage.database import Transaction
from storage.forgotten import forgotten_among
from storage.states import Role
from storage.tables import no_use, person, role
from tests.cast import CAST
from tests.holding import found
from tests.stage import Stage

KEEP = PrivacySettings(_env_file=None).keep
YEARS = timedelta(days=KEEP["departed"])
MAIL = CAST["camille"].addresses["mail"]
KNOWN_BY = ("Camille Essai", MAIL, "cabane du lac")


@pytest.fixture
async def stage(database_url: str) -> AsyncIterator[Stage]:
    async with Stage(database_url) as stage:
        yield stage


async def leave(stage: Stage) -> int:
    """Camille has begun a declaration, said that there was nothing, and leaves: their number."""
    camille = stage.person("camille")
    for words in (
        "aucune utilisation cette période",
        "oui",
        "déclarer",
        "livre",
        "passer",
        "La cabane du lac",
    ):
        await camille.says(words)
    return await stage.database.write(lambda tx: _close(tx, stage))


def _close(tx: Transaction, stage: Stage) -> int:
    [camille] = people.find(tx, "Camille Essai")
    closed = {"closed_at": stage.clock.now()}
    tx.execute(update(role).where(role.c.person_id == camille.id).values(closed))
    tx.execute(update(person).where(person.c.id == camille.id).values(closed))
    return camille.id


async def due(stage: Stage) -> int:
    return (await stage.database.read(lambda tx: sweeping.due(tx, KEEP, stage.clock.now())))["departed"]


async def night(stage: Stage, after: timedelta) -> None:
    stage.tick(after)
    await stage.do_chores()


async def test_who_left_is_forgotten_after_two_years_and_what_they_declared_stays(stage: Stage) -> None:
    number = await leave(stage)
    await night(stage, YEARS - timedelta(days=2))
    assert await stage.database.read(lambda tx: found(tx, [KNOWN_BY[0]])) >= {"person.name"}
    stage.tick(timedelta(days=3))
    assert await due(stage) == 1
    await night(stage, timedelta(0))
    assert await due(stage) == 0
    await night(stage, timedelta(days=2))
    assert await stage.database.read(lambda tx: found(tx, KNOWN_BY)) == set()
    owed = await stage.database.read(lambda tx: tx.scalars(select(no_use.c.person_id)).all())
    assert owed == [number]


async def test_who_has_another_role_again_or_still_stays(stage: Stage) -> None:
    number = await leave(stage)
    again = insert(role).values(person_id=number, role=Role.PARENT)
    await stage.database.write(lambda tx: tx.execute(again).rowcount)
    await night(stage, YEARS + timedelta(days=2))
    assert await stage.database.read(lambda tx: people.find(tx, "Camille Essai"))


async def test_who_asked_for_nothing_may_be_brought_back_by_a_list(stage: Stage) -> None:
    await leave(stage)
    await night(stage, YEARS + timedelta(days=2))
    assert not await stage.database.read(lambda tx: people.find(tx, "Camille Essai"))
    assert not await stage.database.read(lambda tx: forgotten_among(tx, [("mail", MAIL)]))


async def test_those_who_had_themselves_erased_are_not_done_again(stage: Stage) -> None:
    camille = stage.person("camille")
    await camille.says("effacer")
    await camille.says("oui")
    stage.tick(YEARS + timedelta(days=2))
    assert await due(stage) == 0
