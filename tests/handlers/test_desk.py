"""The desk: who may do what with a ticket, what two do at once, and what is reminded of when."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
from sqlalchemy import insert, select, update
from structlog.testing import capture_logs

from bot.channels.doors import Fate
from storage import care, people, tickets
from storage.database import Transaction
from storage.states import Role, TicketStatus, TicketStep
from storage.tables import address, role, school
from storage.tickets import Ticket
from tests.cast import OF_THE_TEAM
from tests.handlers.test_past_limit import declares
from tests.handlers.test_registration import asks
from tests.stage import Player, Stage, as_read
from tests.strangers import stranger

MATTER = "Mon compte est bloqué depuis hier."
GONE = "Je ne retrouve plus cela"


@pytest.fixture
async def stage(sqlite_url: str) -> AsyncIterator[Stage]:
    async with Stage(sqlite_url) as stage:
        yield stage


async def ask(stage: Stage, name: str = "camille") -> Player:
    asker = stage.person(name)
    await asker.says("parler à quelqu'un")
    await asker.says(MATTER)
    return asker


async def ticket(stage: Stage, number: int = 1) -> Ticket:
    found = await stage.database.read(lambda tx: tickets.by_id(tx, number))
    assert found
    return found


async def steps(stage: Stage, number: int = 1) -> list[tuple[TicketStep, str]]:
    """The history of a ticket."""
    events = await stage.database.read(lambda tx: care.history(tx, number))
    return [(one.what, one.words) for one in events]


@pytest.mark.parametrize("command", ["take", "pass", "note", "close", "see", "discuss"])
@pytest.mark.parametrize("who", ["direction", "lou", "parent", "stranger"])
async def test_only_those_in_charge_touch_a_ticket(stage: Stage, who: str, command: str) -> None:
    await ask(stage)
    before = await ticket(stage)
    page = await stage.person(who).presses_old(f"!{command}:1")
    if "Annuler" in page or "Un dernier mot" in page:  # it asks first; what is said then finds no ticket
        page = await stage.person(who).says("Quelques mots de trop.")
    assert "1" not in [line for line in page.splitlines() if line.startswith("C’est noté")]
    assert "Mon compte" not in page
    assert await ticket(stage) == before


async def test_a_responsible_is_in_charge_of_what_lies_with_their_school(stage: Stage) -> None:
    await ask(stage)
    operator, direction = stage.person("operator"), stage.person("direction")
    await operator.presses("Passer à…")
    await operator.presses("Responsable, École des Tilleuls fictifs")
    direction.reads()
    assert "C’est noté" in await direction.presses("Je m'en occupe")
    await ask(stage, "lou")
    assert GONE in await direction.presses_old("!take:2")


async def test_where_nobody_is_in_charge_of_the_school_the_team_keeps_it(stage: Stage) -> None:
    await ask(stage, "lou")
    page = await stage.person("operator").presses("Passer à…")
    assert "Responsable" not in page
    assert GONE in await stage.person("operator").presses_old("!pass:1-school")


@pytest.mark.parametrize("argument", ["1-999", "1-x", "99-team", "x"])
async def test_nobody_passes_a_ticket_to_nobody(stage: Stage, argument: str) -> None:
    await ask(stage)
    assert GONE in await stage.person("operator").presses_old(f"!pass:{argument}")


async def test_a_note_never_reaches_the_person(stage: Stage) -> None:
    camille, operator = await ask(stage), stage.person("operator")
    camille.reads()
    assert "ne le verra pas" in await operator.replies("NOTE : à vérifier")
    assert camille.reads() == ""
    assert (await ticket(stage)).status is TicketStatus.OPEN
    assert (TicketStep.NOTE, "à vérifier") in await steps(stage)
    assert "à vérifier" not in await camille.says("mes demandes")


async def test_what_nobody_can_be_told_is_kept_with_the_ticket(stage: Stage) -> None:
    camille, operator = await ask(stage), stage.person("operator")
    await operator.replies("Voici la réponse.")
    camille.reads()
    gone = update(address).where(address.c.value.in_(OF_THE_TEAM))
    now = stage.clock.now()
    await stage.database.write(lambda tx: tx.execute(gone.values(dead_at=now, dead_reason="blocked")))
    assert "Personne ne peut lire votre message" in await camille.replies("Et mon mot de passe?")
    assert (TicketStep.REOPENED, "Et mon mot de passe?") in await steps(stage)


async def test_a_rating_is_kept_once(stage: Stage) -> None:
    camille, operator = await ask(stage), stage.person("operator")
    await operator.replies("Voici la réponse.")
    camille.reads()
    assert "De 1 à 5" in await camille.presses("Oui, c'est réglé")
    await camille.presses("4 sur 5")
    await camille.presses_old("!rate:1-2")
    await camille.presses_old("!rate:1-9")
    assert ((await ticket(stage)).solved, (await ticket(stage)).rating) == (True, 4)
    assert GONE in await stage.person("lou").presses_old("!rate:1-1")


async def test_settled_or_not_does_not_disturb_the_talk_under_way(stage: Stage) -> None:
    camille, operator = await ask(stage), stage.person("operator")
    await operator.replies("Voici la réponse.")
    letter = camille.page
    for text in ("déclarer", "livre"):
        await camille.says(text)
    page = await camille.presses_old(next(one.press for one in letter.buttons if one.label.startswith("Oui")))
    assert "Quel est l’ISBN?" in page
    assert "Quel est le titre?" in await camille.says("passer")


async def at_once(*heard: tuple[Player, str]) -> list[str]:
    """What each reads of messages taken in at once, as replies to the last letter there."""
    said = [(p, p.heard(text=text, about=f"m{p.mailbox.letters[-1].id}")) for p, text in heard]
    for player, _ in said:
        player.reads()
    fates = await asyncio.gather(*(player.stage.assistant.hear(one) for player, one in said))
    assert {one.fate for one in fates} == {Fate.HEARD}
    for player, _ in said:
        player.stage.tick()
        await player.stage.post.drain()
    return [as_read(player.mailbox.unread()) for player, _ in said]


async def test_of_two_who_answer_at_once_one_is_told_that_the_other_was_faster(database_url: str) -> None:
    async with Stage(database_url) as stage, Stage(database_url, beside=stage) as beside:
        camille = await ask(stage)
        camille.reads()
        first, second = stage.person("operator"), beside.person("sophie")
        pages = await at_once((first, "Voici."), (second, "Voilà."))
        assert sorted("C’est parti" in page for page in pages) == [False, True]
        assert sorted("n’a" in page or "ne sont pas partis" in page for page in pages) == [False, True]
        assert camille.reads().count("Réponse de l’équipe") == 1


async def test_of_two_who_take_at_once_one_has_it(database_url: str) -> None:
    async with Stage(database_url) as stage, Stage(database_url, beside=stage) as beside:
        await ask(stage)
        first, second = stage.person("operator"), beside.person("sophie")
        pages = await at_once((first, "Je m’en occupe"), (second, "Je m’en occupe"))
        assert sorted("C’est noté" in page for page in pages) == [False, True]
        assert sorted("s’en occupe depuis" in page for page in pages) == [False, True]


async def wait(stage: Stage, **time: float) -> None:
    stage.tick(timedelta(**time))
    await stage.do_chores()


async def test_who_has_it_is_reminded_once_then_the_next_in_line(stage: Stage) -> None:
    await ask(stage)
    operator, sophie = stage.person("operator"), stage.person("sophie")
    await operator.presses("Je m'en occupe")
    sophie.reads()
    await wait(stage, hours=7)  # half past four on Tuesday: less than eight hours of work
    assert operator.reads() == ""
    await wait(stage, hours=17, minutes=31)
    assert "plus de 8 h ouvrables" in operator.reads().replace("\u00a0", " ")
    await wait(stage, hours=1)
    assert (operator.reads(), sophie.reads()) == ("", "")
    await wait(stage, days=1)
    assert "plus de 16 h ouvrables" in sophie.reads().replace("\u00a0", " ")
    assert operator.reads() == ""
    await wait(stage, days=7)
    assert "ouvrables" not in operator.reads() + sophie.reads()


async def test_after_a_school_its_service_centre_is_next(stage: Stage) -> None:
    def add(tx: Transaction) -> None:
        now = stage.clock.now()
        centre = tx.execute(select(school.c.centre_id).limit(1)).scalar_one()
        person = people.add(tx, now, "Claude Centre", "fr")
        tx.execute(insert(role).values(person_id=person, role=Role.CSS_ADMIN, centre_id=centre))
        people.link(tx, person, "telegram", "107", now)

    await stage.database.write(add)
    await ask(stage)
    operator = stage.person("operator")
    await operator.presses("Passer à…")
    await operator.presses("Responsable, École des Tilleuls fictifs")
    stage.person("direction").reads()
    await wait(stage, days=2)
    assert "plus de 8 h" in stage.person("direction").reads().replace("\u00a0", " ")
    await wait(stage, days=2)
    assert "Sans réponse" in as_read(stage.mailboxes["telegram", "107"].letters)


async def test_what_is_answered_or_has_been_added_to_is_not_reminded_of(stage: Stage) -> None:
    await ask(stage)
    operator = stage.person("operator")
    await operator.replies("Voici la réponse.")
    await wait(stage, days=7)
    assert "Sans réponse" not in operator.reads()


async def test_reminders_of_many_come_in_one_letter(stage: Stage) -> None:
    for name in ("camille", "lou", "parent"):
        await ask(stage, name)
    operator = stage.person("operator")
    operator.reads()
    await wait(stage, days=2)
    letters = [one for one in operator.mailbox.unread() if "Sans réponse" in one.page.html]
    assert len(letters) == 1
    assert len(letters[0].page.buttons) == 3


async def test_a_reminder_names_the_decision_that_waits_and_leads_to_it(stage: Stage) -> None:
    direction, noe = stage.person("direction"), stranger(stage, "301")
    await declares(stage.person("camille"))
    await asks(noe)
    direction.reads()
    await wait(stage, days=2)
    told = direction.reads().replace("\N{NO-BREAK SPACE}", " ")
    assert "• n° 1, déclaration n° 1 à compléter : plus de 8 h ouvrables" in told
    assert "• n° 2, inscription de Noé Nouveau : plus de 8 h ouvrables" in told
    assert "Accepter" in await direction.presses("Voir n° 2")
    await direction.presses_earlier("Voir n° 1")
    assert "C’est accepté" in await direction.presses("Accepter")


async def test_who_sees_their_own_requests_sees_no_others(stage: Stage) -> None:
    await ask(stage)
    assert "aucune demande" in await stage.person("lou").says("mes demandes")
    assert "Mon compte" not in await stage.person("lou").presses_old("!requests:1")
    with capture_logs() as events:
        assert "Mon compte" in await stage.person("camille").says("mes demandes")
    assert MATTER not in str(events)
