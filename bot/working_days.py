"""Working days, and the hours of them in which unasked messages may leave."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo
from functools import cache
from typing import Final

from bot.settings.team import Hours

SATURDAY: Final = 5
ONE_DAY: Final = timedelta(days=1)
AT_MOST: Final = 120
"""Days looked at for a working one: longer than any summer."""


@dataclass(frozen=True, slots=True)
class WorkingDays:
    """From Monday to Friday, Quebec's public holidays and the closed days left out."""

    closed: Collection[date] = frozenset()
    """Days on which schools are out, by the operator's school calendar."""

    def __contains__(self, day: object) -> bool:
        return isinstance(day, date) and self._is_worked(day)

    def _is_worked(self, day: date) -> bool:
        return day.weekday() < SATURDAY and day not in _of_quebec(day.year) and day not in self.closed

    def on_or_before(self, day: date) -> date | None:
        """The day itself where it is a working one, else the last one before; None: there is none for months."""
        return self._first(day, -ONE_DAY)

    def on_or_after(self, day: date) -> date | None:
        """The day itself where it is a working one, else the first one after; None: there is none for months."""
        return self._first(day, ONE_DAY)

    def _first(self, day: date, step: timedelta) -> date | None:
        return next((one for n in range(AT_MOST) if (one := day + n * step) in self), None)


@cache
def _of_quebec(year: int) -> frozenset[date]:
    """The public holidays of a year, and Easter Monday: employers may choose it, and schools have to be closed.

    That is section 19 of the basic school regulation (« Régime pédagogique », I-13.3, r. 8). The library takes as long
    to load as all the rest of a start; it fills a year while others look into it, so that only whole ones are kept.
    """
    import holidays  # noqa: PLC0415

    return frozenset(
        holidays.country_holidays("CA", subdiv="QC", years=year, categories=("public", "optional"))
    )


@dataclass(frozen=True, slots=True)
class SendingHours:
    """When unasked messages may leave: spans of local time on working days, in their order."""

    spans: tuple[Hours, ...]
    days: WorkingDays
    zone: tzinfo

    def open_at(self, moment: datetime) -> bool:
        """Whether they may leave now; the end of a span is outside it."""
        return self.next_opening(moment) == moment

    def next_opening(self, moment: datetime) -> datetime:
        """The moment itself within a span, else when the next one begins."""
        return next(max(moment, begins) for begins, ends in self._from(moment) if moment < ends)

    def done_by(self, moment: datetime, takes: timedelta) -> datetime:
        """When what takes so long is done, begun at the moment and paused between the spans."""
        for begins, ends in self._from(moment):
            begins = max(moment, begins)
            if takes <= ends - begins:
                return begins + takes
            takes -= max(timedelta(), ends - begins)
        raise AssertionError("there is always another span")

    def _from(self, moment: datetime) -> Iterator[tuple[datetime, datetime]]:
        """The spans of that day and those after it, in UTC: times of one zone are compared by the clock alone."""
        day = self.days.on_or_after(moment.astimezone(self.zone).date())
        while day:
            for span in self.spans:
                begins, ends = (
                    datetime.combine(day, at, self.zone).astimezone(UTC) for at in (span.begins, span.ends)
                )
                yield begins, ends
            day = self.days.on_or_after(day + ONE_DAY)
