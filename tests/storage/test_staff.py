"""The roster in bulk, on both databases: put in, corrected, closed and opened again."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from sqlalchemy import select

from storage import people, roles, roster, staff, staff_changes
from storage.database import Database, Transaction
from storage.people import Place
from storage.staff import Member, Post, School
from storage.staff_changes import Changes, Newcomer
from storage.states import Role, Sector
from storage.tables import person

NOW = datetime(2026, 11, 17, 14, 30, tzinfo=UTC)
CENTRE = "Centre fictif"
TILLEULS = School("École des Tilleuls", Sector.PUBLIC, CENTRE, True, 40, "514 555-0101")
ERABLES = School("Collège des Érables", Sector.PRIVATE)
TEACHES, RUNS = Post(Role.TEACHER, TILLEULS.name, CENTRE), Post(Role.SCHOOL_ADMIN, ERABLES.name)
MAILS = [f"p{number}@tilleuls.invalid" for number in range(1200)]
FIRST = Changes(
    centres=(CENTRE,),
    schools=(TILLEULS, ERABLES),
    newcomers=tuple(Newcomer(mail, f"Ana {mail}", "fr") for mail in MAILS),
    opened=(
        *((mail, TEACHES) for mail in MAILS),
        (MAILS[0], RUNS),
        (MAILS[1], Post(Role.CSS_ADMIN, None, CENTRE)),
    ),
)


def closed_at(tx: Transaction, person_id: int) -> datetime | None:
    found: datetime | None = tx.execute(select(person.c.closed_at).where(person.c.id == person_id)).scalar()
    return found


async def test_what_is_put_in_is_what_is_there(database: Database) -> None:
    await database.write(lambda tx: staff_changes.apply(tx, FIRST, NOW))

    def check(tx: Transaction) -> None:
        schools = {one.name: one for one in staff.schools(tx)}
        assert {replace(one, id=None) for one in schools.values()} == {TILLEULS, ERABLES}
        found = {one.mail: one for one in staff.at_mails(tx, [*MAILS, "nobody@tilleuls.invalid"])}
        assert sorted(found) == sorted(MAILS)
        assert all(
            one.linked and TEACHES in one.posts and one.name == f"Ana {mail}" for mail, one in found.items()
        )
        assert found[MAILS[0]].posts == {TEACHES, RUNS}
        assert staff.posts_of(tx, found[MAILS[1]].id) == {TEACHES, Post(Role.CSS_ADMIN, None, CENTRE)}
        there = staff.in_schools(tx, [schools[TILLEULS.name].id or 0])
        assert {one.id for one in there} == {one.id for one in found.values()}
        assert [(one.school.name, one.people) for one in staff.counted(tx)] == [
            (ERABLES.name, 1),
            (TILLEULS.name, 1200),
        ]

    await database.read(check)


async def test_who_leaves_is_closed_and_not_deleted_and_may_come_back(database: Database) -> None:
    await database.write(lambda tx: staff_changes.apply(tx, FIRST, NOW))
    known = {one.mail: one.id for one in await database.read(lambda tx: staff.at_mails(tx, MAILS))}
    first, second = known[MAILS[0]], known[MAILS[2]]
    later = NOW + timedelta(days=1)
    gone = Changes(closed=((first, TEACHES), (second, TEACHES)))
    await database.write(lambda tx: staff_changes.apply(tx, gone, later))

    def check(tx: Transaction) -> None:
        assert (closed_at(tx, first), closed_at(tx, second)) == (None, later)
        left = people.by_address(tx, "mail", MAILS[2])
        assert left
        assert (left.linked, left.places, left.name) == (True, (), f"Ana {MAILS[2]}")
        assert first in roles.holders(tx, Role.SCHOOL_ADMIN)
        assert second not in roles.holders(tx, Role.TEACHER)
        stays = staff.stays(tx, next(one.id or 0 for one in staff.schools(tx) if one.name == TILLEULS.name))
        assert {one.person_id for one in stays if one.closed_at == later} == {first, second}

    await database.read(check)
    await database.write(lambda tx: staff_changes.apply(tx, Changes(opened=((MAILS[2], TEACHES),)), later))
    assert await database.read(lambda tx: closed_at(tx, second)) is None
    assert second in await database.read(lambda tx: roles.holders(tx, Role.TEACHER))


async def test_a_role_given_by_hand_opens_again_too(database: Database) -> None:
    def play(tx: Transaction) -> None:
        staff_changes.apply(tx, FIRST, NOW)
        (one,) = staff.at_mails(tx, [MAILS[2]])
        staff_changes.apply(tx, Changes(closed=((one.id, TEACHES),)), NOW)
        school_id = next(school.id for school in staff.schools(tx) if school.name == TILLEULS.name)
        for _ in range(2):
            roster.add_role(tx, one.id, Place(Role.TEACHER, school_id=school_id))
        (back,) = staff.at_mails(tx, [MAILS[2]])
        assert (back.posts, closed_at(tx, one.id)) == (frozenset({TEACHES}), None)

    await database.write(play)


async def test_schools_and_people_are_corrected_and_an_address_is_vouched_for(database: Database) -> None:
    def play(tx: Transaction) -> None:
        staff_changes.apply(tx, FIRST, NOW)
        met = people.meet(tx, "mail", "parent@ailleurs.invalid", NOW)
        (known,) = (one for one in staff.schools(tx) if one.name == TILLEULS.name)
        changes = Changes(
            altered=(replace(known, headcount=41, participating=False),),
            corrected=(Member(met.id, "parent@ailleurs.invalid", "Ana Neuve", "en"),),
            vouched=("parent@ailleurs.invalid",),
            opened=(("parent@ailleurs.invalid", RUNS),),
        )
        staff_changes.apply(tx, changes, NOW)
        (one,) = staff.at_mails(tx, ["parent@ailleurs.invalid"])
        assert one == Member(met.id, "parent@ailleurs.invalid", "Ana Neuve", "en", True, frozenset({RUNS}))
        (school,) = (one for one in staff.schools(tx) if one.name == TILLEULS.name)
        assert (school.headcount, school.participating, school.phone) == (41, False, "514 555-0101")

    await database.write(play)
