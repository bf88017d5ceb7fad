"""Forgets a person: who they are and what they said goes; what they declared stays, and is nobody's."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import Column, ColumnElement, and_, delete, select, update

from storage import forgotten
from storage.database import Database, Transaction
from storage.partings import empty_letters
from storage.states import TalkState, TicketState
from storage.tables import (
    account,
    address,
    alert_wait,
    campaign,
    chat_pace,
    data_export,
    declaration,
    declaration_version,
    discussion,
    enquiry,
    headcount,
    inbox,
    invitation,
    letter,
    link_code,
    machine_answer,
    no_use,
    person,
    registration,
    reminder,
    reminder_choice,
    role,
    roster_file,
    talk,
    ticket,
    ticket_care,
    ticket_event,
)

Addresses = Sequence[tuple[str, str]]
"""Channels and values."""
PartWith = Callable[[Transaction, str, str, datetime], None]
"""Notes that an address, by channel and value, is nobody's any more."""

LAST: Final = timedelta(minutes=2)
"""The last letter is due so long after at most: one that has left keeps when its lease would have ended."""
KEYLESS: Final[Mapping[str, Any]] = {"key": None, "person_id": None}
"""A letter's key may name the person; a reminder does."""
OWN: Final = (
    account,
    address,
    invitation,
    roster_file,
    enquiry,
    data_export,
    reminder,
    reminder_choice,
)
"""Tables whose rows are gone with the person that they carry the number of."""


def erase(tx: Transaction, person_id: int, now: datetime) -> None:
    """Anonymises somebody who asked for it. Their last letter is still to leave; see `say_farewells`."""
    _erase(tx, person_id, now, forgotten.forget)


def erase_departed(tx: Transaction, person_id: int, now: datetime) -> None:
    """The same to somebody who left long ago and never asked: a list may bring them back."""
    _erase(tx, person_id, now, forgotten.leave)


def _erase(tx: Transaction, person_id: int, now: datetime, part_with: PartWith) -> None:
    rows = tx.execute(select(address.c.channel, address.c.value).where(address.c.person_id == person_id))
    addresses = [(row.channel, row.value) for row in rows]
    tickets = list(tx.scalars(select(ticket.c.id).where(ticket.c.person_id == person_id)))
    for channel, value in addresses:
        part_with(tx, channel, value, now)
    _erase_person(tx, person_id, now)
    _erase_codes(tx, person_id, addresses)
    _erase_talks(tx, person_id)
    for those in (*_each_at(letter.c.channel, letter.c.address, addresses), letter.c.ticket_id.in_(tickets)):
        empty_letters(tx, those, more=KEYLESS)
    _erase_tickets(tx, tickets, now)
    _erase_words_of_declarations(tx, person_id)


def counts(tx: Transaction, person_id: int) -> dict[str, int]:
    """How much there is of what stays: what a yes to the erasing was said to."""
    sent = tx.scalars(select(declaration.c.id).where(declaration.c.person_id == person_id)).all()
    nothing = tx.scalars(select(no_use.c.period).where(no_use.c.person_id == person_id)).all()
    return {"declarations": len(sent), "nothing": len(nothing)}


def say_farewell(tx: Transaction, now: datetime) -> bool:
    """What one address was still known by goes, once the last letter has had its time; False: there is none."""
    leaving = forgotten.farewells(tx, now - forgotten.FAREWELL, 1)
    for one in leaving:
        there = (letter.c.channel == one.channel) & (letter.c.address == one.address)
        empty_letters(tx, there & (letter.c.due <= one.at + LAST), left=True, more=KEYLESS)
        came = (inbox.c.channel == one.channel) & (inbox.c.sender == one.address)
        tx.execute(delete(inbox).where(came, inbox.c.first_at <= one.at))
        paced = (chat_pace.c.channel == one.channel) & (chat_pace.c.address == one.address)
        tx.execute(delete(chat_pace).where(paced))
        forgotten.said_farewell(tx, one)
    return bool(leaving)


async def say_farewells(database: Database, now: datetime) -> int:
    """Takes leave of every address whose day is over, each in a transaction of its own: how many there were."""
    said = 0
    while await database.write(lambda tx: say_farewell(tx, now)):
        said += 1
    return said


def _erase_person(tx: Transaction, person_id: int, now: datetime) -> None:
    nobody: dict[str, Any] = {
        "name": None,
        "language": None,
        "reminders": False,
        "reminds_on": None,
        "offered": [],
        "closed_at": now,
    }
    tx.execute(update(person).where(person.c.id == person_id).values(**nobody))
    open_roles = and_(role.c.person_id == person_id, role.c.closed_at.is_(None))
    tx.execute(update(role).where(open_roles).values(closed_at=now))
    tx.execute(update(headcount).where(headcount.c.confirmed_by == person_id).values(confirmed_by=None))
    sent_by_hand = update(campaign).where(campaign.c.made_by == person_id)
    tx.execute(sent_by_hand.values(made_by=None, note=None))
    for table in OWN:
        tx.execute(delete(table).where(table.c.person_id == person_id))
    among = (discussion.c.person_id == person_id) | (discussion.c.human_id == person_id)
    tx.execute(delete(discussion).where(among))


def _erase_codes(tx: Transaction, person_id: int, addresses: Addresses) -> None:
    """The codes that they asked for or were mailed, and when their mail programs answered us."""
    mails = [value for channel, value in addresses if channel == "mail"]
    tx.execute(delete(machine_answer).where(machine_answer.c.address.in_(mails)))
    about = (link_code.c.person_id == person_id) | link_code.c.mailed_to.in_(mails)
    asked = _each_at(link_code.c.channel, link_code.c.address, addresses)
    for those in (about, *asked):
        tx.execute(delete(link_code).where(those))


def _erase_talks(tx: Transaction, person_id: int) -> None:
    own = talk.c.person_id == person_id
    empty: dict[str, Any] = {"seed": {}, "answers": {}, "held": None, "offered": [], "editing": ""}
    tx.execute(update(talk).where(own).values(**empty, version=talk.c.version + 1))
    still_open = talk.c.state.in_((TalkState.FOREGROUND, TalkState.ASIDE))
    tx.execute(update(talk).where(own, still_open).values(state=TalkState.CANCELLED))


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


def _each_at(channel: Column[Any], value: Column[Any], addresses: Addresses) -> Iterator[ColumnElement[bool]]:
    """Whether the two columns name an address, for each: a comparison of pairs would use no index."""
    return ((channel == at[0]) & (value == at[1]) for at in addresses)
