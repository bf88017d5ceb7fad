"""Anonymity: a question as anybody could have asked it, before others may see it as a wording.

Pupil numbers are blanked on arrival (`bot.blanking`); here go the asker's own name and school, addresses, phones,
whoever is named in so many words, and the signature at the end.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from itertools import chain

SOMEBODY = "•••"
"""Stands where it said who."""

EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
PHONE = re.compile(
    r"(?<![\d-])(?:\+?1[ .-]?)?(?:\([2-9]\d\d\)[ .-]?|[2-9]\d\d[ .-]?)[2-9]\d\d[ .-]?\d{4}"
    r"(?:[\s,]*(?:poste|ext(?:ension)?|#)\.?\s*\d+)?(?![\d-])"
    r"|(?<![\d-])[2-9]\d\d-\d{4}(?![\d-])",
    re.IGNORECASE,
)
NAME = r"[A-ZÀ-ÖØ-Þ][a-zß-öø-ÿ]+(?:[-'’ ](?:de |du |la |le )?[A-ZÀ-ÖØ-Þ][\w.]*)*"
"""Words with a capital, such as « Anne-Sophie de la Durantaye »."""
ENDS = r"et|pis|mais|je|j|qui|au|aux|à|de|du|and|but|i|who|from|at|with"
INTRODUCED = re.compile(
    r"(\b(?:je m['’]appelle|j['’]m['’]appelle|mon nom (?:est|c['’]est)|moi,? c['’]est"
    r"|my name(?: is|['’]s)|i am called|i['’]m called)\s+)"
    rf"[\w'’-]+(?:\s+(?!(?:{ENDS})\b)[\w'’-]+)?",
    re.IGNORECASE,
)
ASIDE = rf"(?:{NAME})(?:\s*\((?:{NAME})\))?"
"""A name, and perhaps another in brackets."""
CHILD = r"(?i:élève|eleve|fils|fille|garçon|enfant|pupil|student|son|daughter|child)"
CALLED = r"(?: (?i:qui s['’]appelle|s['’]appelle|nommée?|appelée?|named|called|is called))?"
TITLED = re.compile(rf"(\b(?:(?i:mme|madame|monsieur|mr|mrs|ms)\.?|M\.|{CHILD}{CALLED}),? )(?:{ASIDE})")
THEIRS = r"(?i:mère|mere|père|pere|parents?|frère|sœur|soeur|plan|dossier|mother|father|file|IEP)|PI"
TIED = re.compile(
    rf"(\b(?:{THEIRS}|{CHILD})(?: (?![A-ZÀ-ÖØ-Þ])[\w'’-]+){{0,2}}? (?:(?:de|du|à|pour|of|for) |d['’]))(?:{ASIDE})"
)
"""Whoever a child, a parent or a plan is of: « le PI signé de Léo Exemple (Zoé) »."""
OWNING = re.compile(rf"\b(?:{NAME})(?=['’]s (?:{THEIRS}|{CHILD})\b)")
CLOSED = (
    r"merci(?: beaucoup| bien| d['’]avance| à l['’]avance)?|cordialement|bien à vous|salutations|bonne journée"
    r"|au plaisir|thanks(?: a lot| so much| in advance)?|thank you|(?:kind |best )?regards|sincerely|cheers"
)
SIGNED = re.compile(
    rf"(\b(?i:{CLOSED}))(?:[ \t]*[,!.]*\s*[-–—]*\s*(?:{NAME})(?:[\n,][^?]*)?|,\s*\w+(?: \w+)?)\s*$"
)
THANKED = re.compile(
    rf"((?:\b(?i:{CLOSED})\b[^.!?\n]*[.!]+[ \t]*|\n)\s*)[-–—]*[ \t]*"
    rf"(?!(?i:{CLOSED})\b)(?:{NAME})[.!]?\s*$"
)
"""A name alone after a closing sentence, « Merci de répondre. Marie-Ève », or on the last line."""
BELOW = re.compile(r"(?:^|\n)--[ \t]*(?:\n.*)?$", re.DOTALL)
"""What mail puts under a letter."""
COMMON = re.compile(
    r"acad[a-z]+|centre|college|des|ecole|element[a-z]+|high|institut|les|notre|polyvalente|prima[a-z]+|sainte?"
    r"|school|scolaire|second[a-z]+|services?"
)
"""Words of a name, folded, that name nobody and no school by themselves."""
SHORTEST = 3
"""Letters of a name worth blanking by itself."""


def anonymous(text: str, names: Iterable[str] = ()) -> str:
    """The text with nothing that tells who asked: not these names, whole or in part, nor what is told outright."""
    left = BELOW.sub("", unicodedata.normalize("NFC", text.strip()))
    for signature in (SIGNED, THANKED):
        left = signature.sub(r"\1", left).strip()
    for pattern in (EMAIL, PHONE, OWNING):
        left = pattern.sub(SOMEBODY, left)
    for pattern in (INTRODUCED, TITLED, TIED):
        left = pattern.sub(rf"\g<1>{SOMEBODY}", left)
    return _replaced(left, names, SOMEBODY)


def without(text: str, names: Iterable[str]) -> str:
    """The text with these names left out: « Bonjour Camille, » greets anybody as « Bonjour, »."""
    return _replaced(unicodedata.normalize("NFC", text.strip()), names, "")


def _replaced(text: str, names: Iterable[str], by: str) -> str:
    """Each name replaced, accents aside; left out, the space before it goes too."""
    parts = sorted({part for name in names for part in _parts(name)}, key=len, reverse=True)
    if not parts:
        return text
    space = "" if by else r"\s?"
    pattern = re.compile(rf"{space}(?<!\w)({'|'.join(map(re.escape, parts))})(?!\w)")
    found = (one for one in pattern.finditer(_plain(text)) if _names(text[one.start(1) : one.end()]))
    edges = [0, *chain.from_iterable(one.span() for one in found), len(text)]
    return by.join(text[start:end] for start, end in zip(edges[::2], edges[1::2], strict=True))


def _names(found: str) -> bool:
    """A whole name does in any letters, a word of it only with a capital: Claire Page has pages as well."""
    return " " in found or found[0].isupper()


def _parts(name: str) -> Iterator[str]:
    """The whole name, and each word of it that stands for it."""
    whole = _plain(unicodedata.normalize("NFC", name))
    yield whole
    yield from (
        word for word in re.findall(r"[\w-]+", whole) if len(word) >= SHORTEST and not COMMON.fullmatch(word)
    )


def _plain(text: str) -> str:
    """Without accents and capitals, letter for letter; the text is composed."""
    return "".join(unicodedata.normalize("NFD", letter)[0].lower() for letter in text)
