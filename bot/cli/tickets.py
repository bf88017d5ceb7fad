"""`declic tickets` and `declic ticket`: what humans have to take up, and what became of it."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta, tzinfo
from typing import Final, TypeVar

from bot.cli.start import opened
from bot.cli.status import local
from bot.cli.told import Told, operators_wording
from bot.clock import SystemClock
from bot.messages import number_in
from bot.settings import Settings
from storage import care, people, tickets
from storage.care import Event
from storage.database import Transaction
from storage.tickets import Ticket

T = TypeVar("T")

MOST: Final = 200
"""Tickets listed."""
HOUR: Final = timedelta(hours=1)


async def list_them(settings: Settings, *, only_open: bool, as_json: bool) -> Told:
    """One line a ticket, oldest first, or one JSON list; no text that anybody wrote."""
    found = await _read(settings, lambda tx: care.all_of_them(tx, only_open=only_open, most=MOST))
    now = SystemClock().now()
    listed = [_line(one, now, settings.zone) for one in found]
    if as_json:
        return Told(json.dumps(listed, ensure_ascii=False))
    return operators_wording().told("cli/tickets", {"listed": listed, "only_open": only_open})


async def show(settings: Settings, number: int) -> Told:
    """All that is known of one ticket."""
    found = await _read(settings, lambda tx: _found(tx, number))
    wording = operators_wording()
    if found is None:
        return wording.told("cli/no-such-ticket", {"number": number}, ok=False)
    ticket, taken_by, events = found
    told = {
        **_line(ticket, SystemClock().now(), settings.zone),
        "matter": ticket.text,
        "tried": ticket.tried,
        "taken_by": taken_by,
        "history": [_event(one, settings.zone) for one in events],
    }
    return wording.told("cli/ticket", {"ticket": told})


async def _read(settings: Settings, work: Callable[[Transaction], T]) -> T:
    async with opened(settings) as database:
        return await database.read(work)


def _found(tx: Transaction, number: int) -> tuple[Ticket, str | None, tuple[Event, ...]] | None:
    ticket = None if number_in(str(number)) is None else tickets.by_id(tx, number)
    if ticket is None:
        return None
    taker = people.by_id(tx, ticket.taken_by) if ticket.taken_by else None
    return ticket, taker.name if taker else None, care.history(tx, number)


def _line(ticket: Ticket, now: datetime, zone: tzinfo) -> Mapping[str, object]:
    """`hours`: how long ago it was opened."""
    return {
        "number": ticket.id,
        "kind": ticket.kind,
        "status": ticket.status.value,
        "desk": ticket.desk.value,
        "taken_by": ticket.taken_by,
        "opened_at": local(ticket.opened_at, zone),
        "hours": (now - ticket.opened_at) // HOUR,
        "reminders": ticket.reminders,
        "solved": ticket.solved,
        "rating": ticket.rating,
    }


def _event(one: Event, zone: tzinfo) -> Mapping[str, object]:
    return {"at": local(one.at, zone), "name": one.name, "what": one.what.value, "words": one.words}
