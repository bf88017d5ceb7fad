"""The settings of reminders: how long before a deadline, at what hours, and on which days schools are out."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Annotated, Final, TypeGuard

from pydantic import BeforeValidator, Field
from pydantic_settings import BaseSettings, NoDecode

from bot.settings.team import Hours, span_of
from bot.settings.unfit import Unfit, toml_in

MOST_BEFORE: Final = 90
"""Days: a period has four months or three."""
LONGEST_CLOSED: Final = timedelta(days=92)
"""What a school calendar may close at a stretch: a summer."""
SCHOOL_HOURS: Final = (Hours(time(7), time(8)), Hours(time(15, 30), time(20)))


def _days(given: object) -> object:
    """The days in `30, 14, 7, 2, 0`."""
    if not isinstance(given, str):
        return given
    parts = [part.strip() for part in given.split(",")]
    if not all(part.isdecimal() and int(part) <= MOST_BEFORE for part in parts):
        raise Unfit("days-before")
    return tuple(sorted({int(part) for part in parts}, reverse=True))


def _spans(given: object) -> object:
    """The hours in `7:00-8:00, 15:30-20:00`."""
    if not isinstance(given, str):
        return given
    spans = sorted((span_of(part) for part in given.split(",")), key=lambda span: span.begins)
    if any(one.ends > after.begins for one, after in pairwise(spans)):
        raise Unfit("hours-overlap")
    return tuple(spans)


def _closed_days(given: object) -> object:
    """The days that a school calendar closes, from a TOML file as it stands at start."""
    if not isinstance(given, str | Path):
        return given
    return frozenset(day for title, days in toml_in(Path(given)).items() for day in _closed(title, days))


def _closed(title: str, days: object) -> Iterator[date]:
    """`title = 2026-11-13`, or `title = [2026-12-21, 2027-01-04]`, both days included."""
    first, last = days if isinstance(days, list) and len(days) == 2 else (days, days)
    if not (_is_day(first) and _is_day(last)) or not timedelta() <= last - first <= LONGEST_CLOSED:
        raise Unfit("closed-days", title)
    for n in range((last - first).days + 1):
        yield first + timedelta(days=n)


def _is_day(given: object) -> TypeGuard[date]:
    return isinstance(given, date) and not isinstance(given, datetime)


class ReminderSettings(BaseSettings):
    """What the operator decides of what is sent unasked."""

    reminders: bool = True
    """Whether the plan is followed at all; campaigns made by hand are sent either way."""
    remind_before: Annotated[tuple[int, ...], NoDecode, BeforeValidator(_days)] = (30, 14, 7, 2, 0)
    """Days before each deadline; 0: the day itself."""
    remind_after: Annotated[int, Field(ge=1, le=14)] = 3
    """Days after each deadline when those in charge hear who is missing."""
    sending_hours: Annotated[tuple[Hours, ...], NoDecode, BeforeValidator(_spans)] = SCHOOL_HOURS
    school_calendar: Annotated[frozenset[date], NoDecode, BeforeValidator(_closed_days)] = frozenset()
    """The days on which schools are out."""
    unasked_a_week: Annotated[int, Field(ge=1, le=7)] = 2
    """Messages that somebody is sent unasked in seven days, at most; alerts do not count."""
