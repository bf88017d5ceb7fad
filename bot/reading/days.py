"""The days that a text names: "hier", "lundi passé", "12 oct", "le 1er octobre 2026", "10/12".

dateparser was measured first: it knows neither "lundi passé", "tantôt" nor "hier soir", never says that
"10/12" reads two ways, drops the weekday of "vendredi le 13" and reads "12-30" as October 1930.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from bot.reading.day_forms import FORMS, Days
from bot.reading.day_names import with_names_numbered

CLOCK_TIME = re.compile(
    r"\b(?:(?:a|at|vers|around) )?(?:\d{1,2} ?h(?:eures?)?(?: ?\d\d)?|\d{1,2}:\d\d|\d{1,2} ?[ap]\.?m)\b\.?"
)
WEEKDAY = re.compile(r"\bweekday(\d)\b")
VAGUE = re.compile(
    r"\b(?:month\d+|weekly|semaines?|weeks?|weekends?|mois|months?|l'autre (?:jour|fois)|the other day"
    r"|recemment|dernierement|recently|lately|ces jours|derniers jours|quelques jours|few days|souvent|often"
    r"|regulierement|tous les jours|every ?day|an passe|annee passee|annee derniere|last year|automne"
    r"|printemps|hiver|cet ete|l'ete|fall|autumn|spring|winter|summer)\b"
)
PASSED_OVER = re.compile(
    r"\b(?:le|la|les|l'|de|du|des|d'|en|au|aux|dans|a|pendant|durant|vers|environ|date|jour|journee|meme|on"
    r"|at|the|of|in|day|around|about|during|et|ou|puis|and|or|then|to|entre|between|from|aussi|also|donc"
    r"|je pense|je crois|i think|pas mal|c'est|c'etait|cetait|ca|etait|it was|it's|was|fait|j'ai|je l'ai"
    r"|je les ai|i|copie|copies|copied|photocopie|photocopies|photocopied|utilise|used|did it|classe|class"
    r"|cours|mon|ma|mes|my|matin|matinee|midi|soir|soiree|(?:apres|avant)[- ]?midi|aprem|am|pm|morning|noon"
    r"|afternoon|evening|night|merci|svp|please|thanks)\b",
)


@dataclass(frozen=True, slots=True)
class Found:
    """What a text says of days."""

    named: tuple[Days, ...] = ()
    weekdays: frozenset[int] = frozenset()
    """Bare ones, 0 for Monday: alone they mean the latest; beside a date they must agree with it."""
    vague: bool = False
    """It names a week, a month or "the other day"."""
    clear: bool = True
    """Nothing else is said."""

    @property
    def precise(self) -> bool:
        """Whether days are named, and nothing else is said."""
        return self.clear and not self.vague and bool(self.named or self.weekdays)


def find_days(text: str, today: date) -> Found:
    """The days in a plain text, as somebody means them who writes it `today`."""
    text = CLOCK_TIME.sub(" ", with_names_numbered(text))
    named: list[Days] = []
    for form, meaning in FORMS:
        named += [meaning(hit, today) for hit in form.finditer(text)]
        text = form.sub(" ; ", text)
    weekdays = frozenset(map(int, WEEKDAY.findall(text)))
    left = PASSED_OVER.sub(" ", WEEKDAY.sub(" ", text))
    return Found(tuple(named), weekdays, bool(VAGUE.search(text)), not re.search(r"\w", left))
