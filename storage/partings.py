"""What stays behind at an address that is no longer somebody's: brought along, or emptied."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, delete, exists, select, update

from storage import forgotten
from storage.database import Transaction
from storage.states import UNSENT, LetterState, TalkState
from storage.tables import (
    address,
    data_export,
    discussion,
    enquiry,
    letter,
    letter_file,
    person,
    role,
    talk,
    ticket,
    ticket_event,
)

NO_WORDS: Final[Mapping[str, Any]] = {
    "address": "",
    "html": "",
    "buttons": [],
    "subject": None,
    "thread": None,
    "ticket_id": None,
}
"""Of a letter that was emptied: an answer to it is about nothing any more."""


def part(tx: Transaction, before: int, after: int, channel: str, value: str, now: datetime) -> None:
    """An address has gone from one person to another, by proof.

    Somebody who was known by it alone is that other person: what they said comes along. What was written to anybody
    else is not for the other one to see.
    """
    if _is_nobody(tx, before):
        _bring_along(tx, before, after)
    else:
        leave(tx, channel, value, now)


def leave(tx: Transaction, channel: str, value: str, now: datetime) -> None:
    """What was written to an address is emptied; what leaves for it now, and its name, are gone within two nights."""
    empty_letters(tx, (letter.c.channel == channel) & (letter.c.address == value))
    forgotten.leave(tx, channel, value, now)


def empty_letters(
    tx: Transaction, those: ColumnElement[bool], *, left: bool = False, more: Mapping[str, Any] | None = None
) -> None:
    """Those waiting never leave; one on its way now is emptied when it has `left`. `more`: what else goes."""
    waiting = update(letter).where(those, letter.c.state == LetterState.WAITING)
    tx.execute(waiting.values(state=LetterState.SKIPPED, reason="erased"))
    done = those if left else those & letter.c.state.not_in(UNSENT)
    tx.execute(delete(letter_file).where(letter_file.c.letter_id.in_(select(letter.c.id).where(done))))
    tx.execute(update(letter).where(done).values(**NO_WORDS, **(more or {})))


def _is_nobody(tx: Transaction, person_id: int) -> bool:
    """Whether they were known by that one address, which is gone: without a name, and never on the roster."""
    had_role = exists().where(role.c.person_id == person.c.id)
    elsewhere = exists().where(address.c.person_id == person.c.id)
    nobody = (person.c.id == person_id) & person.c.name.is_(None) & ~had_role & ~elsewhere
    return tx.execute(select(person.c.id).where(nobody)).first() is not None


def _bring_along(tx: Transaction, before: int, after: int) -> None:
    """The talk they were in is set aside: nobody is in two."""
    theirs = talk.c.person_id == before
    aside = update(talk).where(theirs, talk.c.state == TalkState.FOREGROUND)
    tx.execute(aside.values(state=TalkState.ASIDE))
    tx.execute(update(talk).where(theirs).values(person_id=after, version=talk.c.version + 1))
    for table in (ticket, enquiry):
        tx.execute(update(table).where(table.c.person_id == before).values(person_id=after))
    tx.execute(update(ticket_event).where(ticket_event.c.by == before).values(by=after))
    for table in (discussion, data_export):
        tx.execute(delete(table).where(table.c.person_id == before))
    tx.execute(update(person).where(person.c.id == before).values(offered=[]))
