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

    @property
    def person(self) -> Person:
        """Whom it reminds; they were found in this transaction."""
        found = people.by_id(self.tx, self.facts.person_id)
        assert found  # noqa: S101
        return found

    def places(self, role: Role) -> list[Place]:
        """Where the person has that role."""
        return [place for place in self.person.places if place.role is role]


Data = dict[str, Any]
Told = Callable[[Matter], Data]
"""What a template has to be told besides what all are told."""
