"""What a library told about books, kept so that nobody is asked twice and a talk reads the same all along."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from storage.database import Transaction
from storage.tables import book

KEPT = timedelta(days=90)
"""How long what was found is not looked up again."""
KEPT_UNFOUND = timedelta(days=1)
"""The same for a book that the library did not know, or did not answer about."""


@dataclass(frozen=True, slots=True)
class Book:
    """A book as a library describes it; None where it does not say."""

    title: str
    author: str | None = None
    publisher: str | None = None
    year: int | None = None
    pages: int | None = None


def by_isbn(tx: Transaction, isbn: str) -> Book | None:
    """What was found of it, however long ago: what somebody was shown does not change while they answer."""
    row = tx.execute(select(book).where(book.c.isbn == isbn)).first()
    return Book(row.title, row.author, row.publisher, row.year, row.pages) if row and row.title else None


def is_due(tx: Transaction, isbn: str, now: datetime) -> bool:
    """Whether it has not been looked up lately."""
    row = tx.execute(select(book.c.title, book.c.found_at).where(book.c.isbn == isbn)).first()
    return row is None or now - row.found_at >= (KEPT if row.title else KEPT_UNFOUND)


def keep(tx: Transaction, isbn: str, found: Book | None, now: datetime) -> None:
    """Notes what was found, or that nothing was; what was found before is not lost to a library out of order."""
    values = {"title": None, "author": None, "publisher": None, "year": None, "pages": None}
    if found:
        values = {name: getattr(found, name) for name in values}
    elif by_isbn(tx, isbn):
        values = {}
    row = insert(book).values(isbn=isbn, found_at=now, **values)
    tx.execute(row.on_conflict_do_update(index_elements=[book.c.isbn], set_={**values, "found_at": now}))
