"""Who declares in a rehearsal, and when: chance that falls out the same each time."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import datetime, time, timedelta, tzinfo
from random import Random
from typing import Final

from handlers.declarations.periods import Period
from storage.rehearsal import Declares

LAST: Final = 45
"""Days, up to the deadline, in which they do: before, between and after the reminders."""
HOURS: Final = range(8, 18)
"""Of the day, when somebody declares."""


def declared(
    people: Collection[int], periods: Collection[Period], share: float, zone: tzinfo
) -> Iterator[Declares]:
    """That share of the people declares in each period, each at some moment of its last weeks."""
    for period in periods:
        for person_id in people:
            # Of each person and period alone: who else is on the roster changes nothing for them.
            chance = Random(f"{period.key}:{person_id}")  # noqa: S311 - nothing is to be kept secret
            if chance.random() < share:
                yield Declares(_moment(chance, period, zone), person_id, period.key)


def _moment(chance: Random, period: Period, zone: tzinfo) -> datetime:
    day = period.deadline - timedelta(days=chance.randrange(LAST))
    return datetime.combine(day, time(chance.choice(HOURS), chance.randrange(60)), zone)
