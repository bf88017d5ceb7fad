"""Which pages were copied, as people write them: "p. 12 à 30 et 45", "xii-xv", "le texte au complet"."""

from __future__ import annotations

import re

from bot.question import Answer, Reader, Unreadable
from bot.reading.numbers import in_digits, whole
from bot.reading.pages import HIGHEST, WHOLE, Pages, Range, page_number, written
from bot.reading.sentences import pages_in
from bot.reading.words import fold, plain

ALL = r"tout|toute|toutes|tous|complet|complete|completement|entier|entiere|integral|integrale|integralement"
ALL_OF_IT = re.compile(rf"\b(?:{ALL}|whole|entire|all|everything|full|complete)\b")
NOT_ALL = re.compile(
    r"[\d?]|\b(?:pas|presque|sauf|excepte|moins|not|almost|except|but|chapitres?|chapters?|livre|manuel"
    r"|cahier|roman|book|textbook|workbook|novel|comment|est-ce|quel|what|how|is)\b"
)
LONGEST_ALL = 7
"""Words: a longer text says something else too."""

REACHES = re.compile(
    r"(?:\b(?:jusqu'a|a|au|to|through|thru|until|up to)\b|->|→|(?<!\.)\.{2,})(?: la| the)?(?: pages?"
    r"| pp?\.?)?(?= ?(?:\d|[ivxlc]+\b))"
)
BETWEEN = re.compile(
    r"\b(?:entre|between) (?:les? |la |the )?(?:pages? )?(\w+) (?:et|and) (?:la |the )?(?:page )?(\w+)"
)
SOME = re.compile(r"(?<!\d)(?:\d+-)?\b(\d+) ?(?:pages?|pp|pgs?)\b")
"""How many, not which: "3 pages", "2-3 pages"."""
LOOSE = re.compile(
    r"\b(?:chapitres?|chapters?|chap|suivantes?|suiv|sqq?|ss|ff|following|premieres?|dernieres?|first|last"
    r"|quelques|plusieurs|some|several|few|moitie|half)\b|\d\+"
)
"""Pages that are not said by number."""
JOINS = re.compile(r"\b(?:et|and|puis|then|plus|ainsi que|also|aussi)\b|[;&+]")
PASSED_OVER = re.compile(
    r"\b(?:pages?|pgs?|pp|p|les?|la|l'|de|du|des|d'|the|of|from|numeros?|nos?|no|j'ai|je l'ai|copies?|copied"
    r"|photocopies?|photocopied|utilise|used|numerise|scanned|seulement|only|juste|just|c'est|c'etait"
    r"|ce sont|it's|i (?=\w{4})|inclus|inclusivement|inclusive|incl|article|texte|poeme|chanson|text|song"
    r"|poem)(?:\b|(?=\d))\.?|\bp\.? ?(?=\d|[ivxlc]+\b)|[():#«»“”\"]"
)
HYPHEN = re.compile(r" ?-[ -]*")
RUN = re.compile(r"(?<![\d-])\d+(?:-\d+){2,}(?![\d-])")
"""Pages one after the other: "3-4-5"."""
SAID_BESIDE = re.compile(r"[abd-hjkm-uwyz]")
"""A letter of no roman numeral: so there are words beside the numbers."""
PART = re.compile(r"(\d+|[ivxlc]+)(?:-(\d+|[ivxlc]+))?")


def page_ranges(last: int | None = None) -> Reader[Pages]:
    """The pages copied, none beyond `last`; choice `whole` for the whole of a short text."""

    def read(answer: Answer) -> Pages:
        pages = Pages(whole=True) if answer.value == WHOLE or _all_of_it(answer.text) else _pages(answer.text)
        if last is not None:
            check_pages(pages, last)
        return pages

    return Reader(read, (WHOLE,), numbered=False, find=pages_in)


def check_pages(pages: Pages, last: int) -> None:
    """Refuses pages that a work of `last` pages has not."""
    if pages.highest > last:
        raise Unreadable("read/pages-beyond", last=last, highest=pages.highest)
    if pages.count > last:
        raise Unreadable("read/pages-too-many", last=last, count=pages.count)


def _all_of_it(text: str) -> bool:
    folded = fold(text)
    short = len(folded.split()) <= LONGEST_ALL
    return short and bool(ALL_OF_IT.search(folded)) and not NOT_ALL.search(plain(text))


def _pages(text: str) -> Pages:
    typed = plain(re.sub(r"\s*\n\s*", ", ", text.strip()))
    typed = typed if re.search(r"\d", typed) else in_digits(typed)
    numbered = HYPHEN.sub("-", REACHES.sub("-", BETWEEN.sub(r"\1-\2", typed)))
    said = [whole(count) for count in SOME.findall(numbered)]
    listed = _listed(SOME.sub(" ", numbered))
    if said and not listed and not LOOSE.search(numbered):
        raise Unreadable("read/page-numbers", count=said[0])
    if LOOSE.search(numbered) or ALL_OF_IT.search(numbered) or (said and not listed):
        raise Unreadable("read/which-pages")
    if not listed:
        raise Unreadable("read/no-pages")
    if re.search(r"\d", text) and any(map(SAID_BESIDE.search, listed)):
        raise Unreadable("read/pages-alone")
    pages = Pages(tuple(map(_range, listed)))
    if any(count != pages.count for count in said):
        raise Unreadable("read/which-pages")
    return pages


def _listed(text: str) -> list[str]:
    """The numbers and ranges as they are listed."""
    tidy = HYPHEN.sub("-", " ".join(PASSED_OVER.sub(" ", JOINS.sub(",", text)).split()))
    listed = [part.strip(" .") for part in tidy.split(",")]
    return [token for part in listed for token in _apart(RUN.sub(_one_by_one, part))]


def _one_by_one(run: re.Match[str]) -> str:
    """ "3-4-5" as the pages 3 to 5; any other run is left as it is."""
    pages = [whole(page) for page in run[0].split("-")]
    follow = pages == list(range(pages[0], pages[0] + len(pages)))
    return f"{pages[0]}-{pages[-1]}" if follow else run[0]


def _apart(part: str) -> list[str]:
    """Where the commas are missing: "12-30 45-50" is a list, but "12 30" or "1 200-210" may not be."""
    tokens = part.split()
    return tokens if all("-" in token for token in tokens) else [part]


def _range(text: str) -> Range:
    found = PART.fullmatch(text)
    if found is None:
        raise Unreadable("read/no-pages")
    (first, roman), (last, last_roman) = _number(found[1]), _number(found[2] or found[1])
    if roman != last_roman:
        raise Unreadable("read/no-pages")
    if first > last:
        raise Unreadable("read/pages-backwards", first=written(first, roman), last=written(last, roman))
    return Range(first, last, roman)


def _number(text: str) -> tuple[int, bool]:
    number = page_number(text[:12])
    if number is None:
        raise Unreadable("read/no-pages")
    if not 1 <= number[0] <= HIGHEST:
        raise Unreadable("read/page-number", page=number[0], high=HIGHEST)
    return number
