"""Counts and years: "28 élèves", "vingt-huit", "2 groupes de 28", "©2019"."""

from __future__ import annotations

import re
from operator import add, mul

# text2num ships no types.
from text_to_num import alpha2digit  # type: ignore[import-untyped]

from bot.question import Answer, Reader, Unreadable
from bot.reading.day_names import with_names_numbered
from bot.reading.sentences import counted
from bot.reading.words import plain

OLDEST_YEAR = 1000
YEAR = re.compile(r"(?<!\d)\d{4}(?!\d)")
LONGEST_NUMBER = 12
"""Digits: Python refuses to read thousands of them, and no count needs more."""

QUESTION = re.compile(
    r"(?:comment|pourquoi|combien|quel|quelle|quand|qui|que|qu'|est[ -]ce|c'est quoi|puis[ -]je|dois[ -]je"
    r"|peut[ -]on|faut[ -]il|how|what|why|when|which|who|can i|do i|may i|should i|is (?:it|there)"
    r"|are there)\b|(?:\S+ ){3,}\S*\?$"
)
ORDINAL = re.compile(r"\b\d+ ?(?:e|er|re|ere|eme|ieme|nd|nde|st|rd|th)\b")
NUMBERED = re.compile(
    r"\b(?:secondaire|sec|grade|groupe|gr|group|niveau|level|local|room|annee|year)\.? ?#?\d+\b"
)
GROUPED = re.compile(r"(?<![\d.,])\d{1,3}(?:[ ,]\d{3})+(?![\d.,]*\d)")
AROUND = re.compile(
    r"\b(?:environ|a peu pres|approximativement|approx|env|plus ou moins|about|around|approximately"
    r"|roughly)\b[.:]?|[~≈±]"
)
SINGLE = re.compile(r"(?<!te et )(?<!gt et )(?<!-)\b(?:une?|one|an?(?! ?\d))\b")
"""Beside digits these are articles: "un groupe de 28"; but "28 à 30" are two numbers."""
LONGEST_ONE = 3
"""Words: in a longer text "un" is an article, as in "c'est un album pas paginé"."""
ONE = re.compile(r"\b1\b")
ARTICLE = re.compile(
    r"\b1\b(?= [a-z])(?! (?:seule?|single|only|pages?|feuilles?|copies?|copy|photocop\w+|exemplaires?|eleves?"
    r"|etudiante?s?|enfants?|jeunes?|personnes?|fois|pupils?|students?|child|kids?|person|sheets?|environ|svp|stp"
    r"|s'il|please|pls|merci|thanks|par|per|each|chaque|chacun|ou|or|et|and|a|to|plus|x)\b)"
)
"""Before what is not counted it is an article in a short text too: « plutôt un livre »."""
DAY_OF_MONTH = re.compile(
    r"\d ?(?:er|e|st|nd|rd|th)?,? ?(?:of |de |d')?month\d|\bmonth\d+\b[. ]*(?:the |le )?\d"
)
"""A day, or a month and its year."""
THE_DAY = re.compile(r"(?:c'est |c'etait )?le \d{1,2}(?: ?er)?[ .!]*")
DOZENS = {
    "dizaine": 10,
    "douzaine": 12,
    "dozen": 12,
    "quinzaine": 15,
    "vingtaine": 20,
    "trentaine": 30,
    "quarantaine": 40,
    "cinquantaine": 50,
    "soixantaine": 60,
    "centaine": 100,
}
DOZEN = re.compile(rf"\b(?:(?:une|la|an?) )?({'|'.join(DOZENS)})s?\b")
BROKEN = re.compile(r"\d[.,/:h]\d|\d ?%|\dk\b|^-\d")
"""Not a count: "2,5", "28/30", "15 %", "1k", "-5"."""

