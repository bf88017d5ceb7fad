"""Duties as an iCalendar file (RFC 5545): whole days, and a word on a morning a week before the last one."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from bot.markup import to_plain
from bot.messages import File
from bot.render import Wording
from handlers.calendar.duties import ONE_DAY, Duty

if TYPE_CHECKING:
    from icalendar import Alarm, Event

NAME = "declic.ics"
MEDIA_TYPE = "text/calendar"
MADE_BY = "-//Declic//Declic//FR"
AHEAD = timedelta(days=7)
"""Before the last day."""
MORNING = timedelta(hours=9)
"""Of that day, wherever the calendar is."""


def feed(duties: Iterable[Duty], wording: Wording, language: str, now: datetime, name: str) -> File:
    """The file to open in any calendar; opened again, it renews what it brought before.

    `name` is that of the calendar among all of ours: the same whenever it is made.
    """
    # Half a megabyte, wanted by few.
    from icalendar import Calendar  # noqa: PLC0415

    title = wording.text("calendar/name", language, {})
    events = [_event(duty, _said(wording, language, duty), now) for duty in duties]
    uid = f"calendar-{name}@declic"
    whole = Calendar.new(uid=uid, name=title, prodid=MADE_BY, language=language, subcomponents=events)
    return File(NAME, MEDIA_TYPE, whole.to_ical())


def _said(wording: Wording, language: str, duty: Duty) -> str:
    said = to_plain(wording.text("calendar/event", language, {"duty": duty}))
    return said[0].upper() + said[1:]


def _event(duty: Duty, said: str, now: datetime) -> Event:
    """A deadline is the day itself; what takes a month is that month. Neither makes anybody busy."""
    from icalendar import TRANSP, Event  # noqa: PLC0415

    first, last = duty.shown or (duty.first, duty.last)
    return Event.new(
        uid=f"{duty.key}@declic",
        summary=said,
        start=first,
        end=last + ONE_DAY,
        stamp=now,
        transparency=TRANSP.TRANSPARENT,
        subcomponents=[] if duty.is_notice else [_alarm(said, last - AHEAD - first + MORNING)],
    )


def _alarm(said: str, after: timedelta) -> Alarm:
    """So long after the event begins, which some calendars alone understand."""
    from icalendar import Alarm  # noqa: PLC0415

    alarm = Alarm.new(description=said)
    alarm.add("action", "DISPLAY")
    alarm.add("trigger", after)
    return alarm
