"""Telegram closed to a role or a service centre: one kind answer there, and everything else by e-mail."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from sqlalchemy import func, select

from bot.messages import Reply
from handlers.roster.letters import to_newest
from storage import people, talks, telegram_off
from storage.database import Transaction
from storage.people import Address
from storage.tables import talk
from tests.cast import CENTRE
from tests.stage import MOMENT, Stage

OFF = "Votre organisation n’utilise pas Telegram avec moi"


@pytest.fixture
async def stage(sqlite_url: str) -> AsyncIterator[Stage]:
    async with Stage(sqlite_url) as stage:
        yield stage


async def close_to(stage: Stage, *names: str) -> None:
    await stage.database.write(lambda tx: telegram_off.keep_only(tx, names))


@pytest.mark.parametrize("closed", ["teacher", CENTRE])
async def test_it_points_to_mail_and_does_nothing(stage: Stage, closed: str) -> None:
    camille = stage.person("camille")
    await camille.says("déclarer")
    await close_to(stage, closed)
    for page in (
        await camille.says("déclarer"),
        await camille.says("un livre"),
        await camille.says("/start"),
    ):
        assert OFF in page
        assert "declic@exemple.invalid" in page
        assert "Qu’avez-vous copié" not in page
    assert OFF in await camille.presses_old("!declare:")
    assert (
        await stage.database.read(lambda tx: tx.execute(select(func.count()).select_from(talk)).scalar()) == 1
    )
    assert "Qu’avez-vous copié" in await stage.person("camille", "mail").writes("déclarer")


async def test_what_anybody_may_know_is_still_answered(stage: Stage) -> None:
    camille = stage.person("camille")
    await close_to(stage, "teacher")
    page = await camille.says("C’est quand la date limite pour déclarer?")
    assert "30 novembre" in page
    assert OFF not in page


@pytest.mark.parametrize(
    ("closed", "to"), [((), "telegram"), (("school-admin",), "telegram"), (("teacher",), "mail")]
)
async def test_letters_go_where_somebody_may_be_reached(
    stage: Stage, closed: tuple[str, ...], to: str
) -> None:
    await close_to(stage, *closed)

    def write(tx: Transaction) -> list[Address]:
        person_id = people.id_at(tx, "telegram", "101")
        assert person_id
        people.link(tx, person_id, "telegram", "101", stage.clock.now() + MOMENT)
        letters = to_newest(tx, stage.house.wording, person_id, Reply("link/telegram-off", {"mail": None}))
        return [Address(letter.channel, letter.address) for letter in letters]

    assert [at.channel for at in await stage.database.write(write)] == [to]


async def test_others_do_not_notice_and_it_can_be_opened_again(stage: Stage) -> None:
    await close_to(stage, "school-admin", "Un autre centre")
    assert OFF not in await stage.person("camille").says("déclarer")
    assert OFF in await stage.person("direction").says("déclarer")
    await close_to(stage)
    assert OFF not in await stage.person("direction").says("déclarer")


async def test_it_is_not_about_other_channels_or_people_who_are_unknown(stage: Stage) -> None:
    await close_to(stage, "teacher", "parent")
    assert OFF not in await stage.person("camille", "terminal").says("déclarer")
    assert OFF not in await stage.person("stranger").says("déclarer")
    assert await stage.database.read(lambda tx: talks.foreground(tx, 1)) is not None
