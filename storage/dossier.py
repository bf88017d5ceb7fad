"""All that is held about one person, as it may be handed to them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import Column, ColumnElement, Table, select
from sqlalchemy.dialects.postgresql import insert

from storage.database import Transaction
from storage.holding import Holding, Somebody
from storage.holdings import HOLDINGS
from storage.tables import address, data_export, declaration, metadata, school, service_centre, ticket

Row = Mapping[str, object]
Dossier = Mapping[str, tuple[Row, ...]]
"""By table, what is told of each row; tables with nothing about the person are left out."""

NAMES: Final[Mapping[str, tuple[Table, str]]] = {
    "school_id": (school, "school"),
    "centre_id": (service_centre, "centre"),
}
"""Columns that number something which has a name: its table, and what the name is told as."""
MOST: Final = 1000
"""Rows of one table that are told, the newest: files are made while the transaction waits."""
BEGAN: Final = ("first_at", "started_at")
"""Moments that rows follow each other by where their keys are in no order."""


def dossier(tx: Transaction, person_id: int) -> Dossier:
    """What is held about somebody, secrets left out."""
    who = somebody(tx, person_id)
    found = {one.table: tuple(_rows(tx, one, who)) for one in HOLDINGS if one.told and one.of}
    return {table: rows for table, rows in found.items() if rows}


def may_export(tx: Transaction, person_id: int, now: datetime, every: timedelta) -> bool:
    """Notes that somebody is given their data now; False when they were given it so lately."""
    row = insert(data_export).values(person_id=person_id, at=now)
    lately = data_export.c.at <= now - every
    noted = row.on_conflict_do_update(index_elements=["person_id"], set_={"at": now}, where=lately)
    return tx.execute(noted).rowcount == 1


def somebody(tx: Transaction, person_id: int) -> Somebody:
    """By what their rows are found."""
    at = tx.execute(select(address.c.channel, address.c.value).where(address.c.person_id == person_id))
    return Somebody(
        person_id,
        [(row.channel, row.value) for row in at],
        _ids(tx, ticket, person_id),
        _ids(tx, declaration, person_id),
    )


def _ids(tx: Transaction, table: Table, person_id: int) -> list[int]:
    return list(tx.scalars(select(table.c.id).where(table.c.person_id == person_id)))


def _rows(tx: Transaction, holding: Holding, who: Somebody) -> list[Row]:
    table = metadata.tables[holding.table]
    assert holding.of  # noqa: S101 - or it is not asked
    found = select(*(_told(table, name) for name in holding.told)).where(holding.of(who))
    newest = tx.execute(found.order_by(*(column.desc() for column in _in_time(table))).limit(MOST))
    return [dict(row._mapping) for row in reversed(newest.all())]


def _in_time(table: Table) -> Sequence[Column[Any]]:
    """What its rows follow each other by."""
    return [table.c[name] for name in BEGAN if name in table.c] or list(table.primary_key.columns)


def _told(table: Table, name: str) -> ColumnElement[Any]:
    """The column, or the name of what it numbers."""
    if name not in NAMES:
        return table.c[name]
    named, told = NAMES[name]
    return select(named.c.name).where(named.c.id == table.c[name]).scalar_subquery().label(told)
