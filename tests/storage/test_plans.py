"""What is asked of years of rows is found by an index, whichever rows there are."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import Connection, event

from bot.settings.privacy import PrivacySettings
from storage import (
    care,
    codes,
    declarations,
    enquiries,
    forgotten,
    gathered,
    known_titles,
    sent_letters,
    shares,
    sweeping,
    versions,
)
from storage.database import Transaction, open_database
from storage.declarations import Use
from storage.people import Address
from storage.shares import Owner

NOW = datetime(2026, 11, 22, 15, tzinfo=UTC)
WRITER = Address("telegram", "101")
MAIL = "camille@tilleuls.invalid"
YEAR = (date(2026, 7, 1), date(2027, 6, 30))
USE = Use("1-10", "paper", 20, date(2026, 11, 2))
KEEP = PrivacySettings(_env_file=None).keep

Asks = Callable[[Transaction], object]
CASES: Mapping[str, tuple[Asks, str]] = {
    "shares of a person": (
        lambda tx: shares.of_work(tx, Owner.PERSON, 1, ["a", "b"], *YEAR),
        "ix_declaration_person_id_work_key",
    ),
    "shares of a school": (
        lambda tx: shares.of_work(tx, Owner.SCHOOL, 1, ["a", "b"], *YEAR),
        "ix_declaration_school_id_work_key",
    ),
    "declarations of a period": (
        lambda tx: declarations.of_person(tx, 1, "2026-1"),
        "ix_declaration_p",
    ),
    "known works of a school": (lambda tx: known_titles.recent(tx, 1, 2), "ix_declaration_school_id_id"),
    "the same use": (
        lambda tx: declarations.same_use(tx, 1, "a", USE),
        "ix_declaration_person_id_work_key",
    ),
    "declaration of a ticket": (lambda tx: versions.asked_by(tx, 1), "ix_declaration_ticket_id"),
    "open tickets": (lambda tx: care.all_of_them(tx, only_open=True, most=20), "ix_ticket_open"),
    "tickets of a person": (lambda tx: care.of_person(tx, 1, 5), "ix_ticket_person_id"),
    "what happened to a ticket": (lambda tx: care.history(tx, 1), "ix_ticket_event_ticket_id"),
    "letters about a ticket": (lambda tx: sent_letters.written_about(tx, 1, "alert:"), "ix_letter_ticket_id"),
    "last language": (
        lambda tx: sent_letters.last_language(tx, "mail", MAIL, NOW),
        "ix_letter_address",
    ),
    "enquiries of a ticket": (lambda tx: enquiries.of_ticket(tx, 1), "ix_enquiry_ticket_id"),
    "what was asked last": (
        lambda tx: enquiries.last_taken_up(tx, 1, NOW),
        "ix_enquiry_",
    ),
    "last code": (lambda tx: codes.last(tx, WRITER, NOW), "ix_link_code_writer"),
    "codes left": (lambda tx: codes.tries_left(tx, WRITER, MAIL, NOW), "ix_link_code_mailed_to"),
    "alerts that wait": (lambda tx: gathered.waiting(tx, "operators", "human"), "ix_alert_wait_unlisted"),
    "alert of a ticket": (lambda tx: gathered.last_of(tx, 1), "ix_alert_wait_ticket_id"),
    "farewells": (lambda tx: forgotten.farewells(tx, NOW, 1), "ix_forgotten_farewell"),
}


@pytest.mark.parametrize("case", CASES)
async def test_it_is_found_by_its_index(sqlite_url: str, case: str) -> None:
    asks, index = CASES[case]
    plan = await _plan(sqlite_url, asks)
    assert index in plan
    assert re.findall(r"^SCAN \w+$", plan, re.MULTILINE) == []


async def test_what_is_swept_at_night_is_not_looked_for_among_all_letters(sqlite_url: str) -> None:
    plan = await _plan(sqlite_url, lambda tx: sweeping.due(tx, KEEP, NOW))
    assert "SEARCH letter USING INDEX ix_letter_with_words" in plan
    assert "SCAN letter\n" not in plan


async def _plan(url: str, asks: Asks) -> str:
    database = open_database(url)
    try:
        return await database.read(lambda tx: _planned(tx, asks))
    finally:
        await database.close()


def _planned(tx: Transaction, asks: Asks) -> str:
    """How SQLite looks for all that is asked."""
    asked: list[tuple[str, Any]] = []

    def note(_c: Connection, _cursor: object, statement: str, parameters: Any, *_: object) -> None:
        asked.append((statement, parameters))

    event.listen(tx, "before_cursor_execute", note)
    asks(tx)
    event.remove(tx, "before_cursor_execute", note)
    plans = [tx.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", given) for statement, given in asked]
    return "\n".join(str(row[-1]) for plan in plans for row in plan)
