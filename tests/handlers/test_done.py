"""« C’est fait » of whoever was reminded: checked against the record of what the last reminder asked for."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import pytest

from storage import headcounts, roster
from storage.database import Transaction
from storage.declarations import say_nothing
from storage.headcounts import Numbers
from storage.people import Place
from storage.states import Role
from tests.campaigning import PERIOD, act, at, declares, id_of, local
from tests.handlers.test_headcount_reminder import responsible, seen
from tests.letters import Draft
from tests.stage import TUESDAY, Player, Stage

Happens = Callable[[Transaction], object]


async def reminded(stage: Stage, name: str, day: datetime, channel: str = "") -> Player:
    await at(stage, day)
    await stage.post.drain()
    player = stage.person(name, channel)
    assert player.reads()
    return player


def all_took_part(tx: Transaction) -> None:
    declares(tx, "camille")
    say_nothing(tx, id_of(tx, "morgan"), PERIOD, TUESDAY)


@pytest.mark.parametrize(
    ("meanwhile", "said", "button"),
    [
        pytest.param(lambda _tx: None, "0 sur 2, 2 à relancer", True, id="nobody"),
        pytest.param(lambda tx: declares(tx, "camille"), "1 sur 2, 1 à relancer", True, id="one of two"),
        pytest.param(all_took_part, "Il ne manque plus personne de votre liste", False, id="everybody"),
    ],
)
@pytest.mark.parametrize("words", ["c’est fait", "Done"])
async def test_of_a_school(sqlite_url: str, meanwhile: Happens, said: str, button: bool, words: str) -> None:
    async with Stage(sqlite_url) as stage:
        direction = await reminded(stage, "direction", local(23, 8))
        await act(stage, meanwhile)
        assert said in seen(await direction.says(words))
        assert ("Qui n’a rien fait?" in [one.label for one in direction.page.buttons]) is button


async def test_of_a_service_centre_it_keeps_what_its_report_keeps(sqlite_url: str) -> None:
    """Two and one teachers: neither school’s figures leave it, nor the sum."""

    def enlarged(tx: Transaction) -> None:
        for number in range(8):
            roster.add_person(tx, f"Personne {number}", "fr", (Place(Role.TEACHER, 2),), TUESDAY)
        for number in range(6):
            roster.add_person(tx, f"Collègue {number}", "fr", (Place(Role.TEACHER, 1),), TUESDAY)

    async with Stage(sqlite_url, at=local(2)) as stage:
        await act(stage, lambda tx: responsible(tx, TUESDAY, "telegram"))
        zoe = await reminded(stage, "stranger", local(16, 8), "telegram")
        page = seen(await zoe.says("c’est fait"))
        assert "Centre de services fictif : petit groupe, ces chiffres restent à l’école" in page
        assert "à relancer" not in page
        await act(stage, all_took_part)
        await act(stage, lambda tx: declares(tx, "lou"))
        assert seen(await zoe.says("c’est fait")) == page
        await act(stage, enlarged)
        assert "Centre de services fictif : 3 sur 17, 14 à relancer" in seen(await zoe.says("c’est fait"))


@pytest.mark.parametrize(
    ("confirmed", "said"),
    [
        ((), "Il me manque encore les effectifs de 2 écoles"),
        ((1,), "Il me manque encore l’effectif d’une école"),
        ((1, 2), "Tous vos effectifs de 2026-2027 sont confirmés"),
    ],
)
async def test_of_head_counts(sqlite_url: str, confirmed: tuple[int, ...], said: str) -> None:
    def confirm(tx: Transaction) -> None:
        headcounts.confirm(tx, dict.fromkeys(confirmed, Numbers(9)), 2026, None, TUESDAY)

    async with Stage(sqlite_url, at=local(28, 12, month=8)) as stage:
        await act(stage, lambda tx: responsible(tx, stage.clock.now(), "telegram"))
        zoe = await reminded(stage, "stranger", local(1, 8, month=9), "telegram")
        await act(stage, confirm)
        assert said in await zoe.says("c’est fait")


@pytest.mark.parametrize("given", [False, True])
async def test_of_contacts(sqlite_url: str, given: bool) -> None:
    def give(tx: Transaction) -> None:
        place = Place(Role.SCHOOL_ADMIN, school_id=2)
        roster.add_person(tx, "Rita Rive", "fr", (place,), TUESDAY)

    async with Stage(sqlite_url, at=local(3, 12, month=8)) as stage:
        await act(stage, lambda tx: responsible(tx, stage.clock.now(), "telegram"))
        zoe = await reminded(stage, "stranger", local(7, 8, month=8), "telegram")
        if given:
            await act(stage, give)
        said = "Chacune de vos écoles a une personne responsable" if given else "École du Ruisseau fictif"
        assert said in await zoe.says("c’est fait")


async def test_in_reply_to_a_reminder_it_is_about_that_one(sqlite_url: str) -> None:
    """Head counts were asked for last; the reply is to the letter about contacts."""
    async with Stage(sqlite_url, at=local(3, 12, month=8)) as stage:
        await act(stage, lambda tx: responsible(tx, stage.clock.now(), "mail"))
        await reminded(stage, "stranger", local(21, 8, month=8), "mail")
        zoe = await reminded(stage, "stranger", local(1, 8, month=9), "mail")
        signed = "C’est fait.\n\nZoé Roche\nCentre de services fictif"
        assert "le contact d’une école" in await zoe.writes(signed, draft=Draft(back=1))
        assert "les effectifs de 2 écoles" in await zoe.writes("C’est fait.", draft=Draft(back=1))


async def test_nobody_who_was_not_reminded_is_checked(sqlite_url: str) -> None:
    async with Stage(sqlite_url) as stage:
        assert "Je ne sais pas répondre" in await stage.person("direction").says("c’est fait")


async def test_why_this_message_tells_those_in_charge_what_was_true(sqlite_url: str) -> None:
    async with Stage(sqlite_url) as stage:
        direction = await reminded(stage, "direction", local(23, 8))
        assert "À ce moment-là, quelqu’un manquait encore dans votre école." in await direction.says(
            "pourquoi ce message"
        )
