"""How things stand: counts for the operator, no word of anybody's."""

from __future__ import annotations

from dataclasses import dataclass, field

from sqlalchemy import func, select

from storage import holds, mailboxes, outages, parked
from storage.care import ASIDE
from storage.database import Transaction
from storage.holds import Hold
from storage.mailboxes import Cursor
from storage.outages import Outage
from storage.states import UNSENT, LetterState
from storage.tables import inbox, letter, ticket
from storage.tickets import OPEN

LEFT = (*UNSENT, LetterState.DEAD, LetterState.UNKNOWN)
"""The states of letters that have not arrived as far as anybody knows."""


@dataclass(frozen=True, slots=True)
class Letters:
    """How many letters of a channel have not arrived."""

    waiting: int = 0
    """They still have to leave."""
    dead: int = 0
    """They were given up."""
    unknown: int = 0
    """Nobody knows whether they left."""


@dataclass(frozen=True, slots=True)
class Overview:
    """Everything that `declic status` tells."""

    cursors: dict[str, Cursor] = field(default_factory=dict)
    """By mailbox, of every one ever looked into."""
    outages: tuple[Outage, ...] = ()
    letters: dict[str, Letters] = field(default_factory=dict)
    """By channel, of those that have any."""
    parked_mails: int = 0
    parked_messages: int = 0
    open_tickets: int = 0
    holds: tuple[Hold, ...] = ()
    """Why nothing leaves; none: letters do."""


def overview(tx: Transaction) -> Overview:
    """How things stand now."""
    parked_messages = select(func.count()).select_from(inbox).where(inbox.c.parked_at.is_not(None))
    open_tickets = select(func.count()).select_from(ticket).where(OPEN, ticket.c.kind.not_in(ASIDE))
    return Overview(
        {cursor.name: cursor for cursor in mailboxes.all_cursors(tx)},
        outages.standing(tx),
        _letters(tx),
        parked.count(tx),
        int(tx.execute(parked_messages).scalar_one()),
        int(tx.execute(open_tickets).scalar_one()),
        holds.standing(tx),
    )


def _letters(tx: Transaction) -> dict[str, Letters]:
    counted = select(letter.c.channel, letter.c.state, func.count().label("count"))
    rows = tx.execute(
        counted.where(letter.c.state.in_(LEFT)).group_by(letter.c.channel, letter.c.state)
    ).all()
    by_place = {(row.channel, LetterState(row.state)): int(row.count) for row in rows}  # type: ignore[call-overload]
    return {
        channel: Letters(
            sum(by_place.get((channel, state), 0) for state in UNSENT),
            by_place.get((channel, LetterState.DEAD), 0),
            by_place.get((channel, LetterState.UNKNOWN), 0),
        )
        for channel in sorted({channel for channel, _ in by_place})
    }
