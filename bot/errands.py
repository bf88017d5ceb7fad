"""What is fetched from outside before a message is taken in: nothing slow happens inside its transaction."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

import structlog

from bot.attachments import BarcodeSeen, Seen
from bot.clock import Clock
from bot.messages import Call, Heard, Kind, read_press
from bot.question import Answer, Unreadable
from bot.reading import an_isbn
from bot.reading.identifiers import kind_of, number_of
from storage import books, known_titles, people
from storage.database import Database, Transaction

if TYPE_CHECKING:
    from bot.lookup import Lookup

log = structlog.get_logger()

LONGEST_TEXT = 2_000
"""Characters that are looked through for a book's number."""


@dataclass(frozen=True, slots=True)
class Errands:
    """Looks up the book that a message names, and keeps what was found for the talks that are replayed."""

    database: Database
    lookup: Lookup
    clock: Clock

    async def run(self, heard: Heard, seen: Sequence[Seen]) -> None:
        """Returns when it is done, or given up: without it people are asked what they can tell themselves."""
        isbn = next(_numbers_in(heard, seen), None)
        if isbn is None:
            return
        try:
            await self._look_up(heard, isbn)
        except Exception as error:  # noqa: BLE001 - the message is to be heard all the same
            log.warning("errand-failed", channel=heard.channel, mark=heard.mark, error=type(error).__name__)

    async def _look_up(self, heard: Heard, isbn: str) -> None:
        now = self.clock.now()
        if await self.database.read(partial(_is_wanted, heard=heard, isbn=isbn, now=now)):
            found = await self.lookup.find(isbn)
            await self.database.write(lambda tx: books.keep(tx, isbn, found, now))


def _is_wanted(tx: Transaction, heard: Heard, isbn: str, now: datetime) -> bool:
    """Whether it is asked for by somebody of the roster, who has not declared this very book before."""
    person = people.by_address(tx, heard.channel, heard.sender)
    if person is None or not person.linked or not heard.proven or not books.is_due(tx, isbn, now):
        return False
    declared = known_titles.recent(tx, person.id, person.school.school_id if person.school else None)
    return not any(work.isbn == isbn for work in declared)


def _numbers_in(heard: Heard, seen: Sequence[Seen]) -> Iterator[str]:
    """The ISBNs that a picture, a pressed button or a text names."""
    named = (*_photographed(seen), *_pressed(heard), *_written(heard))
    return (number for number in named if kind_of(number) == "isbn")


def _photographed(seen: Sequence[Seen]) -> Iterator[str]:
    return (one.isbn for one in seen if isinstance(one, BarcodeSeen) and one.isbn)


def _pressed(heard: Heard) -> Iterator[str]:
    press = read_press(heard.press) if heard.kind is Kind.PRESS else None
    number = number_of(press.argument.rpartition("-")[2]) if isinstance(press, Call) else None
    return iter((number,) if number else ())


def _written(heard: Heard) -> Iterator[str]:
    reader, answer = an_isbn(), Answer(heard.text[:LONGEST_TEXT], heard.at)
    if heard.kind is Kind.TEXT and any(map(str.isdigit, answer.text)):
        try:
            yield reader.read(answer)
        except Unreadable:
            return
