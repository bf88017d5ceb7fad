"""Registration: those in charge of the school decide, once; nobody becomes somebody else by it."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from sqlalchemy import func, select

from storage import people, registrations
from storage.database import Transaction
from storage.people import Person, Place
from storage.roster import add_role
from storage.states import Role
from storage.tables import person
from tests.stage import Player, Stage
from tests.strangers import Stranger, code_in, stranger

NOE = "noe@tilleuls.invalid"
GONE = "Je ne retrouve plus cela"


@pytest.fixture
async def stage(sqlite_url: str) -> AsyncIterator[Stage]:
    async with Stage(sqlite_url) as stage:
        yield stage


async def asks(
    somebody: Stranger,
    mail: str = NOE,
    school: str = "Ecole des tilleuls fictifs",
    role: str = "enseignant",
) -> str:
    """Asks to be registered, and sends it."""
    for answer in ("m’inscrire", "Noé Nouveau", school, role, mail):
        await somebody.says(answer)
    return await somebody.says("envoyer")


async def at(stage: Stage, channel: str, value: str) -> Person | None:
    return await stage.database.read(lambda tx: people.by_address(tx, channel, value))


async def presses_button_of(actor: Player, press: str) -> str:
    return await actor.presses_old(press)


async def test_accepted_they_have_a_role_and_an_invitation_and_a_code_ties_where_they_wrote(
    stage: Stage,
) -> None:
    noe = stranger(stage, "301")
    assert "n° 1" in (await asks(noe)).replace("\N{NO-BREAK SPACE}", " ")
    assert "liera elle-même son compte" in await stage.person("direction").presses("Accepter")
    assert "acceptée" in noe.reads()
    assert "Par courriel" in stage.mailboxes["mail", NOE].letters[-1].page.html
    assert "je ne connais pas encore cette adresse" in await noe.says("déclarer")
    await noe.says("lier mon compte")
    await noe.says(NOE)
    assert "C’est fait" in await noe.says(code_in(stage, NOE))
    found, by_mail = await at(stage, "telegram", "301"), await at(stage, "mail", NOE)
    assert found
    assert by_mail
    assert by_mail.id == found.id
    assert (found.linked, found.name) == (True, "Noé Nouveau")
    assert [(place.role, place.school) for place in found.places] == [
        ("teacher", "École des Tilleuls fictifs")
    ]


async def test_who_asked_from_the_work_address_is_known_there_once_accepted(stage: Stage) -> None:
    noe = stranger(stage, NOE, "mail")
    await asks(noe)
    assert "liera elle-même" not in await stage.person("direction").presses("Accepter")
    assert "Je vous reconnais maintenant ici" in "\n".join(letter.page.html for letter in noe.mailbox.letters)


async def test_a_responsible_makes_nobody_their_equal(stage: Stage) -> None:
    noe, direction, operator = stranger(stage, "301"), stage.person("direction"), stage.person("operator")
    assert "transmis à l’équipe" in await asks(noe, role="direction")
    assert "Inscription demandée" not in direction.reads()
    assert GONE in await presses_button_of(direction, "!admit:1")
    assert GONE in await presses_button_of(direction, "!turn-away:1")
    assert "Noé Nouveau est maintenant dans les listes" in await presses_button_of(operator, "!admit:1")


@pytest.mark.parametrize("role", ["enseignant", "direction"])
async def test_a_service_centre_decides_for_each_of_its_schools(stage: Stage, role: str) -> None:
    def appoint(tx: Transaction) -> None:
        claude = people.id_at(tx, "telegram", "106")
        assert claude
        add_role(tx, claude, Place(Role.CSS_ADMIN, centre_id=1))

    await stage.database.write(appoint)
    await asks(stranger(stage, "301"), role=role)
    assert "maintenant dans les listes" in await presses_button_of(stage.person("claude"), "!admit:1")


async def test_refused_by_two_at_once_the_second_learns_it(stage: Stage) -> None:
    noe, direction, operator = stranger(stage, "301"), stage.person("direction"), stage.person("operator")
    await asks(noe)
    await direction.presses("Refuser")
    await operator.presses_old("!turn-away:1")
    await operator.presses("Sans raison")
    assert "a été refusée par Sacha Équipe" in await direction.says("Je ne la connais pas.")
    assert noe.reads().count("n’est pas acceptée") == 1


async def test_who_gives_an_address_of_the_roster_gets_the_role_but_not_the_name(stage: Stage) -> None:
    thief = stranger(stage, "301")
    await asks(thief, "morgan@tilleuls.invalid", "École du Ruisseau fictif")
    await stage.person("operator").presses("Accepter")
    told = thief.reads()
    assert "liez votre compte avec un code" in told
    assert "je ne connais pas encore cette adresse" in await thief.says("déclarer")
    morgan = await at(stage, "mail", "morgan@tilleuls.invalid")
    assert morgan
    assert morgan.name == "Morgan Sample"
    assert len(morgan.places) == 2


@pytest.mark.parametrize("press", ["!admit:1", "!turn-away:1"])
@pytest.mark.parametrize("who", ["camille", "parent", "stranger"])
async def test_nobody_else_decides(stage: Stage, who: str, press: str) -> None:
    await asks(stranger(stage, "301"))
    await presses_button_of(stage.person(who), press)
    found = await stage.database.read(lambda tx: registrations.of_ticket(tx, 1))
    assert found
    assert found.accepted is None


@pytest.mark.parametrize("press", ["!admit:1", "!turn-away:1"])
async def test_a_direction_decides_for_its_own_school_only(stage: Stage, press: str) -> None:
    await asks(stranger(stage, "301"), school="École du Ruisseau fictif")
    assert GONE in await presses_button_of(stage.person("direction"), press)
    found = await stage.database.read(lambda tx: registrations.of_ticket(tx, 1))
    assert found
    assert found.accepted is None


async def test_what_was_refused_stays_refused(stage: Stage) -> None:
    noe, direction = stranger(stage, "301"), stage.person("direction")
    await asks(noe)
    await direction.presses("Refuser")
    await direction.presses("Sans raison")
    assert "n’est pas acceptée" in noe.reads()
    assert "a été refusée par vous" in await presses_button_of(direction, "!admit:1")
    assert "a été refusée par" in await presses_button_of(stage.person("operator"), "!turn-away:1")
    assert await at(stage, "mail", "noe@tilleuls.invalid") is None


async def test_accepted_while_another_thinks_of_a_reason_it_counts_once(stage: Stage) -> None:
    noe, direction, operator = stranger(stage, "301"), stage.person("direction"), stage.person("operator")
    await asks(noe)
    await direction.presses("Refuser")
    await presses_button_of(operator, "!admit:1")
    assert "a été acceptée par Sacha Équipe" in await direction.says("Je ne connais pas cette personne.")
    assert "n’est pas acceptée" not in noe.reads()


async def test_a_school_that_nobody_knows_cannot_be_accepted(stage: Stage) -> None:
    noe, operator = stranger(stage, "301"), stage.person("operator")
    await asks(noe, school="Polyvalente Inconnue XYZ")
    count = await stage.database.read(_count)
    assert "n’est pas dans nos listes" in await presses_button_of(operator, "!admit:1")
    assert await stage.database.read(_count) == count


def _count(tx: Transaction) -> int:
    return int(tx.execute(select(func.count()).select_from(person)).scalar_one())


async def test_a_reply_to_the_alert_reaches_the_person(stage: Stage) -> None:
    noe, direction = stranger(stage, "301"), stage.person("direction")
    await asks(noe)
    direction.reads()
    await direction.replies("Quelle classe avez-vous?")
    assert "Quelle classe avez-vous?" in noe.reads()
