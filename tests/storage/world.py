"""A small roster for the tests of audiences: two service centres, three schools, and people added one by one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from sqlalchemy import insert, update

from storage import declarations, people, roster, talks
from storage.audiences import Candidate
from storage.campaigns import Aim, NewCampaign
from storage.database import Transaction
from storage.people import Place
from storage.roster import School
from storage.states import Audience, Role, Sector
from storage.tables import account, declaration, person, school
from tests.fakes.clock import NOON

PERIOD = "2026-1"
DAY = NOON.date()


@dataclass
class World:
    """Who is there, by name; `tx` is the transaction that all is done in."""

    tx: Transaction
    schools: dict[str, int] = field(default_factory=dict)
    centres: dict[str, int] = field(default_factory=dict)
    ids: dict[str, int] = field(default_factory=dict)

    def build(self) -> World:
        """The places; the school `out` is not selected for the collection."""
        for centre, names in {"north": ("birch", "cedar"), "south": ("maple", "out")}.items():
            self.centres[centre] = roster.add_centre(self.tx, centre)
            for name in names:
                made = School(name, Sector.PUBLIC, self.centres[centre], participating=name != "out")
                self.schools[name] = roster.add_school(self.tx, made)
        return self

    def add(self, name: str, role: Role, place: str, *ways: str, language: str | None = "fr") -> int:
        """Somebody with a role in a school or a service centre, linked on these channels, the newest last."""
        where = Place(role, self.schools.get(place), None, self.centres.get(place))
        self.ids[name] = roster.add_person(self.tx, name, language, (where,), NOON)
        for number, channel in enumerate(ways):
            self.link(name, channel, number)
        return self.ids[name]

    def link(self, name: str, channel: str, minutes: int = 0, *, own: bool = False) -> None:
        value = f"{name}@{channel}"
        people.link(self.tx, self.ids[name], channel, value, NOON + timedelta(minutes=minutes), own=own)

    def prefers(self, name: str, channel: str) -> None:
        self.tx.execute(update(person).where(person.c.id == self.ids[name]).values(reminds_on=channel))

    def declares(self, name: str, period: str = PERIOD, state: str = "sent") -> None:
        self.tx.execute(
            insert(declaration).values(
                person_id=self.ids[name],
                period=period,
                kind="book",
                title="Le renard bleu",
                copied="1-2",
                medium="paper",
                pupils=20,
                used_on=DAY,
                work_key="renard",
                late=False,
                destination="collector",
                sent_at=NOON,
                state=state,
            )
        )

    def says_nothing(self, name: str, period: str = PERIOD) -> None:
        declarations.say_nothing(self.tx, self.ids[name], period, NOON)

    def begins(self, name: str, conversation: str = "declare") -> None:
        talks.start(self.tx, self.ids[name], conversation, {}, NOON)

    def listed(self, name: str, *, has_account: bool) -> None:
        """An imported list names them."""
        row: dict[str, Any] = {"year": 2026, "has_account": has_account, "listed_at": NOON}
        self.tx.execute(insert(account).values(person_id=self.ids[name], **row))

    def counts(self, place: str, centre_id: int | None = None) -> None:
        """A school moves to another service centre."""
        self.tx.execute(update(school).where(school.c.id == self.schools[place]).values(centre_id=centre_id))

    def names(self, ids: object) -> list[str]:
        """Who they are."""
        assert isinstance(ids, list | tuple | set | frozenset)
        return [name for name, number in self.ids.items() if number in ids]


def a_campaign(
    audience: Audience = Audience.STAFF, key: str = "declare:2026-1:14", **more: Any
) -> NewCampaign:
    """A campaign of the first period, of use for four days."""
    aim = Aim(audience, PERIOD, **{name: more.pop(name) for name in list(more) if name in SCOPES})
    settled: dict[str, Any] = {
        "rule": key.partition(":")[0],
        "day": DAY,
        "useful_until": NOON + timedelta(days=4),
        "offset": 14,
    }
    return NewCampaign(key, aim=aim, **settled | more)


def by_mail(person_ids: Iterable[int]) -> list[Candidate]:
    """These people, whom a campaign is for."""
    return [Candidate(one, None, "mail", f"{one}@fictif.invalid") for one in person_ids]


SCOPES = ("school_id", "centre_id", "standing")
