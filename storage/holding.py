"""What there is to say of a table in which something is held about people."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from sqlalchemy import ColumnElement, false, or_

from storage.states import TicketStep
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
    """Until the person asks for it to be erased, or has long left."""
    REPLACED = "replaced"
    """Until the next one takes its place."""
    DAY = "day"
    FOR_GOOD = "for-good"


class Erased(StrEnum):
    """What « Effacer » does with somebody's rows."""

    GONE = "gone"
    """They are deleted."""
    EMPTIED = "emptied"
    """They stay for what refers to them, without a word of anybody's."""
    NAMELESS = "nameless"
    """They stay, and are nobody's: the school owes them."""
    STAYS = "stays"
    """Nobody can tell whose they are."""


@dataclass(frozen=True, slots=True)
class Somebody:
    """Whose data is looked for."""

    person_id: int
    addresses: Sequence[tuple[str, str]]
    """Channels and values."""
    tickets: Sequence[int]
    declarations: Sequence[int]


ALERT: Final = "alert:"
"""Begins the key of every letter to those in charge, as in bot.sending."""
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
    erased: Erased = Erased.STAYS
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
    return lambda who: or_(false(), *((channel == at[0]) & (value == at[1]) for at in who.addresses))


def written_to(table: str) -> Of:
    """The letters to one of their addresses, but for alerts and whatever is about somebody else's ticket."""
    there, about, key = at_address(table), _column(table, "ticket_id"), _column(table, "key")
    no_alert = key.is_(None) | ~key.startswith(ALERT)
    return lambda who: there(who) & no_alert & (about.is_(None) | about.in_(who.tickets))


def told_of_ticket(table: str) -> Of:
    """What happened to one of their tickets, but for what those in charge note for themselves."""
    of_own = of_ticket(table)
    return lambda who: of_own(who) & (_column(table, "what") != TicketStep.NOTE)


def at_mail_address(table: str) -> Of:
    """The same, in a table that knows mail addresses only."""
    return lambda who: _column(table, "address").in_(
        [value for channel, value in who.addresses if channel == "mail"]
    )


def _column(table: str, column: str) -> ColumnElement[Any]:
    return metadata.tables[table].c[column]
