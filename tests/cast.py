"""The cast of the conversation tests: a small organisation, clearly fictional, and where each of it writes from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import insert

from storage import people
from storage.database import Transaction
from storage.states import Role
from storage.tables import role, school, service_centre


@dataclass(frozen=True, slots=True)
class Part:
    """Somebody of the cast; without a role, somebody that the assistant has never met."""

    name: str
    addresses: Mapping[str, str]
    """The first channel is where they are unless another is named."""
    role: Role | None = None
    school: int | None = None
    language: str | None = "fr"


CENTRE = "Centre de services fictif"
SCHOOLS = ("École des Tilleuls fictifs", "École du Ruisseau fictif")
CAST: Mapping[str, Part] = {
    "camille": Part(
        "Camille Essai",
        {"telegram": "101", "terminal": "camille", "mail": "camille@tilleuls.invalid"},
        Role.TEACHER,
        0,
    ),
    "morgan": Part(
        "Morgan Sample",
        {"telegram": "102", "terminal": "morgan", "mail": "morgan@tilleuls.invalid"},
        Role.TEACHER,
        0,
        "en",
    ),
    "lou": Part("Lou Ailleurs", {"telegram": "103"}, Role.TEACHER, 1),
    "direction": Part("Dominique Direction", {"telegram": "104"}, Role.SCHOOL_ADMIN, 0),
    "parent": Part("Alex Parent", {"telegram": "105"}, Role.PARENT),
    "operator": Part("Sacha Équipe", {"terminal": "operator"}, Role.OPERATOR),
    "sophie": Part("Sophie Lavoie", {"mail": "soutien@css.invalid"}, Role.OPERATOR),
    "stranger": Part("", {"telegram": "999", "mail": "inconnue@ailleurs.invalid"}, language=None),
    "claude": Part(
        "Claude Secrétariat",
        {"telegram": "106", "mail": "claude@tilleuls.invalid"},
        Role.SECRETARY,
        0,
    ),
}


OF_THE_TEAM = [
    value for part in CAST.values() if part.role is Role.OPERATOR for value in part.addresses.values()
]
"""Where the operators are reached."""


def seed(tx: Transaction, now: datetime) -> None:
    """Puts the organisation into an empty database."""
    made = insert(service_centre).values(name=CENTRE).returning(service_centre.c.id)
    centre = tx.execute(made).scalar_one()
    rows = [{"name": name, "sector": "public", "centre_id": centre} for name in SCHOOLS]
    schools = [tx.execute(insert(school).values(row).returning(school.c.id)).scalar_one() for row in rows]
    for part in CAST.values():
        if part.role:
            where = None if part.school is None else schools[part.school]
            person_id = people.add(tx, now, part.name, part.language)
            tx.execute(insert(role).values(person_id=person_id, role=part.role, school_id=where))
            for channel, value in part.addresses.items():
                people.link(tx, person_id, channel, value, now)
