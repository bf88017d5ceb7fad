"""Matters that wait for a verdict: such a ticket is told with the buttons of its own kind, and only they end it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from bot.messages import Reply
from bot.turn import Turn
from handlers.declarations import past_limit
from handlers.roster import registration
from storage.tickets import Ticket


def undecided(turn: Turn, ticket: Ticket, by: str | None = None) -> Reply | None:
    """The alert of a ticket as it stands now, passed on by somebody or not; None where no verdict waits."""
    again = MATTERS.get(ticket.kind)
    return again(turn, ticket, by) if again else None


MATTERS: Mapping[str, Callable[[Turn, Ticket, str | None], Reply | None]] = {
    past_limit.KIND: past_limit.alert_again,
    registration.KIND: registration.alert_again,
}
"""By the kind of the ticket."""
