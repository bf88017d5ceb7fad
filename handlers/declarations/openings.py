"""Which periods are open today: by the calendar, or as the operator has decided by hand."""

from __future__ import annotations

from collections.abc import Mapping

from bot.turn import Turn
from handlers.declarations.filing import Terms
from handlers.declarations.periods import Period, is_open, open_periods
from storage import closings


def terms_of(turn: Turn) -> Terms:
    """What the operator has decided of every declaration."""
    settings = turn.house.settings
    return Terms(settings.grace_days, settings.destination.value, turn.once(_by_hand))


def open_now(turn: Turn) -> tuple[Period, ...]:
    """Those that can be declared for, the oldest first."""
    terms = terms_of(turn)
    return open_periods(turn.today, terms.grace_days, terms.by_hand)


def is_open_now(turn: Turn, period: Period) -> bool:
    """Whether what was sent for a period may still change."""
    terms = terms_of(turn)
    return is_open(period, turn.today, terms.grace_days, terms.by_hand)


def _by_hand(turn: Turn) -> Mapping[str, bool]:
    return closings.by_hand(turn.tx)
