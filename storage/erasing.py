"""Forgets a person: who they are and what they said goes; what they declared stays, and is nobody's."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Column, ColumnElement, and_, delete, false, select, tuple_, update

from storage import forgotten
from storage.database import Transaction
from storage.states import UNSENT, LetterState, TalkState, TicketState
from storage.tables import (
    address,
    alert_wait,
    chat_pace,
    data_export,
    declaration,
    declaration_version,
    discussion,
    enquiry,
    inbox,
    invitation,
    letter,
    letter_file,
    link_code,
    machine_answer,
    no_use,
    person,
    registration,
    role,
    roster_file,
    talk,
    ticket,
    ticket_care,
    ticket_event,
)

Addresses = Sequence[tuple[str, str]]
"""Channels and values."""

AT_ONCE: Final = 100
"""Addresses that one transaction takes its leave of."""
NO_WORDS: Final[Mapping[str, Any]] = {
    "html": "",
    "buttons": [],
    "subject": None,
    "thread": None,
    "key": None,
    "ticket_id": None,
}
"""Of a letter that was emptied: an answer to it is about nothing any more."""


def erase(tx: Transaction, person_id: int, now: datetime) -> None:
    """Anonymises somebody. Their last letter is still to leave; see `say_farewells`."""
    rows = tx.execute(select(address.c.channel, address.c.value).where(address.c.person_id == person_id))
    addresses = [(row.channel, row.value) for row in rows]
    tickets = list(tx.scalars(select(ticket.c.id).where(ticket.c.person_id == person_id)))
    for channel, value in addresses:
        forgotten.forget(tx, channel, value, now)
    _erase_person(tx, person_id, addresses, now)
    _erase_talks(tx, person_id)
    _erase_letters(tx, _at(letter.c.channel, letter.c.address, addresses) | letter.c.ticket_id.in_(tickets))
    _erase_tickets(tx, tickets, now)
    _erase_words_of_declarations(tx, person_id)


def counts(tx: Transaction, person_id: int) -> dict[str, int]:
    """How much there is of what stays: what a yes to the erasing was said to."""
    sent = tx.scalars(select(declaration.c.id).where(declaration.c.person_id == person_id)).all()
    nothing = tx.scalars(select(no_use.c.period).where(no_use.c.person_id == person_id)).all()
    return {"declarations": len(sent), "nothing": len(nothing)}


def say_farewells(tx: Transaction, now: datetime) -> int:
    """What an address was still known by goes, once the last letter has had its time: how many there were."""
    leaving = forgotten.farewells(tx, now - forgotten.FAREWELL, AT_ONCE)
    for one in leaving:
        addresses = [(one.channel, one.address)]
        until = letter.c.due <= one.at
        _erase_letters(tx, _at(letter.c.channel, letter.c.address, addresses) & until, left=True)
        tx.execute(
            delete(inbox).where(_at(inbox.c.channel, inbox.c.sender, addresses), inbox.c.first_at <= one.at)
        )
        tx.execute(delete(chat_pace).where(_at(chat_pace.c.channel, chat_pace.c.address, addresses)))
        forgotten.said_farewell(tx, one)
    return len(leaving)


def _erase_person(tx: Transaction, person_id: int, addresses: Addresses, now: datetime) -> None:
    nobody: dict[str, Any] = {
        "name": None,
        "language": None,
        "reminders": False,
        "offered": [],
        "closed_at": now,
    }
    tx.execute(update(person).where(person.c.id == person_id).values(**nobody))
    open_roles = and_(role.c.person_id == person_id, role.c.closed_at.is_(None))
    tx.execute(update(role).where(open_roles).values(closed_at=now))
    mails = [value for channel, value in addresses if channel == "mail"]
    tx.execute(delete(machine_answer).where(machine_answer.c.address.in_(mails)))
    about = (link_code.c.person_id == person_id) | link_code.c.mailed_to.in_(mails)
    tx.execute(delete(link_code).where(about | _at(link_code.c.channel, link_code.c.address, addresses)))
    for table in (address, invitation, roster_file, enquiry, data_export):
        tx.execute(delete(table).where(table.c.person_id == person_id))
    among = (discussion.c.person_id == person_id) | (discussion.c.human_id == person_id)
    tx.execute(delete(discussion).where(among))


def _erase_talks(tx: Transaction, person_id: int) -> None:
    own = talk.c.person_id == person_id
    empty: dict[str, Any] = {"seed": {}, "answers": {}, "held": None, "offered": [], "editing": ""}
    tx.execute(update(talk).where(own).values(**empty, version=talk.c.version + 1))
    still_open = talk.c.state.in_((TalkState.FOREGROUND, TalkState.ASIDE))
    tx.execute(update(talk).where(own, still_open).values(state=TalkState.CANCELLED))


def _erase_letters(tx: Transaction, those: ColumnElement[bool], *, left: bool = False) -> None:
    """Those to them and those about what they asked; one on its way now is emptied when it has left."""
    waiting = update(letter).where(those, letter.c.state == LetterState.WAITING)
    tx.execute(waiting.values(state=LetterState.SKIPPED, reason="erased"))
    done = those if left else those & letter.c.state.not_in(UNSENT)
    tx.execute(delete(letter_file).where(letter_file.c.letter_id.in_(select(letter.c.id).where(done))))
    tx.execute(update(letter).where(done).values(**NO_WORDS, address=""))


def _erase_tickets(tx: Transaction, ids: Sequence[int], now: datetime) -> None:
    own = ticket.c.id.in_(ids)
    nothing = {"text": "", "answer": None, "thread": None, "address": "", "state": TicketState.ANSWERED}
    tx.execute(update(ticket).where(own).values(**nothing))
    tx.execute(update(ticket_event).where(ticket_event.c.ticket_id.in_(ids)).values(words=""))
    care = update(ticket_care).where(ticket_care.c.ticket_id.in_(ids))
    tx.execute(care.values(tried=""))
    tx.execute(care.where(ticket_care.c.closed_at.is_(None)).values(closed_at=now, changed_at=now))
    for table in (registration, alert_wait, discussion):
        tx.execute(delete(table).where(table.c.ticket_id.in_(ids)))


def _erase_words_of_declarations(tx: Transaction, person_id: int) -> None:
    """What was declared is owed by the school; what was written beside it is not."""
    own = declaration.c.person_id == person_id
    tx.execute(update(declaration).where(own).values(note=None, reason=None))
    versions = select(declaration_version).join(declaration).where(own)
    for row in tx.execute(versions).all():
        this = (
            declaration_version.c.declaration_id == row.declaration_id,
            declaration_version.c.version == row.version,
        )
        kept = {**row._mapping["values"], "note": None}
        tx.execute(update(declaration_version).where(*this).values({"values": kept}))


def _at(channel: Column[Any], value: Column[Any], addresses: Addresses) -> ColumnElement[bool]:
    """Whether the two columns name one of these addresses."""
    return tuple_(channel, value).in_(addresses) if addresses else false()