GROUP = r"(?:groupe|classe?|group|serie|set|paquet)(?:e?s)?\b"
TIMES = re.compile(
    rf"\b(\d+)(?: [a-z]+)? ?(?:x|\*|×|fois|times) ?(\d+)\b(?: {GROUP})?|\b(\d+) {GROUP} (?:de|of) (\d+)\b"
)
GROUPS_ALONE = re.compile(rf"\d {GROUP}")
PLUS = re.compile(r"\b(\d+)(?: [a-z]+)? ?(?:\+|plus) ?(\d+)\b")


def a_count(
    min: int = 1,  # noqa: A002 - said as they are at the call: a_count(min=0, max=500)
    max: int = 10_000,  # noqa: A002
    of: str = "",
) -> Reader[int]:
    """One whole number from `min` to `max`; sums and products are worked out where they leave no doubt.

    `of`: what is counted, a pattern of plain letters, so that a sentence that counts it answers too.
    """

    def read(answer: Answer) -> int:
        count = _count(plain(answer.text))
        if not min <= count <= max:
            raise Unreadable("read/count-range", count=count, low=min, high=max)
        return count

    return Reader(read, numbered=False, find=counted(of) if of else None)


def a_year() -> Reader[int]:
    """The one year of four digits in the text, from 1000 to the year after the answer's."""
    return Reader(_year)


def in_digits(text: str) -> str:
    """With numbers in words, French or English, put in digits: "vingt-huit élèves" → "28 élèves"."""
    readings: list[str] = [alpha2digit(text, language, 0) for language in ("fr", "en")]
    return min(readings, key=len)


def whole(digits: str) -> int:
    """The number; of one absurdly long, the beginning, which is absurd enough."""
    return int(digits[:LONGEST_NUMBER])


def _count(text: str) -> int:
    written = _written(text)
    if QUESTION.match(text) or BROKEN.search(written):
        raise Unreadable("read/no-count")
    if THE_DAY.fullmatch(text) or DAY_OF_MONTH.search(with_names_numbered(text)):
        raise Unreadable("read/count-alone")
    result = _worked_out(written)
    numbers = list(dict.fromkeys(whole(digits) for digits in re.findall(r"\d+", result)))
    if len(numbers) > 1:
        raise Unreadable("read/one-count", counts=numbers)
    if not numbers or GROUPS_ALONE.search(result):
        raise Unreadable("read/no-count")
    return numbers[0]


def _written(text: str) -> str:
    """In digits, and only with the numbers that count something."""
    text = AROUND.sub(" ", text.replace("d'environ", "de environ"))
    text = DOZEN.sub(lambda found: f" x {DOZENS[found[1]]}", text)
    text = in_digits(SINGLE.sub(" ", text)) if re.search(r"\d", text) else _spelled(text)
    text = NUMBERED.sub(" ", ORDINAL.sub(" ", " ".join(text.split())))
    return GROUPED.sub(lambda found: re.sub(r"\D", "", found[0]), " ".join(text.split()))


def _spelled(text: str) -> str:
    """Numbers in words put in digits, and "un" only where it is the answer."""
    digits = in_digits(text)
    return (ARTICLE if len(text.split()) <= LONGEST_ONE else ONE).sub(" ", digits)


def _worked_out(text: str) -> str:
    """With each product, then each sum, in place of its numbers."""
    for form, together in ((TIMES, mul), (PLUS, add)):
        while found := form.search(text):
            first, second = (whole(digits) for digits in found.groups() if digits)
            text = f"{text[: found.start()]}{together(first, second)}{text[found.end() :]}"
    return text


def _year(answer: Answer) -> int:
    text = plain(answer.text)
    years = list(dict.fromkeys(map(int, YEAR.findall(text) or YEAR.findall(in_digits(text)))))
    if not years or QUESTION.match(text):
        raise Unreadable("read/no-year")
    if len(years) > 1:
        raise Unreadable("read/one-year", years=years)
    year, latest = years[0], answer.at.year + 1
    if not OLDEST_YEAR <= year <= latest:
        raise Unreadable("read/year-range", year=year, low=OLDEST_YEAR, high=latest)
    return year
