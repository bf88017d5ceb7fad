"""What there is to say of a table in which something is held about people."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, false, tuple_

from storage.tables import metadata


class Why(StrEnum):
    """What something is held for."""

    REACH = "reach"
    DECLARE = "declare"
    ANSWER = "answer"
    HELP = "help"
    RECORD = "record"
    PROVE = "prove"
    RUN = "run"


class Sees(StrEnum):
    """Who sees it besides the person, whom « Mes données » shows all of it."""

    NOBODY = "nobody"
    TEAM = "team"
    """The operators."""
    SCHOOL = "school"
    """The team and those responsible for the school."""


class Until(StrEnum):
    """How long what has no kind in `storage.retention` stays."""

    ERASED = "erased"
    """Until the person asks for it to be erased."""
    REPLACED = "replaced"
    """Until the next one takes its place."""
    DAY = "day"
    FOR_GOOD = "for-good"


@dataclass(frozen=True, slots=True)
class Somebody:
    """Whose data is looked for."""

    person_id: int
    addresses: Sequence[tuple[str, str]]
    """Channels and values."""
    tickets: Sequence[int]
    declarations: Sequence[int]


Of = Callable[[Somebody], ColumnElement[bool]]


@dataclass(frozen=True, slots=True)
class Holding:
    """One table: each of its columns is told to the person, or withheld, or says nothing about anybody."""

    table: str
    told: tuple[str, ...] = ()
    """Handed out by « Mes données », in this order."""
    withheld: tuple[str, ...] = ()
    """About the person, but a secret that protects them, or the workings of what is told already."""
    plain: tuple[str, ...] = ()
    why: Why = Why.RUN
    kept: str = Until.FOR_GOOD
    """The name of a kind of `storage.retention`, or an `Until`."""
    sees: Sees = Sees.NOBODY
    of: Of | None = None
    """Which rows are somebody's; None: nothing in it is about anybody who uses the assistant."""

    @property
    def is_personal(self) -> bool:
        return bool(self.told or self.withheld)


def of_person(table: str) -> Of:
    """The rows that carry their number."""
    return lambda who: _column(table, "person_id") == who.person_id


def of_ticket(table: str, column: str = "ticket_id") -> Of:
    """Those about one of their tickets."""
    return lambda who: _column(table, column).in_(who.tickets)


def at_address(table: str, column: str = "address") -> Of:
    """Those to or from one of their addresses."""
    channel, value = _column(table, "channel"), _column(table, column)
    return lambda who: tuple_(channel, value).in_(who.addresses) if who.addresses else false()


def at_mail_address(table: str) -> Of:
    """The same, in a table that knows mail addresses only."""
    return lambda who: _column(table, "address").in_(
        [value for channel, value in who.addresses if channel == "mail"]
    )


def _column(table: str, column: str) -> ColumnElement[Any]:
    return metadata.tables[table].c[column]
