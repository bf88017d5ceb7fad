"""How far each mailbox was read: the cursor moves only when what stands before it is safe."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.dialects.postgresql import insert

from storage.database import Transaction
from storage.tables import mailbox


@dataclass(frozen=True, slots=True)
class Cursor:
    """How far a mailbox was read."""

    name: str
    uidvalidity: int
    """While the server keeps it, a UID names one mail for ever."""
    last_uid: int
    """Every mail up to this one is done with."""
    since: datetime
    """Mail older than this was there before we were."""
    polled_at: datetime
    """When the mailbox was last looked into."""
    mail_at: datetime | None = None
    """When a mail was last found in it."""
    heard_to: int | None = None
    """Every mail up to this one was heard before the database went back."""


def cursor(tx: Transaction, name: str) -> Cursor | None:
    """How far this mailbox was read; None before it is first looked into."""
    row = tx.execute(select(mailbox).where(mailbox.c.name == name)).first()
    return Cursor(**row._mapping) if row else None


def all_cursors(tx: Transaction) -> tuple[Cursor, ...]:
    """Those of every mailbox ever looked into, by name."""
    return tuple(Cursor(**row._mapping) for row in tx.execute(select(mailbox).order_by(mailbox.c.name)))


def begin(
    tx: Transaction, name: str, uidvalidity: int, last_uid: int, since: datetime, now: datetime
) -> Cursor:
    """A mailbox looked into for the first time, or anew under another UIDVALIDITY: `since` stays as it was."""
    place = {"uidvalidity": uidvalidity, "last_uid": last_uid, "polled_at": now, "heard_to": None}
    row = insert(mailbox).values(name=name, since=since, **place)
    tx.execute(row.on_conflict_do_update(index_elements=["name"], set_=place))
    found = cursor(tx, name)
    assert found  # noqa: S101 - it was written above
    return found


def advance(tx: Transaction, name: str, last_uid: int, now: datetime, *, mail: bool) -> None:
    """Every mail up to this one is done with; `mail`: some was there, and not only UIDs to pass over."""
    found = {"mail_at": now} if mail else {}
    done = update(mailbox).where(mailbox.c.name == name)
    tx.execute(done.values(last_uid=last_uid, polled_at=now, **found))


def polled(tx: Transaction, name: str, now: datetime) -> None:
    """It was looked into, and there was nothing new."""
    tx.execute(update(mailbox).where(mailbox.c.name == name).values(polled_at=now))


def heard_before(tx: Transaction, places: Mapping[str, tuple[int, int]]) -> None:
    """The database has gone back: by mailbox, the UIDVALIDITY and the last UID that were heard, whatever it knows."""
    for name, (uidvalidity, last_uid) in places.items():
        behind = (mailbox.c.uidvalidity == uidvalidity, mailbox.c.last_uid < last_uid)
        tx.execute(update(mailbox).where(mailbox.c.name == name, *behind).values(heard_to=last_uid))


def was_heard(tx: Transaction, name: str, uid: int) -> bool:
    """Whether a mail was heard before the database went back."""
    heard_to = tx.execute(select(mailbox.c.heard_to).where(mailbox.c.name == name)).scalar()
    return heard_to is not None and uid <= heard_to
