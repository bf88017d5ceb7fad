"""Everything that a database holds, as it is read: for tests of what must not be in it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sqlalchemy import select

from storage.database import Transaction
from storage.tables import metadata


def cells(tx: Transaction) -> Iterator[tuple[str, str]]:
    """Each value of each row of each table, JSON and bytes too, with its `table.column`."""
    for table in metadata.sorted_tables:
        for row in tx.execute(select(table)):
            for name, value in row._mapping.items():
                written = value.decode(errors="replace") if isinstance(value, bytes) else str(value)
                yield f"{table.name}.{name}", written


def found(tx: Transaction, words: Sequence[str]) -> set[str]:
    """The columns in which one of these words stands."""
    return {place for place, value in cells(tx) if any(word in value for word in words)}
