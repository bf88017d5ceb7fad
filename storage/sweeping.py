"""Forgets what has been kept long enough, in small batches so that nobody waits for it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import partial
from typing import Final

from sqlalchemy import delete, func, select, tuple_, update

from storage.database import Database, Transaction
from storage.retention import KINDS, Each, Kind, Sweep

AT_ONCE: Final = 500
"""Rows that one transaction takes: some milliseconds."""
FEW: Final = 10
"""The same of those that are done one after the other."""


def due(tx: Transaction, keep: Mapping[str, int], now: datetime) -> dict[str, int]:
    """How many rows of each kind have been kept long enough; `keep` gives days by the kind's name."""
    return {
        kind.name: sum(_count(tx, sweep, _before(kind, keep, now)) for sweep in kind.sweeps) for kind in KINDS
    }


async def forget(database: Database, keep: Mapping[str, int], now: datetime) -> dict[str, int]:
    """Forgets what is due, each batch in a transaction of its own: how many rows of each kind."""
    return {
        kind.name: sum(
            [await _sweep(database, sweep, _before(kind, keep, now), now) for sweep in kind.sweeps]
        )
        for kind in KINDS
    }


def _before(kind: Kind, keep: Mapping[str, int], now: datetime) -> datetime:
    return now - timedelta(days=keep[kind.name])


def _count(tx: Transaction, sweep: Sweep, before: datetime) -> int:
    counted = select(func.count()).select_from(sweep.table).where(sweep.due(before))
    return int(tx.execute(counted).scalar_one())


async def _sweep(database: Database, sweep: Sweep, before: datetime, now: datetime) -> int:
    if sweep.each:
        batch = partial(_few, sweep=sweep, each=sweep.each, before=before, now=now)
    else:
        batch = partial(_batch, sweep=sweep, before=before)
    done = 0
    while some := await database.write(batch):
        done += some
    return done


def _batch(tx: Transaction, sweep: Sweep, before: datetime) -> int:
    ids = tuple(sweep.table.primary_key.columns)
    some = select(*ids).where(sweep.due(before)).limit(AT_ONCE)
    those = (tuple_(*ids) if len(ids) > 1 else ids[0]).in_(some)
    done = update(sweep.table).values(**sweep.blank) if sweep.blank else delete(sweep.table)
    return tx.execute(done.where(those)).rowcount


def _few(tx: Transaction, sweep: Sweep, each: Each, before: datetime, now: datetime) -> int:
    [number] = sweep.table.primary_key.columns
    some = select(number).where(sweep.due(before)).limit(FEW).with_for_update(skip_locked=True)
    numbers = tx.scalars(some).all()
    for one in numbers:
        each(tx, one, now)
    return len(numbers)
