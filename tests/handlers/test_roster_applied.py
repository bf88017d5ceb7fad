"""Lists put into a real roster: it then says what the list says, and the same list again changes nothing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, create_engine

from handlers.roster.lines import Line
from handlers.roster.plan import Plan
from handlers.roster.present import applied, planned
from handlers.roster.scope import EVERYTHING
from storage import staff
from storage.states import Role
from storage.tables import metadata
from tests.rosters import words
from tests.stage import TUESDAY

SCHOOLS = ("École des Tilleuls", "École du Ruisseau", "Collège des Érables")
SECTORS = ("public", "public", "privé")
CENTRES = ("Centre fictif", "Centre fictif", "")
ROLES = {"enseignante": Role.TEACHER, "secrétaire": Role.SECRETARY, "directrice": Role.SCHOOL_ADMIN}


@pytest.fixture(scope="module")
def memory() -> Iterator[Callable[[], Connection]]:
    """A way to an empty database in memory: nothing of it stays."""
    engine = create_engine("sqlite://", isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        metadata.create_all(connection)

        def emptied() -> Connection:
            for table in reversed(metadata.sorted_tables):
                connection.execute(table.delete())
            return connection

        yield emptied
    engine.dispose()


def line(number: int, who: int, school: int, role: str) -> Line:
    return Line(
        number, CENTRES[school], SCHOOLS[school], SECTORS[school],
        name=f"Ana Essai{who}", mail=f"p{who}@tilleuls.invalid", role=role,
    )  # fmt: skip


LINE = st.tuples(st.integers(0, 6), st.integers(0, 2), st.sampled_from(list(ROLES)))
FILE = st.lists(LINE, min_size=1, max_size=12).map(
    lambda rows: tuple(line(number, *row) for number, row in enumerate(rows, start=2))
)


def put(tx: Connection, lines: Sequence[Line]) -> Plan:
    plan = planned(tx, lines, EVERYTHING, words())
    applied(tx, plan, TUESDAY)
    return plan


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(files=st.lists(FILE, min_size=1, max_size=3))
def test_the_roster_says_what_the_last_list_of_a_school_says(
    memory: Callable[[], Connection], files: list[tuple[Line, ...]]
) -> None:
    tx = memory()
    for lines in files:
        before = posts(tx)
        put(tx, lines)
        assert not planned(tx, lines, EVERYTHING, words()).changes
        assert posts(tx) == expected(before, lines)


def posts(tx: Connection) -> dict[str, set[tuple[str, Role]]]:
    """Who does what in each school."""
    found: dict[str, set[tuple[str, Role]]] = defaultdict(set)
    mails = [f"p{who}@tilleuls.invalid" for who in range(7)]
    for one in staff.at_mails(tx, mails):
        for post in one.posts:
            found[post.school or ""].add((one.mail, post.role))
    return dict(found)


def expected(
    before: dict[str, set[tuple[str, Role]]], lines: Sequence[Line]
) -> dict[str, set[tuple[str, Role]]]:
    """The schools of the list as it says, all others as they were; a list of directions speaks of no one else."""
    said: dict[str, set[tuple[str, Role]]] = defaultdict(set)
    for one in lines:
        said[one.school].add((one.mail, ROLES[one.role]))
    are_contacts = {ROLES[one.role] for one in lines} == {Role.SCHOOL_ADMIN}
    for school, there in before.items():
        if school not in said:
            said[school] = there
        elif are_contacts:
            said[school] |= {(mail, role) for mail, role in there if role is not Role.SCHOOL_ADMIN}
    return dict(said)


def test_a_faulty_line_keeps_no_other_from_being_applied(memory: Callable[[], Connection]) -> None:
    tx = memory()
    good, bad = line(2, 1, 0, "enseignante"), Line(3, school=SCHOOLS[0], name="Noé", mail="noé", role="x")
    assert [noted.number for noted in put(tx, (good, bad)).refused] == [3]
    assert posts(tx) == {SCHOOLS[0]: {(good.mail, Role.TEACHER)}}
