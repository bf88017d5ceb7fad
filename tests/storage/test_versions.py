"""A sent declaration in versions: each is kept, and nobody writes over what somebody else has changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import Row, select, text

from storage import closings, declarations, people, roster, versions
from storage.database import Database, Transaction, open_database
from storage.declarations import Declaration, Filing, Use, Work
from storage.people import Place
from storage.states import DeclarationState, Role, Sector
from storage.tables import declaration, declaration_version
from tests.fakes.clock import NOON

WORK = Work("book", "Le renard bleu", author="Odile Fictive", total_pages=100)
USE = Use("1-40", "paper", 24, date(2026, 11, 16), note="Groupe 401")
LATER = NOON + timedelta(minutes=5)


@pytest.fixture
async def database(database_url: str) -> Database:
    return open_database(database_url)


def sent(tx: Transaction, state: DeclarationState = DeclarationState.TO_COMPLETE) -> Declaration:
    """A declaration of somebody new."""
    school = roster.add_school(tx, roster.School("Collège fictif", Sector.PRIVATE))
    person = roster.add_person(tx, "Camille", "fr", (Place(Role.TEACHER, school),), NOON)
    filing = Filing(person, school, "2026-1", "k", 40, 40.0, True, False, "collector", NOON)
    return read(tx, declarations.send(tx, None, WORK, USE, filing, state))


def read(tx: Transaction, number: int) -> Declaration:
    found = declarations.by_id(tx, number)
    assert found
    return found


def kept_of(tx: Transaction, number: int) -> Sequence[Row[Any]]:
    """All versions, the first one first."""
    of_it = declaration_version.c.declaration_id == number
    named = declaration_version.c["values"].label("said")
    found = select(declaration_version, named).where(of_it)
    return tx.execute(found.order_by(declaration_version.c.version)).all()


def revised(tx: Transaction, before: Declaration, pages: str = "1-10") -> bool:
    """Its next version, with these pages."""
    use, filing = replace(before.use, copied=pages), replace(before.filing, pages=10, share=10.0, over=False)
    return versions.revise(tx, before, before.work, use, filing, DeclarationState.SENT, LATER)


async def test_every_version_is_kept_with_who_changed_it_when(database: Database) -> None:
    def work(tx: Transaction) -> None:
        first = sent(tx)
        assert revised(tx, first)
        second = read(tx, first.id)
        assert (second.use.copied, second.course.version, second.course.changed_at) == ("1-10", 2, LATER)
        kept = kept_of(tx, first.id)
        assert [(one.version, one.said["copied"], one.changed_at) for one in kept] == [
            (1, "1-40", NOON),
            (2, "1-10", LATER),
        ]
        assert {one.changed_by for one in kept} == {first.filing.person_id}
        assert (kept[0].said["used_on"], kept[0].said["note"]) == ("2026-11-16", "Groupe 401")

    await database.write(work)
    await database.close()


async def test_what_has_changed_meanwhile_is_not_written_over(database: Database) -> None:
    def work(tx: Transaction) -> None:
        first = sent(tx)
        assert revised(tx, first)
        assert not revised(tx, first, "1-5")
        assert not versions.decide(tx, first, DeclarationState.SENT, first.filing.person_id, LATER, None)
        assert not versions.set_state(tx, first, DeclarationState.WITHDRAWN, LATER)
        assert read(tx, first.id).use.copied == "1-10"
        assert len(kept_of(tx, first.id)) == 2

    await database.write(work)
    await database.close()


async def test_a_declaration_is_decided_once(database: Database) -> None:
    def work(tx: Transaction) -> None:
        first = sent(tx)
        by = people.add(tx, NOON, "Dominique", "fr")
        assert versions.decide(tx, first, DeclarationState.REFUSED, by, LATER, "trop de pages")
        assert not versions.decide(tx, first, DeclarationState.SENT, by, LATER, None)
        course = read(tx, first.id).course
        assert (course.state, course.decided_by, course.reason) == ("refused", by, "trop de pages")
        assert not course.counts

    await database.write(work)
    await database.close()


@pytest.mark.parametrize(
    ("state", "counts"),
    [
        (DeclarationState.SENT, True),
        (DeclarationState.TO_COMPLETE, True),
        (DeclarationState.REFUSED, False),
        (DeclarationState.WITHDRAWN, False),
    ],
)
async def test_what_counts_as_taking_part_and_as_the_same_use(
    database: Database, state: DeclarationState, counts: bool
) -> None:
    def work(tx: Transaction) -> None:
        one = sent(tx, state)
        person = one.filing.person_id
        assert declarations.took_part(tx, person, "2026-1") is counts
        assert declarations.same_use(tx, person, "k", USE) == (one.id if counts else None)
        assert declarations.same_use(tx, person, "k", USE, one.id) is None

    await database.write(work)
    await database.close()


async def test_a_new_version_forgets_what_was_decided_of_the_one_before(database: Database) -> None:
    def work(tx: Transaction) -> None:
        first = sent(tx)
        by = people.add(tx, NOON, "Dominique", "fr")
        versions.decide(tx, first, DeclarationState.REFUSED, by, LATER, "trop de pages")
        assert revised(tx, read(tx, first.id))
        course = read(tx, first.id).course
        assert (course.state, course.decided_by, course.reason) == ("sent", None, None)

    await database.write(work)
    await database.close()


async def test_a_period_is_closed_and_reopened_by_hand(database: Database) -> None:
    def work(tx: Transaction) -> None:
        closings.set_open(tx, "2026-1", False, NOON)
        closings.set_open(tx, "2025-3", True, NOON)
        closings.set_open(tx, "2026-1", True, LATER)
        assert closings.by_hand(tx) == {"2026-1": True, "2025-3": True}

    await database.write(work)
    await database.close()


async def test_what_was_sent_before_there_were_versions_is_the_first_one(database: Database) -> None:
    def work(tx: Transaction) -> int:
        return sent(tx, DeclarationState.SENT).id

    number = await database.write(work)
    await database.write(down_and_up)
    (kept,) = await database.read(lambda tx: kept_of(tx, number))
    state = await database.read(lambda tx: tx.execute(select(declaration.c.state)).scalar())
    assert (kept.version, kept.changed_at, kept.said["copied"], state) == (1, NOON, "1-40", "sent")
    assert kept.said["used_on"] == "2026-11-16"
    await database.close()


def down_and_up(tx: Transaction) -> None:
    """Back to the tables without versions, and on again."""
    from alembic import command  # noqa: PLC0415

    from storage import schema  # noqa: PLC0415

    command.downgrade(schema.alembic_config(tx), "0007")
    tx.execute(text("SELECT id FROM declaration"))
    command.upgrade(schema.alembic_config(tx), "head")
