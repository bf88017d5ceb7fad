"""Campaigns made by hand: to whom one may write, what the preview promises, and what two people do at once."""

from __future__ import annotations

import asyncio
from collections import Counter
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select, update

from storage import people, reminders, roster, talks
from storage.campaigns import Campaign, read_campaign
from storage.database import Transaction
from storage.declarations import say_nothing
from storage.people import Place
from storage.states import CampaignState, ReminderKind, Role
from storage.tables import campaign, letter, role, school
from tests.campaigning import act, at, by_hand, id_of, ledger, local
from tests.stage import Player, Stage

OPEN = local(17, 16)
"""Within the sending hours."""
TO_OWN_SCHOOL = "!campaign:missing-school-1.2026-1"


async def made(stage: Stage) -> list[Campaign]:
    """Every campaign there is."""
    rows = await stage.database.read(lambda tx: tx.execute(select(campaign).order_by(campaign.c.id)).all())
    return [read_campaign(row) for row in rows]


def plain(page: str) -> str:
    """A page with plain spaces."""
    return page.replace("\N{NO-BREAK SPACE}", " ")


async def sends(player: Player, press: str = TO_OWN_SCHOOL) -> str:
    """Somebody confirms the preview that a button leads to; what they then read."""
    await player.presses_old(press)
    return await player.says("oui")


def in_charge_of_the_other(tx: Transaction) -> None:
    """Lou is responsible of the other school."""
    other = select(school.c.id).where(school.c.name.like("%Ruisseau%")).scalar_subquery()
    tx.execute(
        update(role)
        .where(role.c.person_id == id_of(tx, "lou"))
        .values(role=Role.SCHOOL_ADMIN, school_id=other)
    )


@pytest.mark.parametrize(
    "press",
    [
        "!campaign:missing-school-1.2026-1",
        "!campaign:missing-all.2026-1",
        "!campaign:missing-centre-1.2026-1",
    ],
)
async def test_nobody_prepares_a_campaign_for_people_they_do_not_follow(sqlite_url: str, press: str) -> None:
    async with Stage(sqlite_url) as stage:
        await act(stage, in_charge_of_the_other)
        page = await stage.person("lou").presses_old(press)
        assert "Vous ne suivez pas ces personnes" in page
        assert await made(stage) == []


@pytest.mark.parametrize("verb", ["", "-pause", "-resume", "-cancel", "-cancel-sure"])
async def test_the_campaign_of_another_place_is_neither_shown_nor_changed(sqlite_url: str, verb: str) -> None:
    async with Stage(sqlite_url) as stage:
        await act(stage, in_charge_of_the_other)
        await sends(stage.person("direction"))
        everybodys = await by_hand(stage)
        before = await made(stage)
        for number in (1, everybodys, 99):
            page = await stage.person("lou").presses_old(f"!campaigns:{number}{verb}")
            assert "Je ne trouve pas cette campagne" in page
        assert await made(stage) == before
        assert "Aucune campagne" in await stage.person("lou").says("campagnes")


async def test_a_teacher_is_refused(sqlite_url: str) -> None:
    async with Stage(sqlite_url) as stage:
        for press in (TO_OWN_SCHOOL, "!campaigns:"):
            assert "ne fait pas partie de votre rôle" in await stage.person("camille").presses_old(press)


async def test_who_is_in_charge_no_more_cannot_confirm_what_they_have_prepared(sqlite_url: str) -> None:
    async with Stage(sqlite_url) as stage:
        direction = stage.person("direction")
        await direction.presses_old(TO_OWN_SCHOOL)
        await act(
            stage,
            lambda tx: tx.execute(
                update(role).where(role.c.person_id == id_of(tx, "domin")).values(closed_at=stage.clock.now())
            ),
        )
        await direction.presses("Envoyer aujourd'hui à 15 h 30")
        assert await made(stage) == []


async def test_a_preview_is_confirmed_once(sqlite_url: str) -> None:
    async with Stage(sqlite_url) as stage:
        direction = stage.person("direction")
        await direction.presses_old(TO_OWN_SCHOOL)
        press = direction.page.buttons[0].press
        first, again = await direction.presses_old(press), await direction.presses_old(press)
    assert "La campagne n° 1 est prête" in first
    assert "prête" not in again


async def test_what_has_changed_since_the_preview_is_shown_before_anything_is_sent(sqlite_url: str) -> None:
    """Two operators: the second sees what the first has done meanwhile, and may still send theirs."""
    async with Stage(sqlite_url) as stage:
        first, second = stage.person("operator"), stage.person("sophie")
        for one in (first, second):
            await one.presses_old("!campaign:missing-all.2026-1")
        await first.says("oui")
        page = await second.says("oui")
        assert "a changé entre-temps" in page
        assert "Déjà fait : Sacha Équipe" in plain(page)
        assert "La campagne n° 2 est prête" in await second.presses("Envoyer quand même")


async def test_of_two_who_confirm_at_once_one_is_told_that_the_other_was_faster(database_url: str) -> None:
    async with Stage(database_url) as stage, Stage(database_url, beside=stage) as beside:
        first, second = stage.person("operator"), beside.person("sophie")
        for one in (first, second):
            await one.presses_old("!campaign:missing-all.2026-1")
        pages = await asyncio.gather(first.says("oui"), second.says("oui"))
        assert len(await made(stage)) == 1
    assert sum("La campagne n° 1 est prête" in page for page in pages) == 1
    assert sum("Déjà fait" in page or "Quelqu’un vient de lancer" in page for page in pages) == 1


