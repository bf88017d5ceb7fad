"""Working time: how long somebody has waited, counted in the hours in which the team is there."""

from __future__ import annotations

from collections.abc import Container, Iterator
from datetime import UTC, date, datetime, timedelta, tzinfo

from bot.settings.team import Hours


def working_time(
    since: datetime, until: datetime, hours: Hours, zone: tzinfo, working_days: Container[date]
) -> timedelta:
    """How much of the time between the two moments falls into the working hours of working days.

    Hours are local. What really passed is counted: on the days when the clock is changed the hours between are
    longer or shorter than the clock tells.
    """
    spans = _working_spans(
        since.astimezone(zone).date(), until.astimezone(zone).date(), hours, zone, working_days
    )
    parts = (min(until, ends) - max(since, begins) for begins, ends in spans)
    return sum((part for part in parts if part > timedelta()), timedelta())


def _working_spans(
    first: date, last: date, hours: Hours, zone: tzinfo, working_days: Container[date]
) -> Iterator[tuple[datetime, datetime]]:
    """When work begins and ends on each working day, in UTC: times of one zone are compared by the clock alone."""
    for days in range((last - first).days + 1):
        day = first + timedelta(days)
        if day in working_days:
            begins, ends = (
                datetime.combine(day, at, zone).astimezone(UTC) for at in (hours.begins, hours.ends)
            )
            yield begins, ends
