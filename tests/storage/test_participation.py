"""Who took part, over random data: the same as a plain count in Python, on both databases."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import partial

import pytest
from sqlalchemy import insert, update

from storage import declarations, participation, roster, talks, telegram_off
from storage.database import Database, Transaction
from storage.declarations import Filing, Use, Work
from storage.figures import Counts, Figures, Missing, added
from storage.people import Place
from storage.roster import School
from storage.states import COUNTING, DECLARING_ROLES, SCHOOL_ROLES, DeclarationState, Role, Sector, TalkState
from storage.tables import address, headcount, role, school, talk

PERIOD, OTHER = "2026-1", "2025-3"
FIRST = datetime(2026, 9, 1, 12, tzinfo=UTC)
SINCE = datetime(2026, 11, 11, 5, tzinfo=UTC)
WORK, USE = Work("book", "Le renard bleu"), Use("1-9", "paper", 25, date(2026, 11, 2))
CENTRES = ("Centre fictif", "Autre centre fictif")
NOBODY = {role: Counts() for role in DECLARING_ROLES}


@dataclass(slots=True)
class Somebody:
    """What is made up of one person, and counted by hand."""

    id: int
    name: str
    roles: set[tuple[int, Role]] = field(default_factory=set)
    reached: bool = False
    sent: list[datetime] = field(default_factory=list)
    said: datetime | None = None
    draft: bool = False
    refused: bool = False

    @property
    def first(self) -> datetime | None:
        return min([*self.sent, *([self.said] if self.said else [])], default=None)


@dataclass(slots=True)
class World:
    """Schools full of people, the same each time for a seed."""

    seed: int
    schools: dict[int, bool] = field(default_factory=dict)
    """Whether each was selected."""
    staff: list[Somebody] = field(default_factory=list)
    heads: dict[int, dict[str, int | None]] = field(default_factory=dict)
    off: bool = False

    def fill(self, tx: Transaction) -> None:
        chance = random.Random(self.seed)
        centres = [roster.add_centre(tx, name) for name in CENTRES]
        for number in range(6):
            centre = None if number == 5 else centres[number % 2]
            sector = Sector.PUBLIC if centre else Sector.PRIVATE
            school_id = roster.add_school(tx, School(f"École {number} fictive", sector, centre))
            self.schools[school_id] = number != 4
        unselected = [one for one, selected in self.schools.items() if not selected]
        tx.execute(update(school).where(school.c.id.in_(unselected)).values(participating=False))
        self.staff = [self._somebody(tx, chance, number) for number in range(80)]
        for school_id in list(self.schools)[:3]:
            self._heads(tx, chance, school_id)

    def _somebody(self, tx: Transaction, chance: random.Random, number: int) -> Somebody:
        name = f"Personne {number:02}"
        roles = {
            (chance.choice(list(self.schools)), chance.choice(SCHOOL_ROLES))
            for _ in range(chance.randint(1, 3))
        }
        places = tuple(Place(role, school_id) for school_id, role in sorted(roles))
        one = Somebody(roster.add_person(tx, name, "fr", places, FIRST), name, roles)
        if chance.random() < 0.2:
            gone = chance.choice(sorted(roles))
            left = update(role).where(role.c.person_id == one.id, role.c.school_id == gone[0])
            tx.execute(left.where(role.c.role == gone[1]).values(closed_at=FIRST))
            one.roles.discard(gone)
        self._addresses(tx, chance, one)
        for _ in range(chance.choice((0, 0, 1, 3))):
            self._declare(tx, chance, one)
        if chance.random() < 0.25:
            when, period = _some_time(chance), chance.choice((PERIOD, PERIOD, OTHER))
            declarations.say_nothing(tx, one.id, period, when)
            one.said = when if period == PERIOD else None
        if chance.random() < 0.3:
            state = chance.choice((TalkState.FOREGROUND, TalkState.ASIDE, TalkState.FINISHED))
            begun = talks.start(tx, one.id, chance.choice(("declare", "declare", "signing")), {}, FIRST)
            tx.execute(update(talk).where(talk.c.id == begun.id).values(state=state))
            one.draft = begun.conversation == "declare" and state is not TalkState.FINISHED
        return one

    def _addresses(self, tx: Transaction, chance: random.Random, one: Somebody) -> None:
        for channel in ("mail", "telegram"):
            kind = chance.choice(("none", "linked", "dead", "claimed"))
            row = {"channel": channel, "value": f"{channel}{one.id}", "person_id": one.id}
            linked = None if kind == "claimed" else FIRST
            dead = {"dead_at": FIRST, "dead_reason": "gone"} if kind == "dead" else {}
            if kind != "none":
                tx.execute(insert(address).values(**row, linked_at=linked, **dead))
            closed = self.off and channel == "telegram" and any(role == Role.TEACHER for _, role in one.roles)
            one.reached = one.reached or (kind == "linked" and not closed)

    def _declare(self, tx: Transaction, chance: random.Random, one: Somebody) -> None:
        when, period = _some_time(chance), chance.choice((PERIOD, PERIOD, OTHER))
        state = chance.choice(tuple(DeclarationState))
        filing = Filing(one.id, None, period, "k", 9, None, None, False, "collector", when)
        declarations.send(tx, None, WORK, USE, filing, state)
        if period == PERIOD and state in COUNTING:
            one.sent.append(when)
        one.refused = one.refused or (period == PERIOD and state is DeclarationState.REFUSED)

    def _heads(self, tx: Transaction, chance: random.Random, school_id: int) -> None:
        teachers = chance.choice((None, 12))
        self.heads[school_id] = {
            "teachers": teachers,
            "specialists": None,
            "professionals": None,
            "total": 17,
        }
        row = {"school_id": school_id, "year": 2026, "confirmed_at": FIRST, **self.heads[school_id]}
        tx.execute(insert(headcount).values(**row))
        tx.execute(insert(headcount).values({**row, "year": 2025, "total": 99}))

    def counted(self, school_id: int) -> Figures:
        """The plain count."""
        heads = self.heads.get(school_id, {})
        named = zip(DECLARING_ROLES, ("teachers", "specialists", "professionals"), strict=True)
        by_role = {one: _counts(self.at(school_id, one), heads.get(name)) for one, name in named}
        every = [one for each in DECLARING_ROLES for one in self.at(school_id, each)]
        return Figures(_counts(every, heads.get("total")), by_role, bool(heads))

    def at(self, school_id: int, wanted: Role) -> Iterator[Somebody]:
        """Everybody whose first declaring role in the school is this one."""
        for one in self.staff:
            here = [role for role in DECLARING_ROLES if (school_id, role) in one.roles]
            if here[:1] == [wanted]:
                yield one


def _counts(among: Iterator[Somebody] | list[Somebody], confirmed: int | None) -> Counts:
    people_ = list(among)
    expected = len(people_) if confirmed is None else confirmed
    return Counts(
        expected,
        len(people_),
        sum(one.reached for one in people_),
        sum(bool(one.sent) for one in people_),
        sum(one.said is not None and not one.sent for one in people_),
        sum(one.draft and one.first is None for one in people_),
        sum(one.first is not None and one.first >= SINCE for one in people_),
        max(0, expected - len(people_)),
    )


def _some_time(chance: random.Random) -> datetime:
    """Sometimes the very moment that is counted from, or the one before it."""
    return chance.choice(
        (SINCE, SINCE - timedelta(seconds=1), FIRST + timedelta(hours=chance.randint(0, 1900)))
    )


@pytest.mark.parametrize("seed", range(4))
async def test_the_figures_are_those_of_a_plain_count(database: Database, seed: int) -> None:
    world = World(seed, off=seed == 3)
    await database.write(world.fill)
    if world.off:
        await database.write(lambda tx: telegram_off.keep_only(tx, [Role.TEACHER]))
    wanted = {one: world.counted(one) for one, selected in world.schools.items() if selected}
    for centre_id in (None, *await database.read(_centre_ids)):
        found = await database.read(
            partial(participation.of_schools, period=PERIOD, centre_id=centre_id, since=SINCE)
        )
        own = {one.school.id: one.figures for one in found}
        assert own == {id_: wanted[id_] for id_ in own}
        assert centre_id or own == wanted
        together = added(own.values()).total
        for figure in ("missing", "unlisted", "out_of", "took_part"):
            assert getattr(together, figure) == sum(getattr(one.total, figure) for one in own.values())
    for school_id in world.schools:
        alone = await database.read(
            partial(participation.of_school, school_id=school_id, period=PERIOD, since=SINCE)
        )
        assert alone == world.counted(school_id)


@pytest.mark.parametrize("seed", range(2))
async def test_those_missing_and_when_the_others_took_part(database: Database, seed: int) -> None:
    world = World(seed)
    await database.write(world.fill)
    for school_id in world.schools:
        here = [(one, role) for role in DECLARING_ROLES for one in world.at(school_id, role)]
        missing = await database.read(partial(participation.missing, school_id=school_id, period=PERIOD))
        assert missing == tuple(
            Missing(one.id, one.name, role, one.draft, one.reached, one.refused)
            for one, role in sorted(here, key=lambda each: each[0].name)
            if one.first is None
        )
        firsts = await database.read(partial(participation.taken_part, school_id=school_id, period=PERIOD))
        assert list(firsts) == sorted(one.first for one, _ in here if one.first)


async def test_where_there_is_nobody_there_is_nothing(database: Database) -> None:
    school_id = await database.write(
        lambda tx: roster.add_school(tx, School("Collège fictif", Sector.PRIVATE))
    )
    every = await database.read(lambda tx: participation.of_schools(tx, PERIOD))
    assert [one.school.name for one in every] == ["Collège fictif"]
    assert await database.read(lambda tx: participation.of_school(tx, school_id, PERIOD)) == Figures(
        by_role=NOBODY
    )
    assert added(()) == Figures(by_role=NOBODY)


def _centre_ids(tx: Transaction) -> list[int]:
    found = {one.centre_id for one in participation.selected(tx) if one.centre_id is not None}
    return sorted(found)
