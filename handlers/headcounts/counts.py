"""What a text counts: « 14 », « 8 enseignants, 2 spécialistes », « 11 dont 8 enseignants »."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from rapidfuzz import fuzz

from bot.reading.words import fold, plain
from bot.render import Wording
from storage.headcounts import Numbers

MOST: Final = 2_000
"""People of a school, as in lists of people."""
LIKE: Final = 85
"""How alike a word for a role must be, 0 to 100."""
ROLES: Final = ("teachers", "specialists", "professionals")
UNCLEAR, SUM, MANY = "unclear", "sum", "many"
TOLD: Final = re.compile(r"(\d{1,9})\s*([^\d,;+()/&:=]*)")
BETWEEN: Final = re.compile(
    r"(?:[\s,;+()/&.]|\b(?:et|and|plus|dont|soit|including|of which|of whom)\b)*", re.IGNORECASE
)
JOINED: Final = re.compile(
    r"(?:^|\s+)(?:et|and|plus|dont|including|of whom|soit)\s*$|^(?:et|and|dont|soit)\s+"
)


@dataclass(frozen=True, slots=True)
class Words:
    """What words of a line mean, folded, in either language."""

    units: Mapping[str, str]
    """By word: one of `ROLES`, or `total`."""
    right: frozenset[str]
    """« tout est exact » and the like."""
    rest: frozenset[str]
    """« le reste est pareil » and the like."""
    but: frozenset[str]
    """« sauf » and the like."""
    closed: frozenset[str]
    """« fermé cette année » and the like: nobody has anything to declare there."""
    polite: frozenset[str]
    """« bonjour » and the like, around what is told."""
    topic: frozenset[str]
    """What stands before the schools, as in « pour les effectifs : »."""
    lead: frozenset[str]
    """« c’est », « je me suis trompée pour » and the like, before a school or its number."""
    verb: frozenset[str]
    """« sont », « est finalement ouverte » and the like, between the two."""


def words_of(wording: Wording) -> Words:
    """As the templates say them."""

    def all_of(key: str) -> list[str]:
        return [fold(word) for word in wording.words("headcount/words", key)]

    units = {word: key for key in (*ROLES, "total") for word in all_of(key)}
    rest = (
        frozenset(all_of(key))
        for key in ("right", "rest", "but", "closed", "polite", "topic", "lead", "verb")
    )
    return Words(units, *rest)


def numbers_in(text: str, words: Words) -> Numbers | str | None:
    """The head count that a text tells and nothing else; why it is none, or None where there is no number in it."""
    totals: list[int] = []
    of_role: dict[str, int] = {}
    end = 0
    for found in TOLD.finditer(text.strip()):
        between = text.strip()[end : found.start()]
        unit = _unit(found[2], words)
        if unit is None or not BETWEEN.fullmatch(between) or unit in of_role:
            return UNCLEAR
        if unit == "total":
            totals.append(int(found[1]))
        else:
            of_role[unit] = int(found[1])
        end = found.end()
    if not totals and not of_role:
        return None
    if len(totals) > 1 or not BETWEEN.fullmatch(text.strip()[end:]):
        return UNCLEAR
    return _added(totals[0] if totals else None, of_role)


def _unit(text: str, words: Words) -> str | None:
    """What is counted; a slip of the finger changes nothing."""
    said = JOINED.sub("", plain(text)).strip(" .'")
    said = re.sub(r"^(?:d'|de |of )", "", said)
    if not said:
        return "total"
    if said in words.units:
        return words.units[said]
    near = {unit for word, unit in words.units.items() if fuzz.ratio(said, word) >= LIKE}
    return near.pop() if len(near) == 1 else None


def _added(total: int | None, of_role: Mapping[str, int]) -> Numbers | str:
    """Of roles that are not named beside others there is nobody; a total may leave some of them open."""
    summed = sum(of_role.values())
    if total is None:
        total, of_role = summed, {name: of_role.get(name, 0) for name in ROLES}
    elif summed > total or (len(of_role) == len(ROLES) and summed != total):
        return SUM
    elif len(of_role) == len(ROLES) - 1:
        of_role = {name: of_role.get(name, total - summed) for name in ROLES}
    return MANY if total > MOST else Numbers(total, **of_role)
