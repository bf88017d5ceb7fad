"""Who has an account with whoever collects the declarations, as far as somebody has told us."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime

from sqlalchemy import bindparam, select
from sqlalchemy.dialects.postgresql import insert

from storage.database import Transaction
from storage.staff import batches
from storage.tables import account


def say(tx: Transaction, person_id: int, year: int, now: datetime) -> None:
    """Notes that somebody says to have one for the school year that begins in that year."""
    row = insert(account).values(person_id=person_id, year=year, has_account=True, listed_at=now)
    changed = {"has_account": True, "listed_at": now}
    tx.execute(row.on_conflict_do_update(index_elements=["person_id", "year"], set_=changed))


def known(tx: Transaction, person_ids: Collection[int], year: int) -> Mapping[int, bool]:
    """What is known of these people for a school year; who is missing from it, nobody has told of."""
    rows = (
        row
        for some in batches(person_ids)
        for row in tx.execute(_KNOWN, {"ids": list(some), "of_year": year})
    )
    return {row.person_id: row.has_account for row in rows}


def put(tx: Transaction, told: Mapping[int, bool], year: int, now: datetime) -> None:
    """Notes of these people whether they have one, in the place of what was known before."""
    if told:
        rows = [
            {"person_id": one, "year": year, "has_account": has, "listed_at": now}
            for one, has in told.items()
        ]
        tx.execute(_PUT, rows)


_KNOWN = select(account.c.person_id, account.c.has_account).where(
    account.c.person_id.in_(bindparam("ids", expanding=True)), account.c.year == bindparam("of_year")
)
_NEW = insert(account)
_PUT = _NEW.on_conflict_do_update(
    index_elements=["person_id", "year"],
    set_={name: _NEW.excluded[name] for name in ("has_account", "listed_at")},
)
