"""What a report's totals are made of, and what a reader of several places can work out from them."""

from __future__ import annotations

from collections.abc import AsyncIterator
from functools import partial

import pytest
from sqlalchemy import insert

from handlers.declarations.periods import Period
from handlers.reports.report import Report, Terms, read_report
from handlers.reports.views import views_of
from storage import declarations, people, roster
from storage.database import Transaction
from storage.people import Place
from storage.roster import School
from storage.states import Role, Sector
from storage.tables import headcount
from tests.campaigning import id_of, local
from tests.stage import TUESDAY, Stage, furnished

PERIOD = Period(2026, 1)
TERMS = Terms(TUESDAY.date(), furnished().settings.zone, 14)
TILLEULS, RUISSEAU, PINS = "École des Tilleuls fictifs", "École du Ruisseau fictif", "École des Pins fictifs"
ELSEWHERE = "École des Iris fictifs"


@pytest.fixture
async def stage(sqlite_url: str) -> AsyncIterator[Stage]:
    """Two people in the first school, three in the second, twenty in another one; elsewhere three."""
    async with Stage(sqlite_url) as stage:
        await stage.database.write(_staff)
        yield stage


def _staff(tx: Transaction) -> None:
    _fill(tx, 2, 2)
    _fill(tx, roster.add_school(tx, School(PINS, Sector.PUBLIC, 1)), 20)
    _fill(tx, roster.add_school(tx, School(ELSEWHERE, Sector.PUBLIC, roster.add_centre(tx, "Autre"))), 3)


def _fill(tx: Transaction, school_id: int, people_: int) -> None:
    for number in range(people_):
        name = f"Personne {school_id} {number}"
        person_id = roster.add_person(tx, name, "fr", (Place(Role.TEACHER, school_id),), TUESDAY)
        if number % 2:
            declarations.say_nothing(tx, person_id, PERIOD.key, TUESDAY)


async def seen(stage: Stage, *places: Place) -> dict[str, Report]:
    """What somebody with these places reads, by what it is about."""

    def read(tx: Transaction) -> dict[str, Report]:
        person_id = roster.add_person(tx, "Zoé Lectrice", "fr", places, TUESDAY)
        person = people.by_id(tx, person_id)
        assert person
        return {view.key: read_report(tx, view, PERIOD, TERMS) for view in views_of(tx, person)}

    return await stage.database.write(read)


OPERATOR, CENTRE = Place(Role.OPERATOR), Place(Role.CSS_ADMIN, centre_id=1)
OF_TILLEULS, OF_RUISSEAU = (Place(Role.SCHOOL_ADMIN, school_id=one) for one in (1, 2))


@pytest.mark.parametrize(
    ("places", "about", "shown"),
    [
        pytest.param((CENTRE,), "centre-1", {PINS}, id="a centre"),
        pytest.param((CENTRE, OF_TILLEULS), "centre-1", {TILLEULS}, id="and a school of it"),
        pytest.param((CENTRE, OF_RUISSEAU), "centre-1", {RUISSEAU}, id="or the other one"),
        pytest.param(
            (CENTRE, OF_TILLEULS, OF_RUISSEAU), "centre-1", {TILLEULS, RUISSEAU, PINS}, id="and both"
        ),
        pytest.param((OPERATOR,), "all", {PINS}, id="all"),
        pytest.param((OPERATOR, OF_TILLEULS), "all", {TILLEULS}, id="all, and a school"),
        pytest.param((OPERATOR, CENTRE), "all", {PINS}, id="all, and a centre"),
    ],
)
async def test_what_a_reader_sees_from_inside_tells_no_small_group(
    stage: Stage, places: tuple[Place, ...], about: str, shown: set[str]
) -> None:
    report = (await seen(stage, *places))[about]
    assert {one.name for one in report.schools if not one.hidden} == shown


async def test_who_follows_all_reads_of_a_service_centre_what_all_reads(stage: Stage) -> None:
    """From its own total, those of all others would tell the small one elsewhere."""
    reports = await seen(stage, OPERATOR, CENTRE)
    assert not reports["all"].total.hidden
    assert all(one.hidden for one in reports["all"].centres)
    assert reports["centre-1"].total.hidden
    assert not (await seen(stage, CENTRE))["centre-1"].total.hidden


async def test_each_operator_reads_in_the_morning_what_they_may_know(stage: Stage) -> None:
    """Sophie is responsible of a small school as well: by the large one she could tell the other small one."""
    await stage.database.write(lambda tx: roster.add_role(tx, id_of(tx, "sophie"), OF_TILLEULS))
    stage.clock.at = local(24, 8, 1)
    await stage.do_chores()
    sacha, sophie = (stage.person(name).reads() for name in ("operator", "sophie"))
    assert (PINS in sacha, TILLEULS in sacha) == (True, False)
    assert (PINS in sophie, TILLEULS in sophie) == (False, True)


@pytest.mark.parametrize(
    ("confirmed", "took_part", "told"),
    [(7, 0, "0 sur 7 (0 %)"), (1, 1, "1 sur 2 (50 %)"), (1, 2, "2 sur 2 (100 %)")],
)
async def test_those_on_the_list_are_the_measure_where_fewer_are_confirmed(
    stage: Stage, confirmed: int, took_part: int, told: str
) -> None:
    def confirm(tx: Transaction) -> None:
        _confirm(tx, 1, confirmed)
        for name in ("camille", "morgan")[:took_part]:
            declarations.say_nothing(tx, id_of(tx, name), PERIOD.key, TUESDAY)

    await stage.database.write(confirm)
    page = await stage.person("direction").says("participation")
    assert f"Ont participé : {told}" in page.replace("\N{NO-BREAK SPACE}", " ")


async def test_totals_are_the_sums_of_their_lines(stage: Stage) -> None:
    """Who is expected in one school and not on its list is not made up for by a longer list elsewhere."""
    for school_id, total in ((1, 10), (2, 10), (3, 10)):
        await stage.database.write(partial(_confirm, school_id=school_id, total=total))
    report = (await seen(stage, OPERATOR))["all"]
    for lines in (report.schools, report.centres):
        assert sum(one.out_of for one in lines) == report.total.out_of == 10 + 10 + 20 + 3
        assert sum(one.counts.unlisted for one in lines) == report.total.counts.unlisted == 8 + 7


def _confirm(tx: Transaction, school_id: int, total: int) -> None:
    row = {"school_id": school_id, "year": 2026, "total": total, "confirmed_at": TUESDAY}
    tx.execute(insert(headcount).values(**row))
