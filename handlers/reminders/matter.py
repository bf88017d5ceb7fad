"""One reminder to one person, and what its page may be told."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from bot.render import DEFAULT_LANGUAGE
from bot.turn import House
from storage import people
from storage.audiences import Facts
from storage.campaigns import Campaign
from storage.database import Transaction
from storage.people import Person, Place
from storage.states import Role


@dataclass(frozen=True, slots=True)
class Matter:
    """One reminder to one person."""

    tx: Transaction
    house: House
    campaign: Campaign
    facts: Facts
    today: date

    @property
    def language(self) -> str:
        return self.facts.language or DEFAULT_LANGUAGE


class Overtaken(Exception):
    """What was true of somebody a moment ago is so no more: it is to be judged anew."""


def whom(matter: Matter) -> Person:
    """Whom it reminds, read for pages that need more than the facts; raises Overtaken where they are gone."""
    found = people.by_id(matter.tx, matter.facts.person_id)
    if found is None:
        raise Overtaken
    return found


def places_of(matter: Matter, role: Role) -> list[Place]:
    """Where the person has that role."""
    return [place for place in whom(matter).places if place.role is role]


Data = dict[str, Any]
Told = Callable[[Matter], Data]
"""What a template has to be told besides what all are told."""
