"""One day that is past or today, as people write it."""

from __future__ import annotations

from datetime import date, timedelta

from bot.question import Answer, Reader, Unreadable
from bot.reading.day_forms import Days, latest_weekday
from bot.reading.days import Found, find_days
from bot.reading.numbers import in_digits
from bot.reading.sentences import day_in
from bot.reading.words import plain

LONGEST = 300
"""Characters: a longer text is no date, and each of its words would be compared with every name."""


def a_date(oldest: timedelta) -> Reader[date]:
    """A local day, at most `oldest` before the answer's own and not after; two meanings are asked about."""

    def read(answer: Answer) -> date:
        today = answer.at.date()
        found = _found(plain(answer.value or answer.text), today)
        return _settled(_meant(found, today), today, today - oldest)

    return Reader(read, numbered=False, find=day_in)


def _found(text: str, today: date) -> Found:
    if len(text) > LONGEST:
        return Found()
    readings = [find_days(text, today), find_days(in_digits(text), today)]
    return next((found for found in readings if found.precise), readings[0])


def _meant(found: Found, today: date) -> Days:
    """The days that everything said agrees with."""
    if not found.precise:
        raise Unreadable("read/which-day" if found.vague else "read/no-date")
    if () in found.named:
        raise Unreadable("read/no-such-day")
    if not found.named:
        return _alone(found.weekdays, today)
    common = [day for day in found.named[0] if all(day in days for days in found.named)]
    if not common or len(found.weekdays) > 1:
        raise Unreadable("read/one-date")
    agreed = tuple(day for day in common if not found.weekdays or day.weekday() in found.weekdays)
    if not agreed:
        raise Unreadable("read/day-mismatch", day=common[0])
    return agreed


def _alone(weekdays: frozenset[int], today: date) -> Days:
    if len(weekdays) > 1:
        raise Unreadable("read/one-date")
    return tuple(latest_weekday(weekday, today) for weekday in weekdays)


def _settled(days: Days, today: date, since: date) -> date:
    """The one possible day among these."""
    past = [day for day in days if day <= today]
    if not past:
        raise Unreadable("read/date-ahead", day=min(days))
    recent = [day for day in past if day >= since]
    if not recent:
        raise Unreadable("read/date-too-old", day=max(past), since=since)
    if len(recent) > 1:
        raise Unreadable("read/date-two-ways", days=sorted(recent))
    return recent[0]
