"""The demo organisation: complete, plainly invented, the same at every first use."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import AsyncIterator
from dataclasses import replace
from importlib.resources import files
from pathlib import Path

import pytest
from stdnum import isbn

from bot.settings import Destination, load_settings
from handlers import demo
from storage import people, roster
from storage.database import Transaction
from storage.states import SCHOOL_ROLES, Role
from storage.tables import metadata
from tests.handlers.demo_database import WEDNESDAY, Demo, empty, loaded


@pytest.fixture
async def full(sqlite_url: str) -> AsyncIterator[Demo]:
    async with loaded(sqlite_url) as found:
        yield found


async def test_both_databases_take_it_with_all_their_constraints(database_url: str) -> None:
    async with empty(database_url) as found:
        assert await found.write(roster.is_empty)
        assert await found.load()
        assert not await found.write(roster.is_empty)
        rows = await found.rows()
    assert {name: len(of_table) for name, of_table in rows.items() if of_table} == {
        "service_centre": 2,
        "school": 4,
        "person": 42,
        "role": 42,
        "address": 42,
        "declaration": 26,
        "declaration_version": 26,
        "no_use": 1,
    }


async def test_a_second_time_changes_nothing(full: Demo) -> None:
    before = await full.rows()
    assert not await full.load(WEDNESDAY.replace(year=2027))
    assert await full.rows() == before


async def test_two_first_uses_on_one_day_are_the_same(full: Demo) -> None:
    first = await full.rows()
    await full.write(_forget_all)
    assert await full.load()
    assert await full.rows() == first


def _forget_all(tx: Transaction) -> None:
    for table in reversed(metadata.sorted_tables):
        tx.execute(table.delete())


async def test_a_database_in_which_somebody_is_stays_as_it_is(sqlite_url: str) -> None:
    async with empty(sqlite_url) as found:
        await found.write(lambda tx: people.meet(tx, "telegram", "42", WEDNESDAY))
        before = await found.rows()
        assert not await found.load()
        assert await found.rows() == before


# People


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.PARENT}))
async def test_each_role_has_somebody_to_speak_for_it(full: Demo, role: Role) -> None:
    somebody = await full.person(role)
    assert somebody
    assert somebody.name
    assert somebody.roles == {role}
    assert bool(somebody.school) == (role in SCHOOL_ROLES)
    for who in (str(somebody.id), somebody.name, somebody.name.removesuffix(" (démo)")):
        assert await full.person(who) == somebody


async def test_a_parent_is_known_by_no_name_no_role_and_no_proof(full: Demo) -> None:
    parent = await full.person("parent")
    assert parent
    assert (parent.name, parent.roles) == (None, frozenset())
    assert await full.at_terminal(parent.id) == replace(parent, linked=False)
    assert len(await full.write(lambda tx: roster.unnamed_on(tx, demo.TERMINAL))) == 2


@pytest.mark.parametrize("who", ["personne", "9999", "", "(démo)"])
async def test_nobody_is_found_by_other_words(full: Demo, who: str) -> None:
    assert await full.person(who) is None


@pytest.mark.parametrize("who", ["teacher", "parent"])
async def test_nobody_speaks_for_a_role_where_the_demo_is_not(sqlite_url: str, who: str) -> None:
    async with empty(sqlite_url) as found:
        await found.write(lambda tx: people.add(tx, WEDNESDAY, "Maëlle Brindille"))
        await found.write(lambda tx: people.meet(tx, "telegram", "42", WEDNESDAY))
        assert await found.person(who) is None


async def test_everybody_with_a_name_is_linked_to_a_terminal_of_their_own(full: Demo) -> None:
    named = [one for one in await full.everybody() if one.name]
    assert len(named) == 40
    assert [await full.at_terminal(one.id) for one in named] == [replace(one, linked=True) for one in named]


async def test_some_write_in_english_and_two_have_more_than_one_role(full: Demo) -> None:
    found = await full.everybody()
    assert Counter(one.language for one in found) == {None: 37, "en": 5}
    assert {
        one.name: [(place.role, place.school) for place in one.places] for one in found if len(one.places) > 1
    } == {
        "Zacharie Farandole (démo)": [
            (Role.SPECIALIST, "École primaire de la Lune-en-Papier (fictive)"),
            (Role.SPECIALIST, "École primaire du Hibou-Distrait (fictive)"),
        ],
        "Ombeline Frimas (démo)": [
            (Role.TEACHER, "École primaire du Hibou-Distrait (fictive)"),
            (Role.SCHOOL_ADMIN, "École primaire du Hibou-Distrait (fictive)"),
        ],
    }


async def test_one_of_its_schools_is_private(full: Demo) -> None:
    assert Counter(row[2] for row in (await full.rows())["school"]) == {"public": 3, "private": 1}


# Nothing in it is real


async def test_every_name_says_that_it_is_invented(full: Demo) -> None:
    rows = await full.rows()
    places = [str(row[1]) for row in (*rows["service_centre"], *rows["school"])]
    assert [name for name in places if not re.search(r" \(ficti(f|ve)\)$", name)] == []
    names = [one.name for one in await full.everybody() if one.name]
    assert [name for name in names if not name.endswith(" (démo)")] == []
    assert "(organisme fictif)" in demo.demo_settings()["organisation"]


def test_no_address_in_it_can_reach_anybody() -> None:
    text = files("handlers").joinpath("demo.toml").read_text(encoding="utf-8")
    domains = re.findall(r"@([\w.-]+)", text)
    assert domains
    assert [one for one in domains if not re.search(r"(^|\.)(example\.(org|com|net)|invalid)$", one)] == []
    assert "://" not in text


async def test_no_real_book_has_one_of_its_numbers(full: Demo) -> None:
    numbers = {one.work.isbn for one in await full.sent() if one.work.isbn and len(one.work.isbn) == 13}
    assert len(numbers) >= 8
    # An empty group: the international agency has given these first digits to nobody.
    assert [number for number in numbers if isbn.split(number)[1]] == []


def test_its_settings_are_complete(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    for name in demo.demo_settings():
        monkeypatch.delenv(f"DECLIC_{name.upper()}", raising=False)
    settings = load_settings(demo.demo_settings())
    assert settings.organisation == "Collecte Boréale (organisme fictif)"
    assert settings.contact == "soutien@exemple.invalid"
    assert settings.destination is Destination.COLLECTOR
