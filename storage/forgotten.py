"""Addresses that asked to be forgotten: only their digests are kept, so that no file brings them back.

The digest is keyed with a secret of this database: whoever has the table alone cannot try addresses on it.
"""

from __future__ import annotations

import hmac
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from secrets import token_hex
from typing import Final

from sqlalchemy import delete, select, update
from sqlalchemy.dialects.postgresql import insert

from storage.database import Transaction
from storage.tables import forgotten, secret

NAME: Final = "forgotten"
"""That of the secret in its table."""
LEFT: Final = "left-"
"""Begins the digest of an address that was taken away from somebody, who did not ask for more."""
FAREWELL: Final = timedelta(days=1)
"""How long an address is still known after it was forgotten, for the last letter to leave."""
AT_ONCE: Final = 500
"""Digests that one statement looks for."""


@dataclass(frozen=True, slots=True)
class Farewell:
    """An address that was forgotten, and is still known for its last letter to leave."""

    digest: str
    at: datetime
    channel: str
    address: str


def forgotten_among(tx: Transaction, addresses: Iterable[tuple[str, str]]) -> frozenset[tuple[str, str]]:
    """Those of them, channel and value, that asked to be forgotten."""
    key = _key(tx)
    if key is None:
        return frozenset()
    by_digest = {_digest(key, *address): address for address in addresses}
    digests = list(by_digest)
    found = (
        tx.scalars(select(forgotten.c.digest).where(forgotten.c.digest.in_(digests[begin : begin + AT_ONCE])))
        for begin in range(0, len(digests), AT_ONCE)
    )
    return frozenset(by_digest[digest] for some in found for digest in some)


def forget(tx: Transaction, channel: str, value: str, now: datetime) -> None:
    """From now on it is forgotten; for a day it is still known where the last letter goes."""
    row = {"at": now, "channel": channel, "address": value}
    statement = insert(forgotten).values(digest=_digest(_own_key(tx), channel, value), **row)
    tx.execute(statement.on_conflict_do_update(index_elements=["digest"], set_=row))


def leave(tx: Transaction, channel: str, value: str, now: datetime) -> None:
    """It is nobody's any more: it may be brought back, and for a day it is still known where the last letter goes."""
    row = {"at": now, "channel": channel, "address": value}
    statement = insert(forgotten).values(digest=_left(_own_key(tx), channel, value), **row)
    tx.execute(statement.on_conflict_do_update(index_elements=["digest"], set_=row))


def recall(tx: Transaction, channel: str, value: str) -> None:
    """Somebody has proved to be at this address again: it is forgotten no longer."""
    key = _key(tx)
    if key is not None:
        tx.execute(delete(forgotten).where(forgotten.c.digest == _digest(key, channel, value)))


def farewells(tx: Transaction, before: datetime, limit: int) -> tuple[Farewell, ...]:
    """The addresses forgotten before then of which more than the digest is kept."""
    wanted = (forgotten.c.address.is_not(None), forgotten.c.at < before)
    rows = tx.execute(select(forgotten).where(*wanted).order_by(forgotten.c.at).limit(limit))
    return tuple(Farewell(**row._mapping) for row in rows)


def said_farewell(tx: Transaction, one: Farewell) -> None:
    """Nothing but the digest is left of it; of one that was only left, not even that."""
    mine = forgotten.c.digest == one.digest
    if one.digest.startswith(LEFT):
        tx.execute(delete(forgotten).where(mine))
    else:
        tx.execute(update(forgotten).where(mine).values(channel=None, address=None))


def _digest(key: str, channel: str, value: str) -> str:
    """People write their mail address in large letters and small."""
    return hmac.digest(key.encode(), f"{channel}:{value.casefold()}".encode(), "sha256").hex()


def _left(key: str, channel: str, value: str) -> str:
    """Like no digest of an address that asked to be forgotten."""
    return LEFT + _digest(key, channel, value)[len(LEFT) :]


def _key(tx: Transaction) -> str | None:
    key: str | None = tx.execute(select(secret.c.value).where(secret.c.name == NAME)).scalar()
    return key


def _own_key(tx: Transaction) -> str:
    made = insert(secret).values(name=NAME, value=token_hex(32)).on_conflict_do_nothing()
    tx.execute(made)
    key = _key(tx)
    assert key  # noqa: S101 - it was written above
    return key
