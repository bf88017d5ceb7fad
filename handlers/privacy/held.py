"""What is held, in words: each table of `storage.holdings` by its title, reason, time and readers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from bot.render import Wording
from storage.holding import Holding
from storage.holdings import HOLDINGS

TEMPLATE = "privacy/held"
YEAR = 365.25
"""Days; what is kept for two years or longer is told in years."""

Words = Callable[[str], str]
"""The wording of a key such as `why.help`."""


@dataclass(frozen=True, slots=True)
class Described:
    """One table as a person reads of it."""

    title: str
    why: str
    kept: str
    sees: str


def words_in(wording: Wording, language: str) -> Words:
    """The wording of every key, read once; a key without any is its own."""
    labels = {label.key: label.text for label in wording.labels(TEMPLATE, language)}
    return lambda key: labels.get(key, key)


def described(words: Words, keep: Mapping[str, int]) -> dict[str, Described]:
    """By table, those in which something is held about people; `keep` gives days by kind."""
    return {one.table: _described(one, words, keep) for one in HOLDINGS if one.is_personal}


def _described(one: Holding, words: Words, keep: Mapping[str, int]) -> Described:
    kept = _time(keep[one.kept], words) if one.kept in keep else _until(one.kept, words, keep)
    return Described(words(f"t.{one.table}"), words(f"why.{one.why}"), kept, words(f"sees.{one.sees}"))


def _until(end: str, words: Words, keep: Mapping[str, int]) -> str:
    return words(f"until.{end}").format(departed=_time(keep["departed"], words))


def _time(days: int, words: Words) -> str:
    if days == 1:
        return words("until.day")
    years = round(days / YEAR)
    return f"{years} {words('until.years')}" if days >= 2 * YEAR else f"{days} {words('until.days')}"
