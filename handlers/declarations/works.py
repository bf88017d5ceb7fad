"""Works already declared: suggested by title, found by number, so that a known one fills the rest."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from rapidfuzz import fuzz, process

from bot.form import Values
from bot.messages import number_in
from bot.question import Choice
from bot.reading import fold, kind_of
from bot.reading.words import plain
from bot.turn import Turn
from handlers.declarations.kinds import PUBLICATIONS, Kind
from handlers.declarations.periods import Period, period_of
from storage import declarations, known_titles
from storage.declarations import Declaration, Work
from storage.known_titles import Title

SHOWN = 3
"""How many known works are offered at once."""
CLOSE = 82
"""How alike two titles must be to ask whether they are the same (0 to 100, rapidfuzz token_set_ratio)."""

LONGEST_KEY = 340
"""Characters."""

Works = Mapping[str, Title]
"""The known works, each by the value that stands for its latest declaration in a choice."""


def known_works(turn: Turn, until: datetime | None = None) -> Works:
    """The works that this person or this school has declared, the person's own and the latest first.

    `until`: as they were known then, so that what a colleague sends meanwhile asks nobody anything anew.
    """
    latest: dict[str, Title] = {}
    for work in turn.once(_declared):
        if until is None or work.sent_at <= until:
            latest.setdefault(work.work_key, work)
    return {value_of(work): work for work in latest.values()}


def of_this_year(turn: Turn) -> Works:
    """The works that this person has declared since the school year began, the latest first."""
    begun = Period(period_of(turn.today).year, 1).first
    latest: dict[str, Title] = {}
    for work in turn.once(_own):
        if work.sent_at.astimezone(turn.now.tzinfo).date() >= begun:
            latest.setdefault(work.work_key, work)
    return {value_of(work): work for work in latest.values()}


def _own(turn: Turn) -> tuple[Title, ...]:
    return known_titles.recent(turn.tx, turn.person.id, None)


def _declared(turn: Turn) -> tuple[Title, ...]:
    school = turn.person.school
    return known_titles.recent(turn.tx, turn.person.id, school.school_id if school else None)


def value_of(work: Title) -> str:
    """What stands for a known work in a choice."""
    return f"d{work.id}"


def chosen(turn: Turn, value: str) -> Declaration | None:
    """The declaration that a choice stands for, whatever the list shows by now; only one's own or one's school's."""
    number = number_in(value.removeprefix("d"))
    found = declarations.by_id(turn.tx, number) if number else None
    school = turn.person.school
    near = found and (
        found.filing.person_id == turn.person.id
        or (school is not None and found.filing.school_id == school.school_id)
    )
    return found if near else None


def suits(work: Title, values: Values) -> bool:
    """Whether a known work may be what is declared: a song is not taken for a book."""
    kind, known = values.get("kind"), Kind(work.kind)
    return kind in (None, known) or {kind, known} <= PUBLICATIONS


def choices(works: Iterable[Title]) -> list[Choice]:
    """The first few works as choices."""
    return [Choice(value_of(work), name_of(work)) for work, _ in zip(works, range(SHOWN), strict=False)]


def name_of(work: Title) -> str:
    """Title and author, as on a spine."""
    return f"{work.title} ({work.author})" if work.author else work.title


@dataclass(frozen=True, slots=True)
class Like:
    """Finds the works known then whose title is close to this one, the closest first; for `Turn.once`."""

    title: str
    until: datetime

    def __call__(self, turn: Turn) -> list[Title]:
        works = known_works(turn, self.until)
        titles = {value: _compared(work.title) for value, work in works.items()}
        close = process.extract(
            fold(self.title), titles, scorer=fuzz.token_set_ratio, score_cutoff=CLOSE, limit=SHOWN
        )
        return [works[value] for _, _, value in close]


LEAST_WORDS = 2
"""Of a title that a sentence may name: one of a single word is a word like any other, but for its capital letter."""
BEFORE_TITLE = re.compile(
    r"(?:^|[«“\"(,:;.!?] ?|(?:\d|\b(?:pages?|extraits?|excerpts?|copie|copied|photocopie|photocopied)) (?:(?:de|of|from"
    r"|dans|in) )?(?:(?:du|le|the|mon|my|notre|our) )?|\b(?:livre|roman|manuel|cahier|album|recueil|book|novel|textbook"
    r"|workbook|titre|title) )$"
)
AFTER_TITLE = re.compile(
    r" ?(?:$|[»”\"),:;.!?\n](?! ?(?:tome|vol))| (?:hier|avant-hier|aujourd'hui|yesterday|today|last|p|pp|pages?|isbn)\b"
    r"| (?:pour|for|with|avec) (?:\d|mes|ma|my|les eleves|our|nos)"
    r"| (?:le |on )?(?:lundi|mardi|mercredi|jeudi|vendredi|monday|tuesday|wednesday|thursday|friday)\b)"
)
"""Around a title it must be clear that it is all of the title."""


def named_in(text: str, works: Iterable[Title]) -> str | None:
    """The one title of these that stands in the text, word for word and whole."""
    sentence = plain(text)
    titles = {fold(work.title): work.title for work in works}
    told = {title for title in titles if _is_title(text, titles[title]) and _stands_in(sentence, title)}
    longest = {one for one in told if not any(one != other and one in other for other in told)}
    return titles[longest.pop()] if len(longest) == 1 else None


def _is_title(text: str, title: str) -> bool:
    """A title of a single word only where it is written as one."""
    return len(title.split()) >= LEAST_WORDS or (title[:1].isupper() and title in text)


def _stands_in(sentence: str, title: str) -> bool:
    begin = sentence.find(title)
    end = begin + len(title)
    whole = sentence.count(title) == 1 and BEFORE_TITLE.search(sentence[:begin])
    return begin >= 0 and bool(whole and AFTER_TITLE.match(sentence, end))


def with_number(turn: Turn, isbn: str, until: datetime | None) -> Declaration | None:
    """The work known then (None: by now) with this ISBN; an ISSN is a periodical's, and names none of its articles."""
    if kind_of(isbn) == "issn":
        return None
    known = next((value for value, work in known_works(turn, until).items() if work.isbn == isbn), None)
    return chosen(turn, known) if known else None


_compared = lru_cache(maxsize=10_000)(fold)
"""Titles as they are compared; the same ones come again at every turn."""


def work_key(work: Work) -> str:
    """Names the work whatever the spelling of its title: by its ISBN, or by kind, title and author."""
    return _number(work) or _name_key(work)


def keys_of(turn: Turn, work: Work) -> tuple[str, ...]:
    """All that names this work for certain: its ISBN, and kind, title and author as declared with that ISBN.

    What bears several ISBNs may be several editions: then the number alone tells, or the lack of one.
    """
    declared = turn.once(_declared)
    name, number = _name_key(work), _number(work)
    numbers = {number, *(_number(one) for one in declared if _name_key(one) == name)} - {None}
    if len(numbers) != 1:
        return (work_key(work),)
    (the_number,) = numbers
    names = {name, *(_name_key(one) for one in declared if _number(one) == the_number)}
    others = {_name_key(one) for one in declared if _number(one) not in (None, the_number)}
    return (str(the_number), *sorted(names - others))


def _number(work: Work | Title) -> str | None:
    """Its ISBN; an ISSN names none of the articles in it."""
    return work.isbn if work.isbn and kind_of(work.isbn) == "isbn" else None


def _name_key(work: Work | Title) -> str:
    return "|".join((work.kind, _compared(work.title), _compared(work.author or "")))[:LONGEST_KEY]
