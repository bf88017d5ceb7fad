"""The exclusion lists: works that the agreement does not cover, one list a year; the newest counts."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import bindparam, delete, func, insert, select

from storage.database import Transaction
from storage.tables import excluded_word, excluded_work

AT_ONCE = 5_000
"""Rows."""
MOST_FOUND = 100
"""Works that share words with a title: those that share most come first."""


@dataclass(frozen=True, slots=True)
class ExcludedWork:
    """One line of a list."""

    title: str
    title_key: str
    """The title as it is compared."""
    isbn: str | None = None
    publisher: str | None = None
    category: str | None = None
    words: frozenset[str] = field(default=frozenset(), compare=False)
    """What it is found by, when only its title is known."""
    id: int = 0
    """0 before it is kept."""


@dataclass(frozen=True, slots=True)
class ExclusionList:
    """A list as it stands."""

    year: int
    works: int
    imported_at: datetime


def replace_list(tx: Transaction, year: int, works: Sequence[ExcludedWork], now: datetime) -> None:
    """Puts this list in the place of the one of that year."""
    tx.execute(delete(excluded_word).where(excluded_word.c.year == year))
    tx.execute(delete(excluded_work).where(excluded_work.c.year == year))
    first = tx.execute(select(func.coalesce(func.max(excluded_work.c.id), 0))).scalar_one() + 1
    rows = [_row(number, year, work, now) for number, work in enumerate(works, first)]
    words = [
        {"word": word, "year": year, "work_id": number}
        for number, work in enumerate(works, first)
        for word in work.words
    ]
    for table, values in ((excluded_work, rows), (excluded_word, words)):
        for begin in range(0, len(values), AT_ONCE):
            tx.execute(insert(table), values[begin : begin + AT_ONCE])


def lists(tx: Transaction) -> tuple[ExclusionList, ...]:
    """All lists, the newest first."""
    counted = select(
        excluded_work.c.year,
        func.count(),
        func.max(excluded_work.c.imported_at, type_=excluded_work.c.imported_at.type),
    )
    rows = tx.execute(counted.group_by(excluded_work.c.year).order_by(excluded_work.c.year.desc()))
    return tuple(ExclusionList(*row) for row in rows)


def is_listed_at_all(tx: Transaction) -> bool:
    """Whether there is any list to look in."""
    return tx.execute(select(excluded_work.c.id).limit(1)).first() is not None


def with_isbn(tx: Transaction, isbn: str) -> ExcludedWork | None:
    """The work with exactly this number of thirteen digits."""
    row = tx.execute(_WITH_ISBN, {"isbn": isbn}).first()
    return ExcludedWork(**row._mapping) if row else None


def by_id(tx: Transaction, work_id: int) -> ExcludedWork | None:
    """The work with this id, as long as its list is the newest."""
    row = tx.execute(_BY_ID, {"id": work_id}).first()
    return ExcludedWork(**row._mapping) if row else None


def sharing(tx: Transaction, words: Collection[str]) -> tuple[ExcludedWork, ...]:
    """The works whose titles share such words, those that share most first."""
    rows = tx.execute(_SHARING, {"words": list(words)})
    return tuple(ExcludedWork(**row._mapping) for row in rows)


def _row(number: int, year: int, work: ExcludedWork, now: datetime) -> dict[str, object]:
    return {
        "id": number,
        "year": year,
        "isbn": work.isbn,
        "title": work.title,
        "title_key": work.title_key,
        "publisher": work.publisher,
        "category": work.category,
        "imported_at": now,
    }


_NEWEST = select(func.max(excluded_work.c.year)).scalar_subquery()
_WORK = select(
    excluded_work.c.id,
    excluded_work.c.title,
    excluded_work.c.title_key,
    excluded_work.c.isbn,
    excluded_work.c.publisher,
    excluded_work.c.category,
)
_IN_NEWEST = _WORK.where(excluded_work.c.year == _NEWEST)
_WITH_ISBN = _IN_NEWEST.where(excluded_work.c.isbn == bindparam("isbn")).limit(1)
_BY_ID = _IN_NEWEST.where(excluded_work.c.id == bindparam("id"))
_SHARED = (
    select(excluded_word.c.work_id, func.count().label("shared"))
    .where(excluded_word.c.word.in_(bindparam("words", expanding=True)), excluded_word.c.year == _NEWEST)
    .group_by(excluded_word.c.work_id)
    .order_by(func.count().desc(), excluded_word.c.work_id)
    .limit(MOST_FOUND)
    .subquery()
)
_SHARING = _WORK.join(_SHARED, _SHARED.c.work_id == excluded_work.c.id).order_by(
    _SHARED.c.shared.desc(), excluded_work.c.id
)
