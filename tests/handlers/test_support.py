"""Hand-over to a human, as the person and the operators see it go right and wrong."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass, replace

import pytest
from sqlalchemy import select, update
from structlog.testing import capture_logs

from bot.alerts import tell_of_dead_letter
from bot.assistant import Assistant
from bot.messages import Letter
from bot.post import Post
from bot.sending import AddressDead
from bot.turn import Turn
from handlers import support
from storage import care, people, talks
from storage.database import Transaction
from storage.tables import address, ticket
from tests.cast import OF_THE_TEAM
from tests.stage import Deliverer, Stage, knowledge

MATTER = "Mon compte est bloqué depuis hier."


@pytest.fixture
async def stage(sqlite_url: str) -> AsyncIterator[Stage]:
    async with Stage(sqlite_url) as stage:
        yield stage


@dataclass(slots=True)
class Blocked(Deliverer):
    """A channel on which everybody has blocked the assistant."""

    async def send(self, letter: Letter) -> str:
        raise AddressDead("blocked")


async def ask(stage: Stage, name: str = "camille") -> str:
    asker = stage.person(name)
    await asker.says("parler à quelqu'un")
    return await asker.says(MATTER)


async def test_an_answer_that_cannot_arrive_is_told_to_who_wrote_it(stage: Stage) -> None:
    await ask(stage, "lou")
    operator = stage.person("operator")
    operator.reads()
    channels = [Blocked("telegram", stage.mailboxes), Deliverer("terminal", stage.mailboxes)]
    told = tell_of_dead_letter(stage.house, stage.clock)
    stage.post = Post(stage.database, channels, stage.clock, stage.worker, on_dead=told)
    known = knowledge(stage.database, stage.clock)
    stage.assistant = Assistant(stage.database, stage.house, stage.clock, known, stage.post)
    page = await operator.replies("Voici la réponse.")
    assert "C’est parti vers la personne (demande n°\u00a01)." in page
    assert "la réponse à la demande n°\u00a01" in page
    assert "blocked" in page


async def test_when_no_operator_can_be_reached_the_person_is_told_and_so_is_the_log(stage: Stage) -> None:
    gone = update(address).where(address.c.value.in_(OF_THE_TEAM))
    now = stage.clock.now()
    await stage.database.write(lambda tx: tx.execute(gone.values(dead_at=now, dead_reason="blocked")))
    with capture_logs() as events:
        page = await ask(stage)
    assert "Personne ne peut lire votre demande en ce moment." in page
    assert "écrivez à aide@exemple.invalid" in page
    assert "C’est transmis" not in page
    assert [(one["event"], one["ticket"]) for one in events] == [("ticket-unseen", 1)]
    assert await stage.database.read(lambda tx: tx.execute(select(ticket.c.text)).scalars().all()) == [MATTER]


@pytest.mark.parametrize(
    ("written", "warned", "kept"),
    [
        ("La fiche de 1234567 est vide depuis hier.", "J’ai masqué un numéro", "•••••••"),
        ("Mon élève Jérémie Tremblay ne peut pas signer.", "semble nommer un élève", "Jérémie"),
        ("le plan de Léo Tremblay 3e année 514-555-0199 ne s’ouvre pas", "semble nommer un élève", "Léo"),
    ],
)
@pytest.mark.parametrize(
    ("answer", "sent"), [("Envoyer tel quel", True), ("Réécrire", False), ("Annuler", False)]
)
async def test_what_may_tell_of_a_pupil_is_sent_only_on_a_second_word(
    stage: Stage, written: str, warned: str, kept: str, answer: str, sent: bool
) -> None:
    camille, operator = stage.person("camille"), stage.person("operator")
    await camille.says("parler à quelqu’un")
    assert warned in await camille.says(written)
    assert operator.reads() == ""
    await camille.presses(answer)
    told = operator.reads()
    assert (kept in told, "1234567" in told) == (sent, False)
    if answer == "Réécrire":
        assert "C’est transmis" in await camille.says("Une fiche est vide depuis hier.")
        assert kept not in operator.reads()


@pytest.mark.parametrize(("at_school", "reader"), [(True, "la personne responsable"), (False, "l’équipe")])
async def test_the_person_learns_who_will_read_it(stage: Stage, at_school: bool, reader: str) -> None:
    heard = stage.person("camille").heard(MATTER)

    def ask(tx: Transaction) -> str:
        person = people.by_address(tx, heard.channel, heard.sender)
        assert person
        assert person.school
        turn = Turn(stage.house, tx, heard, person, stage.clock.now())
        kept = talks.start(tx, person.id, "human", {}, stage.clock.now())
        number = support.open_for(turn, kept, "human", MATTER)
        if at_school:
            care.lie_with_school(tx, number, person.school.school_id or 0)
        return stage.house.wording.page(support.opened(turn, number).replies, "fr").html

    assert f"C’est transmis à {reader}" in await stage.database.write(ask)


@pytest.mark.parametrize(
    ("proven", "sender"),
    [
        (True, "De : Camille Essai, École des Tilleuls fictifs"),
        (False, "De : une personne que je ne connais"),
    ],
)
async def test_an_alert_names_only_somebody_who_is_proven(stage: Stage, proven: bool, sender: str) -> None:
    heard = replace(stage.person("camille").heard(MATTER), proven=proven)

    def alert(tx: Transaction) -> str:
        now = stage.clock.now()
        person = people.by_address(tx, heard.channel, heard.sender)
        assert person
        turn = Turn(stage.house, tx, heard, person, now)
        support.open_for(turn, talks.start(tx, person.id, "human", {}, now), "human", MATTER)
        return turn.others[0].page.html

    page = await stage.database.write(alert)
    assert sender in page.replace("\u00a0", " ")
    assert ("Camille" in page, "Tilleuls" in page) == (proven, proven)
