"""The keys that things are sealed with: known by name at start, and replaced a batch at a time."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any, Final

from sqlalchemy import Column as AnyColumn
from sqlalchemy import (
    ColumnElement,
    LargeBinary,
    Text,
    cast,
    delete,
    func,
    literal,
    select,
    tuple_,
    type_coerce,
    update,
)
from sqlalchemy.dialects.postgresql import insert

from storage.database import Database, Transaction
from storage.sealing import SEALED, KeyMissing, SealedBytes, SealedJson, mark_of, vault_of
from storage.tables import metadata, sealing_key

AT_ONCE: Final = 200
"""Values that one transaction seals anew."""

Column = AnyColumn[Any]
Key = tuple[Any, ...]
"""The primary key of a row."""


def recognise(tx: Transaction) -> None:
    """Notes the newest key, and raises KeyMissing when one that is still needed is not there."""
    if is_any_missing(tx):
        raise KeyMissing
    note(tx)


def note(tx: Transaction) -> None:
    """The newest key is needed from now on; said again and again, for as long as somebody seals with it.

    A rotation by others drops the names of older keys, and knows nothing of who is still at work with one.
    """
    newest = vault_of(tx.dialect).newest
    if newest:
        tx.execute(insert(sealing_key).values(name=newest).on_conflict_do_nothing())


def is_any_missing(tx: Transaction) -> bool:
    """Whether a key is needed that is not there."""
    return not set(tx.scalars(select(sealing_key.c.name))) <= set(vault_of(tx.dialect).names)


def sealed_columns() -> Iterator[Column]:
    """Every column that is sealed, of every table."""
    for table in metadata.sorted_tables:
        yield from (column for column in table.columns if isinstance(column.type, SEALED))


def left(tx: Transaction) -> dict[str, int]:
    """How many values of each column, as `table.column`, are not sealed with the newest key."""
    counted = {
        f"{column.table.name}.{column.name}": int(
            tx.execute(select(func.count()).select_from(column.table).where(_is_old(tx, column))).scalar_one()
        )
        for column in sealed_columns()
    }
    return {name: count for name, count in counted.items() if count}


async def rotate(database: Database) -> None:
    """Seals everything with the newest key; broken off, it goes on where it stood the next time."""
    for column in sealed_columns():
        after: Key | None = ()
        while after is not None:
            after = await database.write(partial(_seal_some, column=column, after=after))
    await database.write(_drop_old_names)


def _seal_some(tx: Transaction, column: Column, after: Key) -> Key | None:
    """Reads with the key of each value and writes with the newest: the last row; None when there is no further one."""
    ids = list(column.table.primary_key.columns)
    old = select(*ids, column.label("sealed_value")).where(_is_old(tx, column))
    if after:
        old = old.where(tuple_(*ids) > tuple_(*after))
    rows = tx.execute(old.order_by(*ids).limit(AT_ONCE).with_for_update()).all()
    for row in rows:
        of_row = [one == row._mapping[one.name] for one in ids]
        tx.execute(update(column.table).where(*of_row).values({column: row.sealed_value}))
    return tuple(rows[-1])[:-1] if rows else None


def _drop_old_names(tx: Transaction) -> None:
    newest = vault_of(tx.dialect).newest
    if newest and not left(tx):
        tx.execute(delete(sealing_key).where(sealing_key.c.name != newest))


def _is_old(tx: Transaction, column: Column) -> ColumnElement[bool]:
    """Whether something is kept there that the newest key did not seal; compared as it is kept, unopened."""
    newest = vault_of(tx.dialect).newest
    mark = mark_of(newest) if newest else ""
    if isinstance(column.type, SealedBytes):
        kept, begins = type_coerce(column, LargeBinary), literal(mark.encode(), LargeBinary)
        return (func.length(kept) > 0) & (func.substr(kept, 1, len(mark), type_=LargeBinary) != begins)
    if isinstance(column.type, SealedJson):
        words = cast(column, Text)
        return words.not_in(EMPTY) & (func.substr(words, 1, len(mark) + 1) != f'"{mark}')
    text = type_coerce(column, Text)
    return (text != "") & (func.substr(text, 1, len(mark)) != mark)


EMPTY: Final = ("null", "{}", "[]")
"""What is never sealed."""
