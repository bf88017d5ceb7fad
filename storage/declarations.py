"""Declarations as they now stand, and the periods for which somebody said there was nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from datetime import date, datetime
from typing import Any, TypeVar

from sqlalchemy import Exists, Row, exists, or_, select
from sqlalchemy.dialects.postgresql import insert

from storage.database import Transaction
from storage.states import COUNTING, DeclarationState
from storage.tables import declaration, declaration_version, no_use


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
    """Hundredths of the work, to one decimal."""
    over: bool | None
    late: bool
    destination: str
    sent_at: datetime


@dataclass(frozen=True, slots=True)
class Course:
    """What has become of a declaration since it was sent."""

    state: DeclarationState = DeclarationState.SENT
    version: int = 1
    changed_at: datetime | None = None
    """When it was last edited, withdrawn or put back."""
    decided_by: int | None = None
    """Who accepted or refused it, although it may go past the limit."""
    decided_at: datetime | None = None
    reason: str | None = None
    """Why it was refused, where that was said."""
    ticket_id: int | None = None
    """The ticket by which somebody in charge was asked."""

    @property
    def counts(self) -> bool:
        """Whether it is one that takes part."""
        return self.state in COUNTING

    @property
    def accepted(self) -> bool:
        """Whether somebody in charge has accepted it."""
        return self.decided_by is not None and self.state is not DeclarationState.REFUSED


@dataclass(frozen=True, slots=True)
class Declaration:
    """One sent declaration; its id is the number on the receipt."""

    id: int
    work: Work
    use: Use
    filing: Filing
    course: Course = Course()


T = TypeVar("T", Work, Use, Filing, Course)


def send(
    tx: Transaction,
    talk_id: str | None,
    work: Work,
    use: Use,
    filing: Filing,
    state: DeclarationState = DeclarationState.SENT,
) -> int:
    """Keeps a declaration, and that as its first version: its number. A talk can send only once."""
    values = {**asdict(work), **asdict(use), **asdict(filing)}
    new = insert(declaration).values(**values, talk_id=talk_id, state=state)
    number = int(tx.execute(new.returning(declaration.c.id)).scalar_one())
    keep_version(tx, number, 1, values, filing.person_id, filing.sent_at)
    return number


def keep_version(
    tx: Transaction, number: int, version: int, values: Mapping[str, Any], by: int, now: datetime
) -> None:
    """Keeps what this version says, for good."""
    said = {name: _written(value) for name, value in values.items() if name != "person_id"}
    tx.execute(
        insert(declaration_version).values(
            declaration_id=number, version=version, values=said, changed_at=now, changed_by=by
        )
    )


def _written(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def by_id(tx: Transaction, declaration_id: int, person_id: int | None = None) -> Declaration | None:
    """The declaration with this number, when it is that person's."""
    wanted = select(declaration).where(declaration.c.id == declaration_id)
    if person_id is not None:
        wanted = wanted.where(declaration.c.person_id == person_id)
    row = tx.execute(wanted).first()
    return declaration_in(row) if row else None


def of_person(tx: Transaction, person_id: int, period: str) -> tuple[Declaration, ...]:
    """What somebody sent for a period, newest first."""
    wanted = select(declaration).where(declaration.c.person_id == person_id, declaration.c.period == period)
    return tuple(declaration_in(row) for row in tx.execute(wanted.order_by(declaration.c.id.desc())))


def periods_of(tx: Transaction, person_id: int) -> tuple[str, ...]:
    """The keys of the periods for which somebody sent anything, newest first."""
    wanted = select(declaration.c.period).where(declaration.c.person_id == person_id).distinct()
    return tuple(tx.execute(wanted.order_by(declaration.c.period.desc())).scalars())


def last_of(tx: Transaction, person_id: int) -> Declaration | None:
    """The one that somebody sent last."""
    wanted = select(declaration).where(declaration.c.person_id == person_id)
    row = tx.execute(wanted.order_by(declaration.c.id.desc()).limit(1)).first()
    return declaration_in(row) if row else None


def same_use(
    tx: Transaction, person_id: int, work_key: str, use: Use, besides: int | None = None
) -> int | None:
    """The number of what somebody sent besides of the same pages of the same work on the same day, if it counts."""
    wanted = select(declaration.c.id).where(
        declaration.c.person_id == person_id,
        declaration.c.work_key == work_key,
        declaration.c.copied == use.copied,
        declaration.c.used_on == use.used_on,
        declaration.c.state.in_(COUNTING),
    )
    return tx.execute(wanted.where(declaration.c.id != besides) if besides else wanted).scalar()


def took_part(tx: Transaction, person_id: int, period: str) -> bool:
    """Whether somebody has sent a declaration for the period that counts, or said that there was nothing."""
    sent = exists().where(
        declaration.c.person_id == person_id,
        declaration.c.period == period,
        declaration.c.state.in_(COUNTING),
    )
    return bool(tx.execute(select(or_(sent, _nothing(person_id, period)))).scalar())


def said_nothing(tx: Transaction, person_id: int, period: str) -> bool:
    """Whether somebody said that there was nothing to declare for the period."""
    return bool(tx.execute(select(_nothing(person_id, period))).scalar())


def say_nothing(tx: Transaction, person_id: int, period: str, now: datetime) -> None:
    """Notes that there was nothing to declare; saying it twice changes nothing."""
    statement = insert(no_use).values(person_id=person_id, period=period, said_at=now)
    tx.execute(statement.on_conflict_do_nothing())


def declaration_in(row: Row[Any]) -> Declaration:
    """The one that a row of the table holds."""
    columns = row._mapping
    course = _pick(Course, columns)
    course = replace(course, state=DeclarationState(course.state))
    return Declaration(row.id, _pick(Work, columns), _pick(Use, columns), _pick(Filing, columns), course)


_NAMES = {part: tuple(field.name for field in fields(part)) for part in (Work, Use, Filing, Course)}
"""The columns that each part is made of."""


def _pick(kind: type[T], columns: Mapping[Any, Any]) -> T:
    return kind(**{name: columns[name] for name in _NAMES[kind]})


def _nothing(person_id: int, period: str) -> Exists:
    return exists().where(no_use.c.person_id == person_id, no_use.c.period == period)
