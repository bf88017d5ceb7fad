"""Exclusion lists in both databases: replaced whole, the newest counts."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from storage import excluded
from storage.database import open_database
from storage.excluded import ExcludedWork, ExclusionList

NOW = datetime(2026, 9, 1, 12, tzinfo=UTC)
NUMBER = "9782070612758"


def work(title: str, isbn: str | None = None) -> ExcludedWork:
    return ExcludedWork(title, title.lower(), isbn, "Nous", None, frozenset(title.lower().split()))


OLD = [work("Renard rouge", NUMBER), work("Hibou blanc")]
NEW = [work("Renard bleu"), work("Renard roux boréal"), work("Caribou", NUMBER)]


async def test_a_list_takes_the_place_of_that_years(database_url: str) -> None:
    database = open_database(database_url)
    await database.write(lambda tx: excluded.replace_list(tx, 2026, OLD, NOW))
    await database.write(lambda tx: excluded.replace_list(tx, 2025, OLD[:1], NOW))
    await database.write(lambda tx: excluded.replace_list(tx, 2026, NEW, NOW + timedelta(days=1)))
    assert await database.read(excluded.lists) == (
        ExclusionList(2026, 3, NOW + timedelta(days=1)),
        ExclusionList(2025, 1, NOW),
    )
    await database.close()


async def test_only_the_newest_list_is_looked_in(database_url: str) -> None:
    database = open_database(database_url)
    assert not await database.read(excluded.is_listed_at_all)
    await database.write(lambda tx: excluded.replace_list(tx, 2025, OLD, NOW))
    await database.write(lambda tx: excluded.replace_list(tx, 2026, NEW, NOW))
    found = await database.read(lambda tx: excluded.with_isbn(tx, NUMBER))
    shared = await database.read(lambda tx: excluded.sharing(tx, {"renard", "boréal", "hibou"}))
    assert await database.read(excluded.is_listed_at_all)
    assert found
    assert (found.title, found.publisher) == ("Caribou", "Nous")
    assert await database.read(lambda tx: excluded.by_id(tx, found.id)) == found
    assert [one.title for one in shared] == ["Renard roux boréal", "Renard bleu"]
    assert await database.read(lambda tx: excluded.by_id(tx, 1)) is None
    assert await database.read(lambda tx: excluded.sharing(tx, ())) == ()
    await database.close()
