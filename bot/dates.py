"""Days and numbers as people of Quebec write them (Babel's fr_CA and en_CA, with the first of a month in words)."""

from __future__ import annotations

from datetime import date, datetime

from babel.dates import format_date
from babel.numbers import format_decimal

LOCALES = {"fr": "fr_CA", "en": "en_CA"}
LONG = {"fr": "EEEE d MMMM y", "en": "EEEE, MMMM d, y"}
ON = {"fr": "'le' EEEE d MMMM y", "en": "EEEE, MMMM d, y"}
SHORT = {"fr": "d MMMM y", "en": "MMMM d, y"}
NO_BREAK = "\N{NO-BREAK SPACE}"
NOON = 12


def long_day(day: date, language: str) -> str:
    """« lundi 30 novembre 2026 », « Monday, November 30, 2026 »."""
    return _format(day, LONG[language], language)


def on_day(day: date, language: str) -> str:
    """« le lundi 30 novembre 2026 », as it stands in a sentence."""
    return _format(day, ON[language], language)


def short_day(day: date, language: str) -> str:
    """« 30 novembre 2026 », « November 30, 2026 »."""
    return _format(day, SHORT[language], language)


def clock(moment: datetime, language: str) -> str:
    """« 10 h 12 », "10:12 a.m."; the moment in the zone that it is told in."""
    if language == "fr":
        return NO_BREAK.join([str(moment.hour), "h", *([f"{moment.minute:02}"] if moment.minute else [])])
    half = "a.m." if moment.hour < NOON else "p.m."
    return f"{(moment.hour - 1) % NOON + 1}:{moment.minute:02}{NO_BREAK}{half}"


def number(value: float, language: str) -> str:
    """At most one decimal: « 1 200 », « 12,5 »."""
    written = format_decimal(value, format="#,##0.#", locale=LOCALES[language])
    return written.replace("\N{NARROW NO-BREAK SPACE}", NO_BREAK)


def percent(value: float, language: str) -> str:
    """« 12 % », "12%"; the value counts hundredths."""
    return f"{number(value, language)}{NO_BREAK}%" if language == "fr" else f"{number(value, language)}%"


def _format(day: date, pattern: str, language: str) -> str:
    if language == "fr" and day.day == 1:
        pattern = pattern.replace("d MMMM", "'1er' MMMM")
    return format_date(day, pattern, locale=LOCALES[language])