async def test_a_campaign_is_paused_once(sqlite_url: str) -> None:
    async with Stage(sqlite_url) as stage:
        direction = stage.person("direction")
        await sends(direction)
        pages = [await direction.presses_old(f"!campaigns:1-{verb}") for verb in ("pause", "pause", "resume")]
        assert ["C’est en pause" in page for page in pages] == [True, False, False]
        assert "déjà en pause" in pages[1]
        assert (await made(stage))[0].state is CampaignState.FILLING


async def test_what_has_left_before_it_is_called_off_cannot_be_called_back(sqlite_url: str) -> None:
    async with Stage(sqlite_url) as stage:
        direction = stage.person("direction")
        await sends(direction)
        await at(stage, OPEN)
        await act(stage, lambda tx: keep_waiting(tx, "morgan", OPEN + timedelta(hours=1)))
        await stage.post.drain()
        asked = await direction.presses_old("!campaigns:1-cancel")
        assert "Déjà partis : 1; ceux-là ne peuvent pas être rappelés. Ne partiraient plus : 1." in plain(
            asked
        )
        assert (await made(stage))[0].state is CampaignState.RUNNING
        done = await direction.presses("Oui, l'annuler")
        assert "Ne partiront plus : 1" in plain(done)
        await at(stage, OPEN + timedelta(hours=2))
        await stage.post.drain()
        page = await direction.says("campagnes")
        assert "50 %, annulée; partis : 1" in plain(page)
        assert Counter(outcome for _, _, outcome, _ in await ledger(stage)) == {"left": 1, "skipped": 1}


def keep_waiting(tx: Transaction, name: str, until: datetime) -> None:
    tx.execute(update(letter).where(letter.c.person_id == id_of(tx, name)).values(due=until))


async def test_the_preview_says_what_then_happens(database_url: str) -> None:
    """Everybody is left out for the reason that was told before, and the others are reached as was told."""
    async with Stage(database_url) as stage:
        await act(stage, a_school_of_all_sorts)
        for day in (12, 13):
            await at(stage, local(day, 16))
            await by_hand(stage, called=f"before-{day}", school_id=1)
            await act(stage, lambda tx: only_to(tx, "ana", "bo"))
            await stage.post.drain()
        await at(stage, OPEN)
        await by_hand(stage, called="today", school_id=1)
        await act(stage, lambda tx: only_to(tx, "cy"))
        await stage.post.drain()
        before = len(await ledger(stage))
        preview = await stage.person("direction").presses_old(TO_OWN_SCHOOL)
        await stage.person("direction").presses("Envoyer quand même")
        await at(stage, OPEN + timedelta(minutes=1))
        await stage.post.drain()
        happened = Counter(reason or outcome for _, _, outcome, reason in (await ledger(stage))[before:])
    assert happened == {"left": 2, "enough": 2, "merged": 1, "stopped": 1, "unwanted": 1, "unreachable": 1}
    for line in (
        "Recevraient le rappel : 2",
        "(assez de messages cette semaine) : 2",
        "(un autre rappel leur parvient ce jour-là) : 1",
        "(aucun rappel, à leur demande) : 1",
        "(pas ceux-là, à leur demande) : 1",
        "(joignables nulle part) : 1",
    ):
        assert line in plain(preview)


def a_school_of_all_sorts(tx: Transaction) -> None:
    """Beside Camille and Morgan of the cast."""
    place, now = Place(Role.TEACHER, 1), local(10)
    for name in ("ana", "bo", "cy", "di", "ed", "fa"):
        one = roster.add_person(tx, name, "fr", (place,), now)
        if name != "fa":
            people.link(tx, one, "mail", f"{name}@exemple.invalid", now)
    people.set_reminders(tx, id_of(tx, "di"), wanted=False)
    reminders.choose(tx, id_of(tx, "ed"), ReminderKind.DEADLINES, wanted=False)


def only_to(tx: Transaction, *names: str) -> None:
    """The letters that wait are for these people alone."""
    wanted = [id_of(tx, name) for name in names]
    waits = letter.c.campaign_id.is_not(None) & (letter.c.state == "waiting")
    tx.execute(update(letter).where(waits, letter.c.person_id.not_in(wanted)).values(state="skipped"))


async def test_nothing_is_sent_for_a_period_that_will_be_closed(sqlite_url: str) -> None:
    """The period of the 30th can be declared for until the 14th of December, a Monday; nothing leaves at night."""
    async with Stage(sqlite_url) as stage:
        stage.clock.at = local(14, 21, month=12)
        page = await sends(stage.person("direction"))
        assert "rien n’est parti" in page
        assert await made(stage) == []


async def test_who_has_declared_by_then_gets_nothing(sqlite_url: str) -> None:
    async with Stage(sqlite_url) as stage:
        await sends(stage.person("direction"))
        await act(stage, lambda tx: say_nothing(tx, id_of(tx, "camille"), "2026-1", stage.clock.now()))
        await act(stage, lambda tx: talks.start(tx, id_of(tx, "morgan"), "declare", {}, stage.clock.now()))
        await at(stage, OPEN)
        await stage.post.drain()
        assert [name for _, name, outcome, _ in await ledger(stage) if outcome == "left"] == ["morgan"]
