"""The titles that somebody may mean: of the works that they and their school declared last."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, bindparam, select

from storage.database import Transaction
from storage.tables import declaration

RECENT = 150
"""How many of the latest declarations of a person, and of a school, the known works are taken from."""


@dataclass(frozen=True, slots=True)
class Title:
    """A work as it is named and compared, and the declaration that the rest of it stands in."""

    id: int
    kind: str
    title: str
    author: str | None
    isbn: str | None
    work_key: str
    sent_at: datetime


def recent(tx: Transaction, person_id: int, school_id: int | None) -> tuple[Title, ...]:
    """The works of the latest declarations of the person, newest first, then of the others in the school."""
    whose = {"person": person_id, "school": school_id}
    wanted = (_MINE,) if school_id is None else (_MINE, _OTHERS)
    return tuple(Title(*row) for statement in wanted for row in tx.execute(statement, whose))


_TITLES = select(
    declaration.c.id,
    declaration.c.kind,
    declaration.c.title,
    declaration.c.author,
    declaration.c.isbn,
    declaration.c.work_key,
    declaration.c.sent_at,
)
_MINE, _OTHERS = (
    _TITLES.where(whose).order_by(declaration.c.id.desc()).limit(RECENT)
    for whose in (
        declaration.c.person_id == bindparam("person"),
        and_(
            declaration.c.school_id == bindparam("school"),
            declaration.c.person_id != bindparam("person"),
        ),
    )
)
