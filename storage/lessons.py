"""What operators taught: questions that an entry, or words of theirs, answer from now on."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import func, insert, select, update

from storage.database import Transaction
from storage.tables import lesson

IN_FORCE: Final = lesson.c.withdrawn_at.is_(None)


@dataclass(frozen=True, slots=True)
class NewLesson:
    """One question with what answers it: either an entry or an answer of its own."""

    language: str
    text: str
    """As somebody asked it, with nothing that tells who."""
    entry: str | None
    answer: str | None
    """What the operator wrote, plain text."""
    taught_by: int


@dataclass(frozen=True, slots=True)
class KeptLesson(NewLesson):
    """The same once it has a number."""

    id: int


def teach(tx: Transaction, new: NewLesson, now: datetime) -> int:
    """Counts from the commit on: its number. What is taught already is not taught twice."""
    known = _same(tx, new)
    if known is not None:
        return known
    made = insert(lesson).values(**asdict(new), taught_at=now).returning(lesson.c.id)
    return int(tx.execute(made).scalar_one())


def _same(tx: Transaction, new: NewLesson) -> int | None:
    """Compared here: what is sealed twice differs."""
    of_entry = (lesson.c.language == new.language) & lesson.c.entry.is_not_distinct_from(new.entry)
    rows = tx.execute(select(lesson.c.id, lesson.c.text, lesson.c.answer).where(of_entry, IN_FORCE))
    return next((row.id for row in rows if (row.text, row.answer) == (new.text, new.answer)), None)


def withdraw(tx: Transaction, lesson_id: int, now: datetime) -> bool:
    """It counts no more; False when it did not."""
    counts = update(lesson).where(lesson.c.id == lesson_id, IN_FORCE)
    return tx.execute(counts.values(withdrawn_at=now)).rowcount > 0


def stamp(tx: Transaction) -> tuple[int, int]:
    """Changes whenever a lesson is added or withdrawn: how many there are, and how many of them are withdrawn.

    Not the newest number: a lower one may be committed after it.
    """
    total, withdrawn = tx.execute(
        select(func.count(), func.count(lesson.c.withdrawn_at)).select_from(lesson)
    ).one()
    return int(total), int(withdrawn)


def in_force(tx: Transaction) -> tuple[KeptLesson, ...]:
    """Those that count, in the order that they were taught."""
    rows = tx.execute(select(lesson).where(IN_FORCE).order_by(lesson.c.id))
    return tuple(
        KeptLesson(row.language, row.text, row.entry, row.answer, row.taught_by, row.id) for row in rows
    )
