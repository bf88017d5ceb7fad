"""Gathering: which alerts are told at once, and which wait to be told together."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from bot.messages import Page, Reply
from bot.render import LANGUAGES
from bot.turn import Turn
from storage import care, gathered, tickets
from storage.database import Transaction
from storage.gathered import Burst, Wait

TEAM: Final = "operators"
"""The desk of the operators."""
SCHOOL: Final = "school:"
"""Begins the desk of those responsible for a school, before its id."""
URGENT: Final = frozenset({"distress", "codes", "bounce", "channel-down", "not-me"})
"""Kinds of tickets that are told at once, always. Alerts about no ticket are never gathered either."""
BURST: Final = timedelta(hours=1)
"""How long alerts of a kind count together, from the first that was told at once."""
AT_ONCE: Final = 4
"""Alerts that are told at once within a burst: so many a team takes up as they come."""
FIRST_LIST: Final = 5
"""Alerts in the first list of a burst that does not wait for its end; each further one takes twice as many."""
LONGEST_LIST: Final = 40
FORGOTTEN: Final = timedelta(days=30)
"""When an alert that was listed can no longer be asked for."""


def desk_of(school_id: int | None) -> str:
    """The desk of those responsible for a school; without one that of the operators."""
    return f"{SCHOOL}{school_id}" if school_id else TEAM


def gathers(turn: Turn, desk: str, ticket_id: int, reply: Reply, key: str) -> bool:
    """Keeps the alert for a list, if enough others of its kind came within the hour that nobody has taken up yet."""
    ticket = tickets.by_id(turn.tx, ticket_id)
    if ticket is None or ticket.kind in URGENT:
        return False
    last = gathered.burst(turn.tx, desk, ticket.kind)
    waits = last is not None and care.others_wait(turn.tx, ticket.kind, last.began_at, ticket_id)
    now = _told_at_once(last, ticket_id, waits, turn.now)
    if now:
        gathered.keep_burst(turn.tx, desk, ticket.kind, now)
        return False
    pages = {language: _page(turn, reply, language) for language in LANGUAGES}
    gathered.wait(turn.tx, desk, ticket.kind, ticket_id, key, pages, turn.now)
    return True


def _told_at_once(last: Burst | None, ticket_id: int, others_wait: bool, now: datetime) -> Burst | None:
    """The burst as it stands once the alert was told at once; None: it is gathered."""
    if last is None or now - last.began_at >= BURST:
        return Burst(ticket_id, now, 1, 0)
    if last.ticket_id != ticket_id and not others_wait:
        return Burst(ticket_id, now, 1, 0)
    return replace(last, at_once=last.at_once + 1) if last.at_once < AT_ONCE else None


def _page(turn: Turn, reply: Reply, language: str) -> Page:
    return turn.house.wording.page([reply], language)


def next_list(turn: Turn, desk: str, ticket_id: int) -> tuple[Wait, ...]:
    """What was gathered, once it is enough for a list; a flood makes longer ones, not more of them."""
    ticket = tickets.by_id(turn.tx, ticket_id)
    last = gathered.burst(turn.tx, desk, ticket.kind) if ticket else None
    if ticket is None or last is None:
        return ()
    enough = min(FIRST_LIST * 2**last.lists, LONGEST_LIST)
    if gathered.waiting(turn.tx, desk, ticket.kind) < enough:
        return ()
    gathered.keep_burst(turn.tx, desk, ticket.kind, replace(last, lists=last.lists + 1))
    return gathered.take_list(turn.tx, desk, ticket.kind, enough, turn.now)


def lists_due(tx: Transaction, now: datetime) -> Iterator[tuple[str, tuple[Wait, ...]]]:
    """What was gathered in bursts that are over, by desk; it counts as listed from then on."""
    gathered.forget(tx, now - FORGOTTEN)
    for desk, kind in gathered.to_list(tx, now - BURST):
        while listed := gathered.take_list(tx, desk, kind, LONGEST_LIST, now):
            yield desk, listed
