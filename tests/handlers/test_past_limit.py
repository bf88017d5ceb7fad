"""A declaration past the limit: who is asked, and that each of them decides once and only about their own school."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
from sqlalchemy import insert, select

from bot.messages import Kind
from storage import closings, declarations, people
from storage.database import Transaction
from storage.declarations import Declaration
from storage.states import Role
from storage.tables import person, role, school
from tests.cast import CAST
from tests.stage import Player, Stage, as_read

PAST_LIMIT = """Genre : livre
Titre : Le renard bleu
Total : 100
Pages : 1-40
Support : papier
Élèves : 24
Date : hier
ISBN : passer
Auteur : passer
Éditeur : passer
Année : passer
Niveau : passer"""
ASKED = "Déclaration n°\N{NO-BREAK SPACE}1 à compléter"
DECIDED = "C’est déjà décidé"
GONE = "Je ne retrouve plus cela"


@pytest.fixture
async def stage(sqlite_url: str) -> AsyncIterator[Stage]:
    async with Stage(sqlite_url) as stage:
        yield stage


async def declares(player: Player) -> str:
    """What they read once they have declared 40 pages of 100."""
    await player.says("déclarer")
    await player.says(PAST_LIMIT)
    return await player.presses("Envoyer")


async def declared(stage: Stage, number: int = 1) -> Declaration:
    found = await stage.database.read(lambda tx: declarations.by_id(tx, number))
    assert found
    return found


async def joins(stage: Stage, name: str, what: Role, *, at: int | None = None, address: str = "") -> None:
    """Gives somebody a role at a school of the cast, by its place there; `address`: somebody new on Telegram."""

    def work(tx: Transaction) -> None:
        schools = tx.execute(select(school.c.id, school.c.centre_id).order_by(school.c.id)).all()
        found = tx.execute(select(person.c.id).where(person.c.name == name)).scalar()
        who = found or people.add(tx, stage.clock.now(), name, "fr")
        where = {"school_id": schools[at].id} if at is not None else {"centre_id": schools[0].centre_id}
        tx.execute(insert(role).values(person_id=who, role=what, **where))
        if address:
            people.link(tx, who, "telegram", address, stage.clock.now())

    await stage.database.write(work)


def reads(stage: Stage, address: str) -> str:
    """What somebody outside the cast has got on Telegram."""
    return as_read(stage.mailboxes["telegram", address].unread())


async def test_of_two_who_decide_at_once_one_does(database_url: str) -> None:
    async with Stage(database_url) as stage:
        await joins(stage, CAST["lou"].name, Role.SCHOOL_ADMIN, at=0)
        await declares(stage.person("camille"))
        both = [stage.person("direction"), stage.person("lou")]
        assert all(ASKED in one.reads() for one in both)
        async with Stage(stage.url, beside=stage) as beside:
            houses = (stage, beside)
            heard = [one.heard(kind=Kind.PRESS, press=one.page.buttons[0].press) for one in both]
            await asyncio.gather(
                *(house.assistant.hear(one) for house, one in zip(houses, heard, strict=True))
            )
            for house in houses:
                await house.post.drain()
        said = [one.reads() for one in both]
        assert sorted(DECIDED in text for text in said) == [False, True]
        assert sorted("C’est accepté" in text for text in said) == [False, True]
        assert stage.person("camille").reads().count("acceptée par") == 1
        assert (await declared(stage)).course.state == "sent"


@pytest.mark.parametrize("verdict", ["accept", "refuse", "ask"])
async def test_the_responsible_of_another_school_decides_nothing(stage: Stage, verdict: str) -> None:
    await joins(stage, CAST["lou"].name, Role.SCHOOL_ADMIN, at=1)
    await declares(stage.person("camille"))
    before = await declared(stage)
    assert GONE in await stage.person("lou").presses_old(f"!decide:{verdict}-1-1")
    assert await declared(stage) == before
    assert stage.person("lou").reads() == ""


async def test_nobody_decides_about_their_own(stage: Stage) -> None:
    await joins(stage, CAST["camille"].name, Role.SCHOOL_ADMIN, at=0)
    await declares(stage.person("camille"))
    assert ASKED in stage.person("direction").reads()
    assert GONE in await stage.person("camille").presses_old("!decide:accept-1-1")
    assert (await declared(stage)).course.state == "to-complete"


async def test_the_only_responsible_of_a_school_is_decided_about_by_the_service_centre(stage: Stage) -> None:
    await joins(stage, CAST["lou"].name, Role.SCHOOL_ADMIN, at=1)
    await joins(stage, "Ange Centre", Role.CSS_ADMIN, address="501")
    await declares(stage.person("lou"))
    assert ASKED in reads(stage, "501")
    assert ASKED not in stage.person("operator").reads()


async def test_without_anybody_in_charge_the_team_decides(stage: Stage) -> None:
    await joins(stage, CAST["lou"].name, Role.SCHOOL_ADMIN, at=1)
    await declares(stage.person("lou"))
    operator = stage.person("operator")
    assert ASKED in operator.reads()
    assert "C’est accepté" in await operator.presses("Accepter")
    assert "acceptée par Sacha Équipe, de l’équipe" in stage.person("lou").reads()


async def test_a_ticket_shown_again_keeps_its_buttons(stage: Stage) -> None:
    await declares(stage.person("camille"))
    direction, operator = stage.person("direction"), stage.person("operator")
    await direction.presses_old("!see:1")
    assert [one.label for one in direction.page.buttons] == ["Accepter", "Refuser", "Demander à l’équipe"]
    await operator.presses_old("!see:1")
    assert [one.label for one in operator.page.buttons] == ["Accepter", "Refuser"]
    await operator.presses_old("!pass:1-school")
    assert "Sacha Équipe vous la passe" in direction.reads()
    said = await direction.presses_old("!close:1")
    assert "se ferme par une décision" in said
    assert "C’est accepté" in await direction.presses("Accepter")


async def test_whoever_was_asked_learns_that_nothing_is_left_to_decide(stage: Stage) -> None:
    camille, direction = stage.person("camille"), stage.person("direction")
    await declares(camille)
    direction.reads()
    await camille.presses_old("!withdraw:1")
    await camille.presses("Oui, retirer")
    assert "Plus rien à décider pour la déclaration n°" in direction.reads()


async def test_who_still_has_to_decide_learns_in_short_what_was_edited(stage: Stage) -> None:
    camille, direction = stage.person("camille"), stage.person("direction")
    await declares(camille)
    assert "Ce qui peut suivre" in direction.reads()
    await camille.presses_old("!revise:1")
    await camille.says("Pages : 1-30")
    await camille.presses("Envoyer la modification")
    told = direction.reads().replace("\N{NO-BREAK SPACE}", " ")
    assert "Déclaration n° 1 modifiée : p. 1-30, 30 pages; limite de 15." in told
    assert "Ce qui peut suivre" not in told
    assert "modifiée depuis" in await direction.presses_earlier("Accepter")
    assert (await declared(stage)).course.state == "to-complete"
    assert "C’est accepté" in await direction.presses("Accepter")
    assert (await declared(stage)).course.state == "sent"


async def test_less_besides_brings_a_declaration_back_within_the_limit(stage: Stage) -> None:
    camille, direction = stage.person("camille"), stage.person("direction")
    for pages in ("1-10", "11-20"):
        await camille.says("déclarer")
        await camille.says(PAST_LIMIT.replace("1-40", pages))
        if pages != "1-10":
            await camille.presses("Le renard bleu")
        await camille.presses("Envoyer")
    assert (await declared(stage, 2)).course.state == "to-complete"
    assert "à compléter" in direction.reads()
    await camille.presses_old("!withdraw:1")
    done = await camille.presses("Oui, retirer")
    assert "n°\N{NO-BREAK SPACE}2 respecte maintenant la limite" in done
    assert (await declared(stage, 2)).course.state == "sent"
    assert "Plus rien à décider" in direction.reads()
    assert "respecte maintenant la limite" in await direction.presses_old("!decide:refuse-2-1")


async def test_what_was_asked_is_not_asked_twice_of_the_team(stage: Stage) -> None:
    await declares(stage.person("camille"))
    direction, operator = stage.person("direction"), stage.person("operator")
    await direction.presses("Demander à l’équipe")
    assert operator.reads()
    await direction.presses_earlier("Demander à l’équipe")
    assert operator.reads() == ""


async def test_the_school_still_decides_after_it_has_asked_the_team(stage: Stage) -> None:
    await declares(stage.person("camille"))
    direction = stage.person("direction")
    await direction.presses("Demander à l’équipe")
    assert "C’est accepté" in await direction.presses_earlier("Accepter")
    assert DECIDED in await stage.person("operator").presses("Accepter")


async def test_an_alert_says_that_the_declaration_was_withdrawn(stage: Stage) -> None:
    camille = stage.person("camille")
    await declares(camille)
    await camille.presses_old("!withdraw:1")
    await camille.presses("Oui, retirer")
    assert "retirée par la personne" in await stage.person("direction").presses_old("!decide:accept-1-1")
    assert (await declared(stage)).course.state == "withdrawn"


async def test_a_closed_period_changes_no_more_until_it_is_reopened(stage: Stage) -> None:
    camille = stage.person("camille")
    await declares(camille)
    await stage.database.write(lambda tx: closings.set_open(tx, "2026-1", False, stage.clock.now()))
    stage.tick(timedelta(days=14))
    closed = await camille.presses_old("!revise:1")
    assert "ne peut pas être modifiée" in closed
    assert "Demander une correction" in closed
    assert "Retirer" not in await camille.presses_old("!withdraw:1")
    await stage.database.write(lambda tx: closings.set_open(tx, "2026-1", True, stage.clock.now()))
    stage.tick(timedelta(days=60))
    assert "Que voulez-vous modifier?" in await camille.presses_old("!revise:1")


async def test_a_period_closed_before_its_deadline_stays_open_until_then(stage: Stage) -> None:
    camille = stage.person("camille")
    await declares(camille)
    await stage.database.write(lambda tx: closings.set_open(tx, "2026-1", False, stage.clock.now()))
    assert "Que voulez-vous modifier?" in await camille.presses_old("!revise:1")


async def test_nothing_to_declare_stands_again_once_all_is_withdrawn(stage: Stage) -> None:
    camille = stage.person("camille")
    await camille.says("rien à déclarer")
    await camille.says("oui")
    await declares(camille)
    nothing = "Vous avez indiqué n’avoir rien à déclarer"
    assert nothing not in await camille.says("mes déclarations")
    await camille.presses_old("!withdraw:1")
    await camille.presses("Oui, retirer")
    assert nothing in await camille.says("mes déclarations")


@pytest.mark.parametrize("press", ["!revise:1", "!withdraw:1", "!put-back:1"])
async def test_nobody_changes_what_somebody_else_declared(stage: Stage, press: str) -> None:
    await declares(stage.person("camille"))
    before = await declared(stage)
    assert "Je ne trouve pas de déclaration" in await stage.person("lou").presses_old(press)
    assert await declared(stage) == before


async def test_an_old_button_withdraws_only_what_it_showed(stage: Stage) -> None:
    camille = stage.person("camille")
    await declares(camille)
    await camille.presses_old("!withdraw:1")
    sure = next(button.press for button in camille.page.buttons if button.label == "Oui, retirer")
    await camille.presses_old(sure)
    await camille.presses("La remettre")
    assert "a changé entre-temps" in await camille.presses_old(sure)
    assert (await declared(stage)).course.counts
