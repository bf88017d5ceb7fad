"""Campaigns to a group whose figures stay in its school: from outside neither preview nor progress tells them."""

from __future__ import annotations

from storage import roster
from storage.database import Transaction
from storage.declarations import say_nothing
from storage.people import Place
from storage.roster import School
from storage.states import Role, Sector
from tests.campaigning import act, at, id_of, local
from tests.stage import TUESDAY, Stage

OPEN = local(17, 16)
"""Within the sending hours."""
TO_SMALL, TO_OTHER = (f"!campaign:missing-school-{number}.2026-1" for number in (1, 2))


def six_more(tx: Transaction) -> None:
    """In the other school, from which the small one could be told."""
    for number in range(6):
        roster.add_person(tx, f"Personne {number}", "fr", (Place(Role.TEACHER, 2),), TUESDAY)


def twenty_more(tx: Transaction) -> None:
    """In a third school."""
    larger = roster.add_school(tx, School("École des Pins fictifs", Sector.PUBLIC, 1))
    for number in range(20):
        roster.add_person(tx, f"Personne {number}", "fr", (Place(Role.TEACHER, larger),), TUESDAY)


async def test_of_a_small_school_numbers_stay_there(sqlite_url: str) -> None:
    """An operator reminds the two teachers of a school: neither before nor after are they told how many."""
    async with Stage(sqlite_url) as stage:
        operator = stage.person("operator")
        page = await operator.presses_old(TO_SMALL)
        assert "c’est un petit groupe" in page
        assert "Recevraient" not in page
        await operator.says("oui")
        await at(stage, OPEN)
        await stage.post.drain()
        assert "restent à l’école" in await operator.presses_old("!campaigns:1")
        assert "Partis" in await stage.person("direction").presses_old("!campaigns:1")


async def test_nor_whether_anybody_is_left_there(sqlite_url: str) -> None:
    """Both teachers have said that they have nothing to declare; the operator can tell it from no page."""
    async with Stage(sqlite_url) as stage:
        await act(stage, lambda tx: say_nothing(tx, id_of(tx, "camille"), "2026-1", stage.clock.now()))
        await act(stage, lambda tx: say_nothing(tx, id_of(tx, "morgan"), "2026-1", stage.clock.now()))
        operator = stage.person("operator")
        assert "c’est un petit groupe" in await operator.presses_old(TO_SMALL)
        await operator.says("oui")
        await at(stage, OPEN)
        await stage.post.drain()
        assert "Personne à joindre" not in await operator.presses_old("!campaigns:1")
        assert "Personne à joindre" in await stage.person("direction").presses_old("!campaigns:1")


async def test_nor_those_of_all_where_these_are_few(sqlite_url: str) -> None:
    """Three teachers in all; twenty more, and the numbers are told."""
    async with Stage(sqlite_url) as stage:
        operator = stage.person("operator")
        page = await operator.presses_old("!campaign:missing-all.2026-1")
        assert "Recevraient" not in page
        await operator.says("oui")
        await at(stage, OPEN)
        await stage.post.drain()
        assert "Partis" not in await operator.presses_old("!campaigns:1")
        assert "partis" not in await operator.says("campagnes")
        await act(stage, twenty_more)
        assert "Partis" in await operator.presses_old("!campaigns:1")
        assert "partis" in await operator.says("campagnes")


async def test_nor_those_of_a_larger_school_beside_it(sqlite_url: str) -> None:
    async with Stage(sqlite_url) as stage:
        await act(stage, six_more)
        operator = stage.person("operator")
        page = await operator.presses_old(TO_OTHER)
        assert "Recevraient" not in page
        await operator.says("oui")
        await at(stage, OPEN)
        await stage.post.drain()
        for press in ("!campaigns:1", "!campaigns", "!campaigns:1-pause"):
            page = await operator.presses_old(press)
            assert "Joignables" not in page
            assert "Partis" not in page
            assert "%" not in page
