"""The demo organisation of `demo.toml`: invented people and declarations, to try the assistant out."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from handlers.declarations.filing import Terms, file
from handlers.declarations.periods import period_of
from storage import declarations, people, roster
from storage.database import Transaction
from storage.declarations import Use, Work
from storage.people import Address, Person, Place
from storage.roster import School
from storage.states import Role, Sector

SCHOOL_CALENDAR = Path(__file__).with_name("demo_calendar.toml")
"""When its schools are closed."""
TERMINAL = "terminal"
"""The channel on which everybody of the demo has an address: their id."""

Ids = Mapping[str, int]
People = Mapping[str, Person]
"""Everybody by the name in the file."""


def demo_settings() -> Mapping[str, str]:
    """What stands where the operator has said nothing: `load_settings(demo_settings())`."""
    return {**_data()["settings"], "school_calendar": str(SCHOOL_CALENDAR)}


def load_demo(tx: Transaction, now: datetime) -> bool:
    """Fills a database that is empty, and only such a one: whether it was.

    `now` is in the organisation's zone; the days of the demo are counted back from it.
    """
    if not roster.is_empty(tx):
        return False
    everybody = _add_people(tx, now)
    for sent in sorted(_data()["declarations"], key=lambda entry: -entry["sent"]):
        _declare(tx, everybody[sent["by"]], sent, now)
    for said in _data()["nothing"]:
        at = now - timedelta(days=said["said"])
        declarations.say_nothing(tx, everybody[said["by"]].id, period_of(at.date()).key, at)
    return True


def person_for(tx: Transaction, who: str) -> Person | None:
    """Whom these words mean: a role (always the same person of the demo), or somebody's name or id."""
    if who == Role.PARENT:
        return next((people.by_id(tx, unnamed) for unnamed in roster.unnamed_on(tx, TERMINAL)), None)
    marked = _marked(_data()["cast"].get(who, who))
    return next(iter(people.find(tx, marked) or people.find(tx, who)), None)


@cache
def _data() -> Mapping[str, Any]:
    return tomllib.loads(files("handlers").joinpath("demo.toml").read_text(encoding="utf-8"))


def _marked(name: str) -> str:
    return f"{name} {_data()['mark']}"


def _add_people(tx: Transaction, now: datetime) -> People:
    places: dict[str, tuple[Place, ...]] = {}
    for name, place in _places(tx):
        places[name] = (*places.get(name, ()), place)
    for _ in range(_data()["people"]["parents"]):
        parent_id = people.add(tx, now)
        roster.add_address(tx, parent_id, Address(TERMINAL, str(parent_id)))
    return {name: _add_person(tx, name, where, now) for name, where in places.items()}


def _add_person(tx: Transaction, name: str, places: tuple[Place, ...], now: datetime) -> Person:
    language = "en" if name in _data()["people"]["english"] else None
    person_id = roster.add_person(tx, _marked(name), language, places, now)
    people.link(tx, person_id, TERMINAL, str(person_id), now)
    return people.find(tx, str(person_id))[0]


def _places(tx: Transaction) -> Iterator[tuple[str, Place]]:
    """Every role with the name of who has it; adds the service centres and schools on the way."""
    centres = {centre["name"]: roster.add_centre(tx, centre["name"]) for centre in _data()["centres"]}
    for centre in _data()["centres"]:
        yield from _staff(centre["people"], centre_id=centres[centre["name"]])
    for school in _data()["schools"]:
        yield from _staff(school["people"], school_id=roster.add_school(tx, _school(school, centres)))
    yield from _staff(_data()["people"]["of_no_place"])


def _school(entry: Mapping[str, Any], centres: Ids) -> School:
    centre = entry.get("centre")
    return School(
        name=entry["name"],
        sector=Sector(entry["sector"]),
        centre_id=centres[centre] if centre else None,
        headcount=entry["headcount"],
    )


def _staff(
    names: Mapping[str, list[str]], *, school_id: int | None = None, centre_id: int | None = None
) -> Iterator[tuple[str, Place]]:
    for role, holders in names.items():
        for name in holders:
            yield name, Place(Role(role), school_id=school_id, centre_id=centre_id)


def _declare(tx: Transaction, person: Person, entry: Mapping[str, Any], now: datetime) -> None:
    work = Work(**_data()["works"][entry["work"]])
    use = Use(**entry["use"], used_on=(now - timedelta(days=entry["used"])).date())
    terms = Terms(_data()["grace_days"], demo_settings()["destination"])
    filing = file(person, work, use, now - timedelta(days=entry["sent"]), terms)
    declarations.send(tx, None, work, use, filing)
