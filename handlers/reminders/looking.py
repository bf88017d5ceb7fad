"""Looking at campaigns beside the turn that asks: how far each has come, as far as the reader may know it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from handlers.reminders.knowing import known_to
from handlers.reminders.progress import Told, told
from handlers.reports.views import Reach, View
from storage import campaign_progress, campaigns
from storage.campaign_progress import Progress
from storage.database import Transaction

SHOWN: Final = 5
"""Campaigns that one message lists."""

Seen = tuple[Told, bool]
"""A campaign, and whether its numbers are for the reader."""


@dataclass(frozen=True, slots=True)
class Look:
    """At the newest campaigns, or at one: all its letters are counted, which takes too long for a turn."""

    followed: tuple[View, ...]
    """What the reader follows."""
    number: int | None = None
    most: int = SHOWN

    def read(self, tx: Transaction) -> Callable[[], tuple[Seen, ...]]:
        seen = _seen(tx, self.followed, self._found(tx))
        return lambda: seen

    def _found(self, tx: Transaction) -> Sequence[Progress]:
        if self.number is None:
            return self._newest(tx)
        one = campaigns.by_id(tx, self.number)
        return [campaign_progress.of_one(tx, one)] if one else []

    def _newest(self, tx: Transaction) -> Sequence[Progress]:
        if any(view.reach is Reach.ALL for view in self.followed):
            return campaign_progress.listed(tx, self.most)
        ids = {
            reach: [view.id for view in self.followed if view.reach is reach and view.id] for reach in Reach
        }
        schools, centres = ids[Reach.SCHOOL], ids[Reach.CENTRE]
        return campaign_progress.listed(tx, self.most, school_ids=schools, centre_ids=centres)


def _seen(tx: Transaction, followed: Sequence[View], found: Sequence[Progress]) -> tuple[Seen, ...]:
    pages = [told(tx, one) for one in found]
    asked = [(one.campaign.aim, page.people) for one, page in zip(found, pages, strict=True)]
    return tuple(zip(pages, known_to(tx, followed, asked), strict=True))
