"""The title, and the author, that a sentence tells after its pages: « les pages 12 à 20 de La cabane du lac ».

Only where it is written as a title is, and nothing else can be meant; in doubt: nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from bot.reading.words import fold

WORK: Final = r"(?:(?:livre|roman|manuel|cahier|album|recueil|pi[eè]ce|book|novel|textbook|workbook|play)\s)?"
BEFORE: Final = re.compile(
    r"\b(?:[Pp]ages?\s\d[\d\s,àaetond-]*?|\d+\spages?|[Pp]{1,2}\.\s?\d[\d\s,àaet-]*?)\s"
    rf"(?:de\sla|du|de|d’une?|d'une?|dans\sle|dans|from\sthe|from|of\sthe|of|in\sthe|in)\s{WORK}(?=[«“\"]|[A-ZÀ-Ü])"
)
QUOTED: Final = re.compile(r"[«“\"]\s*([^«»“”\"]{2,150}?)\s*[»”\"]")
WHOSE: Final = r"(?:mes|ma|mon|nos|notre|les|des|tous|toute|my|our|the|all|an?|une?|\d+)\b"
DAY: Final = (
    r"(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|[Mm]onday|[Tt]uesday|[Ww]ednesday|[Tt]hursday|[Ff]riday"
    r"|[Ss]aturday|[Ss]unday)"
)
ENDS: Final = re.compile(
    rf"\s*(?:[;(.!]|,(?!\s[A-ZÀ-Ü](?!SBN))|\s(?:(?:pour|for|avec|with|à|to)\s{WHOSE}|hier|avant-hier|aujourd['’]hui"
    rf"|ce\smatin|yesterday|today|{DAY}|(?:on|last|this)\s(?:week|month|morning|{DAY})|on\s[A-Z]\w+\s\d|le\s(?:\d|{DAY})"
    r"|la\ssemaine|en\sclasse|en\spapier|sur\spapier)(?=[\s,.!]|$)|$)"
)
NAME: Final = (
    r"[A-ZÀ-Ü][\w'’-]+(?:\s(?:[A-ZÀ-Ü]\.|[A-ZÀ-Ü][\w'’-]+|de|du|la|le|von|van)){0,3}\s[A-ZÀ-Ü][\w'’-]+"
)
BY: Final = re.compile(rf"(?P<title>.+?),?\s(?:par|by)\s(?P<author>{NAME})")
OF: Final = re.compile(rf"(?P<title>.+?)\s(?:de\s|d['’])(?P<author>{NAME})")
"""« Matilda de Roald Dahl » and « Le journal d’Anne Frank » are written alike."""
UNSURE: Final = re.compile(
    r"(?:l[ae]s?|une?|des|the|an?)\s|l['’]|(?:journal|vie|histoires?|aventures|voyages?|m[eé]moires|lettres)$",
    re.IGNORECASE,
)
NO_TITLE: Final = re.compile(
    r"\b(?:pages?|eleves?|students?|pupils?|copi\w*|photocopi\w*|chapitres?|chapters?|format|papier|paper|numerique"
    r"|classe?|class|groupe?|plutot|merci|thanks|svp|stp|isbn|manuel|livre|edition|que|qui|that|which|j'ai|i|mais|but"
    r"|and\sthen|puis|alors|aussi|also|mme|madame|monsieur|mr|mrs|ms|grade|secondaire|copibec|m)\b"
)
"""Folded words that say that it is no title, or not one alone."""
LONGEST: Final = 100
"""Characters."""


@dataclass(frozen=True, slots=True)
class Titled:
    """What a sentence says of the work."""

    title: str
    author: str | None = None


def titled(text: str) -> Titled | None:
    """The work told after its pages; None in doubt."""
    found = [*BEFORE.finditer(text)]
    if len(found) != 1:
        return None
    rest = text[found[0].end() :]
    quoted = QUOTED.match(rest)
    if quoted:
        return Titled(quoted[1])
    end = ENDS.search(rest)
    said = rest[: end.start()].strip() if end else ""
    return _split(said) if 1 < len(said) <= LONGEST and not NO_TITLE.search(fold(said)) else None


def _split(said: str) -> Titled | None:
    if by := BY.fullmatch(said):
        return Titled(by["title"], by["author"])
    if of := OF.fullmatch(said):
        return None if UNSURE.match(of["title"]) else Titled(of["title"], of["author"])
    return None if "," in said else Titled(said)
