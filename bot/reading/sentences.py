"""What a sentence answers beyond doubt: a number with its check digit, pages, a day, a count. In doubt: nothing.

Each returns the part of the sentence as it would be typed alone, or None.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import date

from stdnum import ean, isbn, issn

from bot.question import Answer
from bot.reading.day_forms import Days
from bot.reading.day_names import with_names_numbered
from bot.reading.days import find_days
from bot.reading.words import OUTER, fold, plain

Find = Callable[[Answer], str | None]

LONGEST = 600
"""Characters: who writes more tells a story, and each of its words would be tried as a day."""
DOUBTFUL = re.compile(
    r"\?|n't\b|\b(?:pas|sauf|excepte|hormis|jamais|peut-etre|environ|presque|not|never|except|maybe|perhaps"
    r"|about|around|almost|unless|sinon|faudrait|devrais|should|would(?! like to declare\b))\b"
)
"""Who writes so does not say that something was copied, or not exactly what."""

PUBLISHED = re.compile(r"(?<![\d-])97[89](?:[ -]?\d){10}(?![\d-])")
LABELLED = re.compile(r"\bis([bs])n(?:[ -]?10(?=[ :]))?[ :]*((?:\d[ -]?){7,9}[\dx])(?![\w-])")


def is_doubtful(text: str) -> bool:
    """Whether the sentence leaves a doubt about all that it tells."""
    return len(text) > LONGEST or bool(DOUBTFUL.search(plain(text)))


def isbn_in(answer: Answer) -> str | None:
    """The one ISBN or ISSN whose check digit is right; the short ones only with their label."""
    text = plain(answer.text)
    books = [number for number in PUBLISHED.findall(text) if ean.is_valid(re.sub(r"\D", "", number))]
    checks = {"b": isbn.is_valid, "s": issn.is_valid}
    labelled = [
        number for kind, number in LABELLED.findall(text) if checks[kind](re.sub(r"[ -]", "", number))
    ]
    return _the_one([*books, *labelled])


PUPIL_WORDS = r"(?:eleves?|etudiants?|etudiantes?|pupils?|students?)"
NUMBER = r"\d{1,5}"
SPAN = rf"{NUMBER}(?: ?(?:-|a|au|to|through) ?(?:la |the )?{NUMBER})?"
LISTED = rf"{SPAN}(?:(?: ?, ?| et | and | ?& ?){SPAN})*"
ENDS = (
    r"(?= ?(?:$|[.;)\n]|,(?! ?\d)"
    r"| (?:d'|(?:de|du|des|of|from|dans|pour|for|hier|avant-hier|aujourd'hui|ce|yesterday|today|last|weekday\d)\b"
    r"(?! ?\d))"
    r"| (?:le|on) (?:the )?(?:weekday\d|month\d|\d{1,2}(?:er|e|th|st|nd|rd)? (?:of )?month\d)"
    rf"| (?:sur|out of) {NUMBER}\b|(?: (?:pour|for|with|avec)) {NUMBER} {PUPIL_WORDS}\b))"
)
"""What may follow the last page: no noun that its number counts, no further number."""
BEFORE_A_COUNT = rf"(?= ?, ?{NUMBER} {PUPIL_WORDS}\b)"
PAGES = re.compile(rf"\b(?:pages?|pgs?|pp?)\b\.? ?((?:{LISTED})(?:{ENDS})|(?:{SPAN})(?:{BEFORE_A_COUNT}))")
IN_BRACKETS = re.compile(
    rf"\b({NUMBER}) ?pages? ?\((?:(?:pages?|pp?\.?) ?)?(({NUMBER}) ?(?:-|a|au|to) ?({NUMBER}))\)"
)
"""« 9 pages (12 à 20) »."""
PAGES_WORD = re.compile(r"\b(?:pages?|pgs?|pp?)\b(?=\.? ?\d)|\b(?:chap|chapitres?|chapters?)\b")


def pages_in(answer: Answer) -> str | None:
    """The pages told after the word, where they are told once and nothing else is counted by their numbers."""
    text = with_names_numbered(plain(re.sub(r"(?<=\d)[–—](?=\d)", "-", answer.text)))
    text = re.sub(r"\b(p{1,2}) (?=\d)", r"\1.", IN_BRACKETS.sub(_counted_so, text))
    found = PAGES.findall(text.rstrip(" .!"))
    return _the_one(found) if len(PAGES_WORD.findall(text)) == 1 else None


def _counted_so(found: re.Match[str]) -> str:
    """The pages in the brackets, if they are as many as the words before say."""
    count, pages, first, last = found.groups()
    return f"pages {pages}" if int(last) - int(first) + 1 == int(count) else found[0]


ONE_GROUP = r"(?:ma|mon|une?|la|le|the|my|an?|one) (?:classe|groupe|class|group) (?:de|of) "
PAGES_OUT_OF = re.compile(rf"\b(?:pages? {SPAN}|{SPAN} pages?) (?:sur|out of) \d+")
AFTER_PAGES = re.compile(r"(?<=\d pages) (?:et|and) $")
"""« 250 pages et 30 élèves »: what stands before is counted apart."""
AFTER_SOMETHING = re.compile(
    r"(?:\b(?:de|of|d'|et|and|ou|or|a|to|sur|fois|times|x|par|per|moins|plus|entre|between)|[-+/*×.\d]) ?$"
)


def counted(words: str) -> Find:
    """Finds how many of them there are: `words` is a pattern of plain letters, such as "eleves?|pupils?"."""
    count = re.compile(rf"(?<![\d.,/-])({NUMBER}) (?:{words})\b(?! (?:sur|of|out of|/) ?\d| ?/)")
    some = re.compile(rf"\b(?:{words})\b")

    def find(answer: Answer) -> str | None:
        text = plain(answer.text)
        found = [hit for hit in count.finditer(text) if not _after_something(text[: hit.start()])]
        told = re.search(r"\b(?:sur|out of) \d|\d ?/ ?\d+ (?:" + words + ")", PAGES_OUT_OF.sub("", text))
        return found[0][1] if len(found) == 1 == len(some.findall(text)) and not told else None

    return find


def _after_something(before: str) -> bool:
    alone = AFTER_PAGES.sub("", re.sub(rf"{ONE_GROUP}$", "", before))
    return alone == before and bool(AFTER_SOMETHING.search(before))


MOST_WORDS = 6
"""Of one day: « le lundi 16 novembre 2026 »."""
CERTAIN = re.compile(
    r"\b\d{4}-\d\d?-\d\d?\b|\d(?: ?er|e|st|nd|rd|th)? (?:of |de )?month\d|month\d+ (?:the |le )?\d"
    r"|weekday\d (?:passe|dernier)\b|\b(?:last|this past) weekday\d"
    r"|\b(?:avant-)?hier\b|\byesterday\b|\b(?:aujourd'hui|today|ce matin|this morning|cet apres-midi)\b"
)
"""A day that cannot be another: 10/12 can, and a bare « lundi » may be every Monday."""
DAY_WORD = re.compile(r"\b(?:month\d+|weekday\d|weekly|hier|yesterday|aujourd'hui|today|demain|tomorrow)\b")
BESIDE = (
    "et|and|ou|or|au|a|to|puis|then|entre|between|depuis|since|avant|before|apres|after|jusqu'au|until|by|from|-"
    "|chaque|every|each"
)
TWO_DAYS = frozenset(BESIDE.split("|"))
"""Beside a day: there are several, or it is only where they begin or end."""
SMALL = frozenset({"le", "la", "the", "on", "l'"})


def day_in(answer: Answer) -> str | None:
    """The one day told, where nothing beside it makes two of it."""
    words, today = answer.text.split(), answer.at.date()
    spans = list(_days(words, today))
    if len(spans) != 1:
        return None
    begin, end = spans[0]
    rest = with_names_numbered(plain(" ".join((*words[:begin], ";", *words[end:]))))
    if DAY_WORD.search(rest) or _stands_between(words, begin, end):
        return None
    return OUTER.sub("", " ".join(words[begin:end]))


def _days(words: list[str], today: date) -> Iterable[tuple[int, int]]:
    """Where days are told, the longest telling of each."""
    at = 0
    while at < len(words):
        lengths = range(min(MOST_WORDS, len(words) - at), 0, -1)
        length = next((n for n in lengths if _meant(words[at : at + n], today)), 0)
        if length:
            yield _shrunk(words, at, at + length, today)
        at += length or 1


def _shrunk(words: list[str], begin: int, end: int, today: date) -> tuple[int, int]:
    """Without words at either end that say nothing of the day."""
    while end - begin > 1 and _meant(words[begin : end - 1], today) == _meant(words[begin:end], today):
        end -= 1
    while end - begin > 1 and _meant(words[begin + 1 : end], today) == _meant(words[begin:end], today):
        if DAY_WORD.search(with_names_numbered(plain(words[begin]))):
            break
        begin += 1
    return begin, end


def _meant(words: list[str], today: date) -> tuple[Days, ...] | None:
    """The days that these words alone tell for certain."""
    text = fold(" ".join(words))
    if not CERTAIN.search(with_names_numbered(text)):
        return None
    found = find_days(text, today)
    return found.named if found.precise and len(found.named) == 1 else None


def _stands_between(words: list[str], begin: int, end: int) -> bool:
    before = [word for word in map(fold, words[max(0, begin - 2) : begin]) if word not in SMALL]
    after = [word for word in map(fold, words[end : end + 3]) if word not in SMALL]
    joined = bool(after) and (after[0] or "-") in TWO_DAYS
    return (bool(before) and (before[-1] or "-") in TWO_DAYS) or (
        joined and len(after) > 1 and after[1][:1].isdigit()
    )


def _the_one(found: Iterable[str]) -> str | None:
    different = {re.sub(r"[\W_]", "", one) if " " not in one else one for one in found}
    return next(iter(found)) if len(different) == 1 else None
