"""What an answer may know of who asks."""

from __future__ import annotations

import pytest

from handlers.questions.facts import audience_of
from storage import people
from storage.people import Person, Place
from storage.states import Role, Sector
from tests.stage import Stage


@pytest.mark.parametrize(
    ("roles", "audience"),
    [
        ("", None),
        ("teacher", "staff"),
        ("specialist", "staff"),
        ("professional", "staff"),
        ("secretary", "secretary"),
        ("parent", "parent"),
        ("operator", None),
        ("parent teacher", "staff"),
        ("teacher secretary", "secretary"),
        ("secretary school-admin", "school-admin"),
        ("school-admin css-admin operator", "css-admin"),
    ],
)
def test_the_widest_charge_is_the_audience(roles: str, audience: str | None) -> None:
    assert audience_of(Person(1, places=tuple(Place(Role(role)) for role in roles.split()))) == audience


async def test_the_sector_is_that_of_the_school(sqlite_url: str) -> None:
    async with Stage(sqlite_url) as stage:
        found = await stage.database.read(lambda tx: people.by_address(tx, "telegram", "101"))
        parent = await stage.database.read(lambda tx: people.by_address(tx, "telegram", "105"))
    assert found
    assert found.school
    assert found.school.sector is Sector.PUBLIC
    assert parent
    assert parent.places[0].sector is None
