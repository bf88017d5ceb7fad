"""Declarations as they were sent, and the periods for which somebody said there was nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from datetime import date, datetime
from typing import Any, TypeVar

from sqlalchemy import Row, and_, bindparam, exists, or_, select
from sqlalchemy.dialects.postgresql import insert

from storage.database import Transaction
from storage.tables import declaration, no_use

RECENT = 150
"""How many of the latest declarations of a person, and of a school, the known works are taken from."""


@dataclass(frozen=True, slots=True)
class Work:
    """What was copied from: the same in every declaration of it."""

    kind: str
    title: str
    source: str | None = None
    isbn: str | None = None
    author: str | None = None
    publisher: str | None = None
    year: int | None = None
    total_pages: int | None = None


@dataclass(frozen=True, slots=True)
class Use:
    """What was made of it, for whom and when."""

    copied: str
    """Page ranges as written by `bot.reading.Pages`, or `whole`."""
    medium: str
    pupils: int
    used_on: date
    level: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Filing:
    """Who sent it when, and what was worked out of it then."""

    person_id: int
    school_id: int | None
    period: str
    work_key: str
    pages: int | None
    share: float | None
    over: bool | None
    late: bool
    destination: str
    sent_at: datetime


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


@dataclass(frozen=True, slots=True)
class Declaration:
    """One sent declaration; its id is the number on the receipt."""

    id: int
    work: Work
    use: Use
    filing: Filing


T = TypeVar("T", Work, Use, Filing)


def send(tx: Transaction, talk_id: str | None, work: Work, use: Use, filing: Filing) -> int:
    """Keeps a declaration: its number. A talk can send only once."""
    values = {**asdict(work), **asdict(use), **asdict(filing), "talk_id": talk_id}
    return int(tx.execute(insert(declaration).values(**values).returning(declaration.c.id)).scalar_one())


def by_id(tx: Transaction, declaration_id: int, person_id: int | None = None) -> Declaration | None:
    """The declaration with this number, when it is that person's."""
    wanted = select(declaration).where(declaration.c.id == declaration_id)
    if person_id is not None:
        wanted = wanted.where(declaration.c.person_id == person_id)
    row = tx.execute(wanted).first()
    return _declaration(row) if row else None


def of_person(tx: Transaction, person_id: int, period: str) -> tuple[Declaration, ...]:
    """What somebody sent for a period, newest first."""
    wanted = select(declaration).where(declaration.c.person_id == person_id, declaration.c.period == period)
    return tuple(_declaration(row) for row in tx.execute(wanted.order_by(declaration.c.id.desc())))


def periods_of(tx: Transaction, person_id: int) -> tuple[str, ...]:
    """The keys of the periods for which somebody sent anything, newest first."""
    wanted = select(declaration.c.period).where(declaration.c.person_id == person_id).distinct()
    return tuple(tx.execute(wanted.order_by(declaration.c.period.desc())).scalars())


def last_of(tx: Transaction, person_id: int) -> Declaration | None:
    """The one that somebody sent last."""
    wanted = select(declaration).where(declaration.c.person_id == person_id)
    row = tx.execute(wanted.order_by(declaration.c.id.desc()).limit(1)).first()
    return _declaration(row) if row else None


def recent(tx: Transaction, person_id: int, school_id: int | None) -> tuple[Title, ...]:
    """The works of the latest declarations of the person, newest first, then of the others in the school."""
    whose = {"person": person_id, "school": school_id}
    wanted = (_MINE,) if school_id is None else (_MINE, _OTHERS)
    return tuple(Title(*row) for statement in wanted for row in tx.execute(statement, whose))


def same_use(tx: Transaction, person_id: int, work_key: str, use: Use) -> int | None:
    """The number of what somebody sent before of the same pages of the same work on the same day."""
    return tx.execute(
        select(declaration.c.id).where(
            declaration.c.person_id == person_id,
            declaration.c.work_key == work_key,
            declaration.c.copied == use.copied,
            declaration.c.used_on == use.used_on,
        )
    ).scalar()


def took_part(tx: Transaction, person_id: int, period: str) -> bool:
    """Whether somebody has sent a declaration for the period, or said that there was nothing."""
    sent = exists().where(declaration.c.person_id == person_id, declaration.c.period == period)
    nothing = exists().where(no_use.c.person_id == person_id, no_use.c.period == period)
    return bool(tx.execute(select(or_(sent, nothing))).scalar())


def said_nothing(tx: Transaction, person_id: int, period: str) -> bool:
    """Whether somebody said that there was nothing to declare for the period."""
    return bool(
        tx.execute(
            select(exists().where(no_use.c.person_id == person_id, no_use.c.period == period))
        ).scalar()
    )


def say_nothing(tx: Transaction, person_id: int, period: str, now: datetime) -> None:
    """Notes that there was nothing to declare; saying it twice changes nothing."""
    statement = insert(no_use).values(person_id=person_id, period=period, said_at=now)
    tx.execute(statement.on_conflict_do_nothing())


def _declaration(row: Row[Any]) -> Declaration:
    columns = row._mapping
    return Declaration(row.id, _pick(Work, columns), _pick(Use, columns), _pick(Filing, columns))


def _pick(kind: type[T], columns: Mapping[Any, Any]) -> T:
    return kind(**{field.name: columns[field.name] for field in fields(kind)})


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
