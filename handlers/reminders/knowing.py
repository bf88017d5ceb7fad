"""Whether a campaign's numbers are for whoever asks: where a report keeps its figures back, they stay too."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bot.turn import Turn
from handlers.declarations.periods import Period
from handlers.reminders.about import period_of
from handlers.reminders.aims import inside
from handlers.reports.masking import LEAST
from handlers.reports.ordering import terms_of
from handlers.reports.report import Terms, read_report
from handlers.reports.views import Reach, View, view_at, views_of
from storage.audiences import OF_STAFF
from storage.campaigns import Campaign
from storage.database import Transaction


@dataclass(frozen=True, slots=True)
class Masks:
    """Looking at reports, beside the turn that asks for it."""

    seen: tuple[tuple[View, Period], ...]
    terms: Terms

    def read(self, tx: Transaction) -> Callable[[], frozenset[str]]:
        found = frozenset(view.key for view, period in self.seen if hides(tx, view, period, self.terms))
        return lambda: found


def hides(tx: Transaction, view: View, period: Period, terms: Terms) -> bool:
    """Whether the report of it keeps its figures back; some seconds for a school out of all."""
    if view.inside or view.reach is Reach.ALL:
        return False
    return read_report(tx, view, period, terms).total.hidden


def known_to(turn: Turn, asked: Sequence[tuple[Campaign, int]]) -> list[bool]:
    """For each campaign, and how many people it is for, whether the sender is told its numbers."""
    views = [_outside(turn, one, people) for one, people in asked]
    seen = {
        (view, period_of(one)) for (one, _), view in zip(asked, views, strict=True) if isinstance(view, View)
    }
    masked = turn.prepared(Masks(tuple(sorted(seen, key=str)), terms_of(turn))) if seen else frozenset()
    return [view.key not in masked if isinstance(view, View) else view for view in views]


def _outside(turn: Turn, one: Campaign, people: int) -> View | bool:
    """What the report to go by is about; or at once whether the numbers are known."""
    aim = one.aim
    if (aim.school_id is None and aim.centre_id is None) or inside(turn.person, one):
        return True
    if aim.audience in OF_STAFF and people < LEAST:
        return False
    key = f"{Reach.CENTRE}-{aim.centre_id}" if aim.school_id is None else f"{Reach.SCHOOL}-{aim.school_id}"
    return view_at(turn.tx, views_of(turn.tx, turn.person), key) or False
