"""Lists of people as text, and a small roster in memory to compare them with."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache

from handlers.roster.checking import Present, by_name
from handlers.roster.lines import Line, Words, sheet_of, words_of
from handlers.roster.plan import Plan, plan_for
from handlers.roster.scope import EVERYTHING, Scope
from storage.staff import Member, Post, School
from storage.states import Role, Sector
from tests.stage import furnished

CENTRE, ELSEWHERE = "Centre fictif", "Centre d’ailleurs"
TILLEULS = School("École des Tilleuls", Sector.PUBLIC, CENTRE, headcount=40, id=1)
RUISSEAU = School("École du Ruisseau", Sector.PUBLIC, CENTRE, id=2)
LOIN = School("École du Loin", Sector.PUBLIC, ELSEWHERE, id=3)
TWIN = School("École du Ruisseau", Sector.PUBLIC, ELSEWHERE, id=4)
ERABLES = School("Collège des Érables", Sector.PRIVATE, id=5)
SCHOOLS = (TILLEULS, RUISSEAU, LOIN, TWIN, ERABLES)

OF_CENTRE = Scope(centres=frozenset({CENTRE}))
OF_TILLEULS = Scope(schools=frozenset({TILLEULS.key}))


@cache
def words() -> Words:
    """Those of the real templates."""
    return words_of(furnished().wording)


def post(role: Role, school: School) -> Post:
    return Post(role, school.name, school.centre)


def member(number: int, mail: str, name: str, *posts: Post, language: str | None = None) -> Member:
    return Member(number, mail, name, language, posts=frozenset(posts))


STAFF = (
    member(1, "d.roy@tilleuls.invalid", "Dominique Roy", post(Role.SCHOOL_ADMIN, TILLEULS)),
    member(2, "c.essai@tilleuls.invalid", "Camille Essai", post(Role.TEACHER, TILLEULS)),
    member(3, "n.lac@tilleuls.invalid", "Noé Lac", post(Role.TEACHER, TILLEULS), post(Role.TEACHER, LOIN)),
    member(4, "l.loin@loin.invalid", "Luc Loin", post(Role.TEACHER, LOIN)),
    member(5, "z.roche@centre.invalid", "Zoé Roche", Post(Role.CSS_ADMIN, centre=CENTRE)),
    member(6, "parti@tilleuls.invalid", "Guy Parti"),
)


def lines(written: str) -> tuple[Line, ...]:
    """A list with `;` between its cells."""
    rows = [tuple(cell.strip() for cell in row.split(";")) for row in written.strip().split("\n")]
    width = max(map(len, rows))
    return sheet_of([(*row, *("",) * (width - len(row))) for row in rows], words()).lines


def present(
    staff: Iterable[Member] = STAFF, schools: Sequence[School] = SCHOOLS, forgotten: str = ""
) -> Present:
    people = tuple(staff)
    return Present(
        (ELSEWHERE, CENTRE),
        tuple(schools),
        {one.mail: one for one in people},
        people,
        by_name(people),
        frozenset(filter(None, [forgotten])),
        frozenset(one.id for one in people if not one.mail),
    )


def plan(written: str, scope: Scope = EVERYTHING, of: Present | None = None) -> Plan:
    """What the list would change in that roster."""
    return plan_for(lines(written), of or present(), scope, words())


def told(found: Plan) -> dict[int, list[str]]:
    """The reasons for which lines are refused."""
    return {noted.number: [reason.word for reason in noted.reasons] for noted in found.refused}
