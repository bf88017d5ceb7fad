"""Names of months and weekdays, French and English, as they are typed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from babel.dates import get_day_names, get_month_names

from bot.reading.words import LEAST_SLIP, one_slip, plain

LOCALES = ("fr", "fr_CA", "en")
AMBIGUOUS = {"mar", "mon"}
"""Tuesday or March; Monday or "my"."""
SHORT_FORMS = {"fev": "month2", "jul": "month7", "aou": "month8", "sept": "month9", "tues": "weekday1"}
SHORT_FORMS |= {"weds": "weekday2", "thur": "weekday3", "thurs": "weekday3", "yesterday": "yesterday"}


def with_names_numbered(text: str) -> str:
    """A plain text with months as `month1` to `month12` and weekdays as `weekday0` (Monday) to `weekday6`.

    A slip in a long name is tolerated. A plural ("lundis") names no one day and becomes `weekly`.
    """
    apart = re.sub(r"(?<=[a-z])(?=\d)", " ", text)
    return re.sub(r"[a-z]+", lambda word: _numbered(word[0]), apart)


def _numbered(word: str) -> str:
    names = _names()
    if word in names:
        return names[word]
    if names.get(word.removesuffix("s"), "").startswith("weekday"):
        return "weekly"
    meant = {token for name, token in names.items() if len(name) >= LEAST_SLIP and one_slip(word, name)}
    return meant.pop() if len(meant) == 1 else word


@cache
def _names() -> dict[str, str]:
    return {name: token for name, token in _written() if name not in AMBIGUOUS} | SHORT_FORMS


def _written() -> Iterator[tuple[str, str]]:
    for locale in LOCALES:
        for width in ("wide", "abbreviated"):
            for number, name in get_month_names(width, locale=locale).items():
                yield plain(name).rstrip("."), f"month{number}"
            for number, name in get_day_names(width, locale=locale).items():
                yield plain(name).rstrip("."), f"weekday{number}"
