"""The forms in which a day is written, each with the days it may mean; months and weekdays stand numbered."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta

Days = tuple[date, ...]
"""The days that one expression may mean; none when there is no such day."""
Meaning = Callable[[re.Match[str], date], Days]
"""What a form means to somebody who writes it on that date."""

FAR_BACK = timedelta(days=183)
"""With no year, a reading so much older than the other is not meant."""
WEEK = timedelta(days=7)
SUNDAY = 6


def latest_weekday(weekday: int, today: date) -> date:
    """The latest such day (0 for Monday), today included."""
    return today - timedelta(days=(today.weekday() - weekday) % 7)


def _before(days: int) -> Meaning:
    return lambda _hit, today: (today - timedelta(days=days),)


def _ago(hit: re.Match[str], today: date) -> Days:
    unit = WEEK if hit["unit"].startswith(("s", "w")) else timedelta(days=1)
    return (today - unit * int(hit["n"] or 1),)


def _last_weekday(hit: re.Match[str], today: date) -> Days:
    return (latest_weekday(int(hit["weekday"]), today - timedelta(days=1)),)


def _next_weekday(hit: re.Match[str], today: date) -> Days:
    return (latest_weekday(int(hit["weekday"]), today + WEEK),)


def _this_weekday(hit: re.Match[str], today: date) -> Days:
    return (_monday(today) + timedelta(days=int(hit["weekday"])),)


def _weekday_last_week(hit: re.Match[str], today: date) -> Days:
    """Weeks begin on Sunday or on Monday, so a Sunday is one of two."""
    weekday = int(hit["weekday"])
    day = _monday(today) - WEEK + timedelta(days=weekday)
    return (day - WEEK, day) if weekday == SUNDAY else (day,)


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _year_first(hit: re.Match[str], _today: date) -> Days:
    return _days((int(hit["y"]), int(hit["m"]), int(hit["d"])))


def _two_ways(hit: re.Match[str], _today: date) -> Days:
    """Quebec writes 10/12/2026 for 10 December and for October 12."""
    first, second, year = int(hit["a"]), int(hit["b"]), int(hit["y"])
    return _days((year, second, first), (year, first, second))


def _three_ways(hit: re.Match[str], _today: date) -> Days:
    first, second, third = (int(hit[part]) for part in "abc")
    return _days((2000 + third, second, first), (2000 + third, first, second), (2000 + first, second, third))


def _two_ways_no_year(hit: re.Match[str], today: date) -> Days:
    first, second = int(hit["a"]), int(hit["b"])
    days = {*_latest(second, first, today), *_latest(first, second, today)}
    return tuple(day for day in sorted(days) if max(days) - day < FAR_BACK)


def _of_month(hit: re.Match[str], today: date) -> Days:
    day, month, year = int(hit["d"]), int(hit["m"]), int(hit["y"] or 0)
    if not year:
        return _latest(month, day, today)
    return _days((year if year > 99 else 2000 + year, month, day))


def _of_latest_month(hit: re.Match[str], today: date) -> Days:
    """The latest day of that number: one month may lack it, never two in a row."""
    months = (divmod(today.year * 12 + today.month - 1 - back, 12) for back in range(3))
    days = (day for year, month in months for day in _days((year, month + 1, int(hit["d"]))))
    return tuple(day for day in days if day <= today)[:1]


def _latest(month: int, day: int, today: date) -> Days:
    return _days((today.year - ((month, day) > (today.month, today.day)), month, day))


def _days(*numbers: tuple[int, int, int]) -> Days:
    """The days of these year, month and day numbers that exist, each once."""
    return tuple(dict.fromkeys(day for number in numbers for day in _existing(*number)))


def _existing(year: int, month: int, day: int) -> Iterator[date]:
    try:
        yield date(year, month, day)
    except ValueError:
        return


NTH = r"(?!\d)(?: ?(?:er|e|st|nd|rd|th)\b)?"
MONTH = r"month(?P<m>\d+)\b"
DAY = rf"(?P<d>\d{{1,2}}){NTH}"
YEAR = r"(?:[ ,./-]{1,2}'?(?P<y>\d{4}|(?<!,)(?<!, )\d\d(?! ?(?:month|weekday)))\b)?"
WEEKDAY = r"\bweekday(?P<weekday>\d)\b"
PASSED = r"(?:passee?|derniere?|d'avant)"
LAST_WEEK = rf"(?:(?:la )?semaine {PASSED}|l'autre semaine|(?:the )?(?:last|past|previous) week)\b"

TODAY = (
    r"\b(?:au?j(?:ourd'? ?h?ui|d)?|today|(?:ce|cet|cette) (?:matin|midi|soir|(?:apres|avant)[- ]midi|aprem)"
    r"|tantot|tout a l'heure|tout de suite|maintenant|a l'instant|this (?:morning|afternoon|evening)|tonight"
    r"|earlier(?: today)?|(?:just |right )?now)\b"
)

FORMS: tuple[tuple[re.Pattern[str], Meaning], ...] = tuple(
    (re.compile(form), meaning)
    for form, meaning in (
        (r"(?<![\d/.-])(?P<y>\d{4})[-/. ](?P<m>\d{1,2})[-/. ](?P<d>\d{1,2})(?![\d/-])", _year_first),
        (r"\b(?P<y>[12]\d{3})(?P<m>\d\d)(?P<d>\d\d)\b", _year_first),
        (r"(?<![\d/.-])(?P<a>\d{1,2})[-/. ](?P<b>\d{1,2})[-/. ](?P<y>\d{4})(?![\d/-])", _two_ways),
        (r"(?<![\d/.-])(?P<a>\d\d?)([-/.])(?P<b>\d\d?)\2(?P<c>\d\d)(?![\d/-])", _three_ways),
        (rf"(?<![\w/.-]){DAY}[ /-]?(?:of |de |d')?{MONTH}\.?(?: (?:dernier|passe)\b)?{YEAR}", _of_month),
        (rf"\b{MONTH}[. -]{{0,2}}(?:the |le )?{DAY}{YEAR}", _of_month),
        (rf"{WEEKDAY},? (?:de |of )?{LAST_WEEK}", _weekday_last_week),
        (rf"\b{LAST_WEEK},? (?:on |le )?{WEEKDAY}", _weekday_last_week),
        (rf"{WEEKDAY} (?:passe|dernier|d'avant)\b", _last_weekday),
        (rf"\b(?:this past|last|past|previous|dernier) {WEEKDAY}", _last_weekday),
        (rf"{WEEKDAY} prochain\b", _next_weekday),
        (rf"\b(?:next|coming|prochain) {WEEKDAY}", _next_weekday),
        (rf"\b(?:ce|this) {WEEKDAY}", _this_weekday),
        (r"\b(?:avant[- ]?hier|(?:the )?(?:day )?before yesterday)\b", _before(2)),
        (r"\b(?:hier|yesterday|last night)\b", _before(1)),
        (r"\b(?:apres[- ]?demain|(?:the )?day after tomorrow)\b", _before(-2)),
        (r"\b(?:demain|tomorrow)\b", _before(-1)),
        (TODAY, _before(0)),
        (r"\b(?:il y a|y a|[cs]a fait|voila) (?:(?P<n>\d{1,3})|une?) (?P<unit>jours?|semaines?)\b", _ago),
        (r"\b(?:(?P<n>\d{1,3})|an?|one) (?P<unit>days?|weeks?) (?:ago|earlier|back)\b", _ago),
        (r"(?<![\w/.-])(?P<a>\d{1,2})[-/.](?P<b>\d{1,2})(?![\d/-]|\.\d)", _two_ways_no_year),
        (rf"(?<![\w/.-]){DAY}(?![\w/-])", _of_latest_month),
    )
)
