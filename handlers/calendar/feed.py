"""Duties as an iCalendar file (RFC 5545): whole days, and a word a week before each deadline."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from bot.messages import File
from bot.render import Wording
from handlers.calendar.duties import ONE_DAY, Duty

if TYPE_CHECKING:
    from icalendar import Event

NAME = "declic.ics"
MEDIA_TYPE = "text/calendar"
MADE_BY = "-//Declic//Declic//FR"
AHEAD = timedelta(days=7)
"""Before a deadline."""


def feed(duties: Iterable[Duty], wording: Wording, language: str, now: datetime) -> File:
    """The file to open in any calendar; opened again, it renews what it brought before."""
    # Half a megabyte, wanted by few.
    from icalendar import Calendar  # noqa: PLC0415

    name = wording.text("calendar/name", language, {})
    events = [_event(duty, _said(wording, language, duty), now) for duty in duties]
    whole = Calendar.new(name=name, prodid=MADE_BY, language=language, subcomponents=events)
    return File(NAME, MEDIA_TYPE, whole.to_ical())


def _said(wording: Wording, language: str, duty: Duty) -> str:
    label = wording.label("calendar/duties", duty.name, language)
    said = label.text if label else duty.name
    return said[0].upper() + said[1:]


def _event(duty: Duty, said: str, now: datetime) -> Event:
    """A deadline is the day itself; what takes a month is that month. Neither makes anybody busy."""
    from icalendar import TRANSP, Alarm, Event  # noqa: PLC0415

    alarm = Alarm.new(description=said)
    alarm.add("action", "DISPLAY")
    alarm.add("trigger", -AHEAD)
    return Event.new(
        uid=f"{duty.key}@declic",
        summary=said,
        start=duty.last if duty.period else duty.first,
        end=duty.last + ONE_DAY,
        stamp=now,
        transparency=TRANSP.TRANSPARENT,
        subcomponents=[alarm] if duty.period else [],
    )
