"""Everything that a database holds, as it is read: for tests of what must not be in it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from sqlalchemy import select

from storage.database import Transaction
from storage.tables import metadata

CHANCE: Final = re.compile(r"[0-9a-f]{12,}|(?<=:\d\d)\.\d+")
"""Secrets and digests of ours, and parts of a second: any few digits stand there sooner or later."""


def cells(tx: Transaction) -> Iterator[tuple[str, str]]:
    """Each value of each row of each table, JSON and bytes too, with its `table.column`."""
    for table in metadata.sorted_tables:
        for row in tx.execute(select(table)):
            for name, value in row._mapping.items():
                written = value.decode(errors="replace") if isinstance(value, bytes) else str(value)
                yield f"{table.name}.{name}", without_chance(written)


def found(tx: Transaction, words: Sequence[str]) -> set[str]:
    """The columns in which one of these words stands."""
    return {place for place, value in cells(tx) if any(word in value for word in words)}


def without_chance(text: str) -> str:
    """The same without what nobody has chosen."""
    return CHANCE.sub("…", text)
