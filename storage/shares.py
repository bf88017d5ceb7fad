"""What was declared of one work in a stretch of days, by somebody or by a whole school."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import bindparam, select

from storage.database import Transaction
from storage.states import COUNTING
from storage.tables import declaration


class Owner(StrEnum):
    """Whose declarations add up."""

    PERSON = "person"
    SCHOOL = "school"


@dataclass(frozen=True, slots=True)
class Copied:
    """What one declaration that counts says was copied."""

    id: int
    copied: str
    """Page ranges as written by `bot.reading.Pages`, or `whole`."""
    pages: int | None
    """How many, also of a whole play; None for a whole text whose pages were not told."""
    sent_at: datetime


def of_work(
    tx: Transaction, owner: Owner, owner_id: int, work_keys: Collection[str], first: date, last: date
) -> tuple[Copied, ...]:
    """The declarations of a work known by these keys that were used from `first` to `last`, the oldest first."""
    wanted = {"owner": owner_id, "keys": list(work_keys), "first": first, "last": last}
    found = (Copied(*row) for row in tx.execute(_OF_WORK[owner], wanted))
    # Asked to sort, SQLite would go through all that the owner ever declared.
    return tuple(sorted(found, key=lambda one: one.id))


_COUNTING = select(declaration.c.id, declaration.c.copied, declaration.c.pages, declaration.c.sent_at).where(
    declaration.c.work_key.in_(bindparam("keys", expanding=True)),
    declaration.c.used_on.between(bindparam("first"), bindparam("last")),
    declaration.c.state.in_(COUNTING),
)
_OF_WORK = {
    owner: _COUNTING.where(column == bindparam("owner"))
    for owner, column in ((Owner.PERSON, declaration.c.person_id), (Owner.SCHOOL, declaration.c.school_id))
}
