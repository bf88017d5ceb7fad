"""Working time: how long somebody has waited, counted in the hours in which the team is there."""

from __future__ import annotations

from collections.abc import Container, Iterator
from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import Final

from bot.settings.team import Hours

SATURDAY: Final = 5


def working_time(
    since: datetime, until: datetime, hours: Hours, zone: tzinfo, holidays: Container[date]
) -> timedelta:
    """How much of the time between the two moments falls into the working hours of working days.

    Hours are local, from Monday to Friday, holidays left out. What really passed is counted: on the days when the
    clock is changed the hours between are longer or shorter than the clock tells.
    """
    spans = _working_spans(
        since.astimezone(zone).date(), until.astimezone(zone).date(), hours, zone, holidays
    )
    parts = (min(until, ends) - max(since, begins) for begins, ends in spans)
    return sum((part for part in parts if part > timedelta()), timedelta())


def _working_spans(
    first: date, last: date, hours: Hours, zone: tzinfo, holidays: Container[date]
) -> Iterator[tuple[datetime, datetime]]:
    """When work begins and ends on each working day, in UTC: times of one zone are compared by the clock alone."""
    for days in range((last - first).days + 1):
        day = first + timedelta(days)
        if day.weekday() < SATURDAY and day not in holidays:
            begins, ends = (
                datetime.combine(day, at, zone).astimezone(UTC) for at in (hours.begins, hours.ends)
            )
            yield begins, ends
