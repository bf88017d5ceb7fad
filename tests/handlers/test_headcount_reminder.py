"""September, on the clock: the reminder about head counts leaves, is answered, and comes no more."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import datetime

import pytest
from sqlalchemy import select

from storage import headcounts, people, roster
from storage.database import Transaction
from storage.people import Place
from storage.roster import School
from storage.states import Role, Sector
from storage.tables import service_centre
from tests.campaigning import act, at, hours, ledger, local
from tests.letters import Draft
from tests.stage import Player, Stage

MAIL, CHAT = "inconnue@ailleurs.invalid", "999"
FIRST = local(1, 7, 5, month=9)
SECOND = local(15, 7, 5, month=9)


def responsible(tx: Transaction, now: datetime, channel: str, language: str = "fr") -> int:
    """Zoé Roche is responsible for the service centre, and is reached there."""
    centre_id = tx.execute(select(service_centre.c.id)).scalar_one()
    person_id = roster.add_person(
        tx, "Zoé Roche", language, (Place(Role.CSS_ADMIN, centre_id=centre_id),), now
    )
    people.link(tx, person_id, channel, MAIL if channel == "mail" else CHAT, now)
    return person_id


@pytest.fixture
async def stage(database_url: str) -> AsyncIterator[Stage]:
    async with Stage(database_url, at=local(28, 12, month=8), hours=hours("07:00-20:00")) as stage:
        yield stage


async def reminded(stage: Stage, channel: str, language: str = "fr") -> tuple[Player, str]:
    """The reminder of the first of September, as she reads it."""
    await act(stage, lambda tx: responsible(tx, stage.clock.now(), channel, language))
    await at(stage, FIRST)
    await stage.post.drain()
    zoe = stage.person("stranger", channel)
    return zoe, seen(zoe.reads())


def seen(page: str) -> str:
    """With plain spaces."""
    return page.replace("\N{NO-BREAK SPACE}", " ")


async def counts(stage: Stage) -> dict[int, int]:
    found = await stage.database.read(lambda tx: headcounts.confirmed(tx, 2026))
    return {school_id: one.numbers.total for school_id, one in found.items()}


async def test_the_whole_path(stage: Stage) -> None:
    zoe, page = await reminded(stage, "mail")
    assert "1. École des Tilleuls fictifs : 2 d’après notre liste" in page
    answer = (
        "Bonjour,\n\nTilleuls 14\nRuissau : 8 enseignants, 2 spécialistes, 1 professionnelle\nÉrables : 3\n"
    )
    read = seen(await zoe.writes(answer))
    assert "• École des Tilleuls fictifs : 2 → 14" in read
    assert "• École du Ruisseau fictif (« Ruissau ») : 1 → 11" in read
    assert "« Érables : 3 » : aucune de vos écoles" in read
    assert await counts(stage) == {}
    assert "Tous vos effectifs sont confirmés" in await zoe.writes("oui")
    assert sorted((await counts(stage)).values()) == [11, 14]

    await at(stage, SECOND)
    await stage.post.drain()
    assert zoe.reads() == ""
    told = [one for one in await ledger(stage, "zoé") if one[0].startswith("headcount")]
    assert told == [("headcount:2026-1:29", "zoé", "left", None)]


async def test_who_has_answered_for_one_school_is_reminded_of_the_other(stage: Stage) -> None:
    zoe, _ = await reminded(stage, "telegram")
    await zoe.says("Tilleuls 14")
    await zoe.presses("Confirmer")
    await at(stage, SECOND)
    await stage.post.drain()
    page = seen(zoe.reads())
    assert "2. École du Ruisseau fictif" in page
    assert "Tilleuls" not in page
    assert "1 → 9" in await zoe.replies("2. 9")


@pytest.mark.parametrize(
    ("written", "language", "read"),
    [
        ("Tilleuls 14", "fr", "2 → 14"),
        ("tout est exact", "fr", "École du Ruisseau fictif : 1, comme avant"),
        ("C’est exact", "fr", "École du Ruisseau fictif : 1, comme avant"),
        ("all correct", "en", "École du Ruisseau fictif: 1, as before"),
        ("everything is right except Ruisseau 9", "en", "1 → 9"),
        ("1. 14\n2. 9", "fr", "1 → 9"),
        ("Tilleuls 14, Ruisseau 9", "en", "1 → 9"),
        ("1", "fr", "Effectifs 2026-2027"),
        ("Confirmer les effectifs", "fr", "Effectifs 2026-2027"),
    ],
)
@pytest.mark.parametrize("channel", ["telegram", "mail"])
async def test_a_reply_is_taken_at_once(
    sqlite_url: str, channel: str, written: str, language: str, read: str
) -> None:
    async with Stage(sqlite_url, at=local(28, 12, month=8), hours=hours("07:00-20:00")) as stage:
        zoe, _ = await reminded(stage, channel, language)
        answered = seen(await (zoe.writes(written) if channel == "mail" else zoe.replies(written)))
        assert read in answered


@pytest.mark.parametrize("written", ["Tilleuls 14", "tout est exact", "2. 9"])
async def test_on_a_chat_it_need_not_be_a_reply(sqlite_url: str, written: str) -> None:
    async with Stage(sqlite_url, at=local(28, 12, month=8), hours=hours("07:00-20:00")) as stage:
        zoe, _ = await reminded(stage, "telegram")
        assert "Rien n’est encore confirmé" in await zoe.says(written)


@pytest.mark.parametrize(
    "written", ["Comment déclarer des copies?", "merci", "école", "J’ai 14 écoles", "Bonjour 12"]
)
async def test_what_is_no_head_count_goes_its_own_way(sqlite_url: str, written: str) -> None:
    async with Stage(sqlite_url, at=local(28, 12, month=8), hours=hours("07:00-20:00")) as stage:
        zoe, _ = await reminded(stage, "telegram")
        assert "Rien n’est encore confirmé" not in await zoe.says(written)


async def test_it_may_be_written_into_the_quoted_list(stage: Stage) -> None:
    zoe, _ = await reminded(stage, "mail")
    read = seen(
        await zoe.writes("", ["1. École des Tilleuls fictifs : 14", "2. École du Ruisseau fictif : 9"])
    )
    assert "École du Ruisseau fictif : 1 → 9" in read
    assert "École des Tilleuls fictifs : 2 → 14" in read


async def test_a_mail_that_begins_a_thread_is_asked_by_its_words(sqlite_url: str) -> None:
    async with Stage(sqlite_url, at=local(28, 12, month=8), hours=hours("07:00-20:00")) as stage:
        zoe, _ = await reminded(stage, "mail")
        read = seen(await zoe.writes("Tilleuls 14", draft=Draft(subject="Bonjour")))
        assert "Rien n’est encore confirmé" not in read


async def test_a_private_school_confirms_its_own(stage: Stage) -> None:
    def private(tx: Transaction) -> None:
        now = stage.clock.now()
        school_id = roster.add_school(tx, roster.School("Collège fictif", Sector.PRIVATE))
        person_id = roster.add_person(
            tx, "Paul Privé", "fr", (Place(Role.SCHOOL_ADMIN, school_id=school_id),), now
        )
        people.link(tx, person_id, "telegram", CHAT, now)

    await act(stage, private)
    paul = stage.person("stranger")
    assert "1. Collège fictif : aucun nombre" in seen(await paul.says("effectifs"))
    assert "• Collège fictif : 12" in seen(await paul.says("12"))
    await paul.presses("Confirmer")
    assert list((await counts(stage)).values()) == [12]


async def test_a_long_list_is_matched_beside_the_turn(stage: Stage) -> None:
    """So many names with so many that it would keep others waiting."""
    names = [f"École fictive {number}" for number in range(150)]

    def more(tx: Transaction) -> None:
        centre_id = tx.execute(select(service_centre.c.id)).scalar_one()
        for name in names:
            roster.add_school(tx, School(name, Sector.PUBLIC, centre_id))

    await act(stage, more)
    zoe, _ = await reminded(stage, "telegram")
    page = await zoe.says("\n".join(f"{name} : {number + 5}" for number, name in enumerate(names)))
    assert "École fictive 0 : 5" in seen(page)
    await zoe.says("oui")
    assert sorted((await counts(stage)).values()) == [number + 5 for number in range(150)]
