"""The questions of a declaration, in the order of the form."""

from dataclasses import replace
from datetime import timedelta

from bot.question import Question
from bot.reading import (
    PUPIL_WORDS,
    a_count,
    a_date,
    a_year,
    in_words,
    named,
    one_of,
    one_of_values,
    optional,
    page_ranges,
    some_text,
)
from handlers.declarations.excluded import OTHER
from handlers.declarations.kinds import Kind, Medium, Origin, PlaySource
from handlers.declarations.number_or_name import a_number_or
from handlers.declarations.told import certain_total, medium_in

OLDEST_USE = timedelta(days=730)
"""A date of use longer ago than this is taken for a slip."""
MOST_PAGES = 20_000
MOST_PUPILS = 5_000
ANOTHER_WORK = "another"

KIND = Question("kind", "declare/ask-kind", one_of(Kind))
ORIGIN = Question("origin", "declare/ask-origin", one_of(Origin))
SOURCE = Question("source", "declare/ask-source", one_of(PlaySource))
ISBN = Question("isbn", "declare/ask-isbn", optional(a_number_or("title")))
A_TITLE = in_words(some_text(max=300), numbers=True)
A_NAME = named(in_words(some_text(max=300)))
TITLE = Question("title", "declare/ask-title", A_TITLE)
SAME_WORK = Question("same", "declare/ask-same", one_of_values(ANOTHER_WORK), confirms=True)
EXCLUDED = Question("excluded", "declare/ask-excluded", one_of_values(OTHER), confirms=True)
AUTHOR = Question("author", "declare/ask-author", optional(A_NAME))
PUBLISHER = Question("publisher", "declare/ask-publisher", optional(A_NAME))
YEAR = Question("year", "declare/ask-year", optional(a_year()))
A_TOTAL = replace(a_count(max=MOST_PAGES), find=certain_total)
TOTAL = Question("total", "declare/ask-total", A_TOTAL)
TOTAL_IF_KNOWN = Question("total", "declare/ask-total-if-known", optional(A_TOTAL))
COPIED = Question("copied", "declare/ask-copied", page_ranges())
MEDIUM = Question("medium", "declare/ask-medium", replace(one_of(Medium), find=medium_in))
PUPILS = Question("pupils", "declare/ask-pupils", a_count(max=MOST_PUPILS, of=PUPIL_WORDS))
USED_ON = Question("used", "declare/ask-date", a_date(OLDEST_USE))
LEVEL = Question(
    "level",
    "declare/ask-level",
    optional(replace(in_words(some_text(max=100), numbers=True), numbered=False)),
)
NOTE = Question("note", "declare/ask-note", optional(some_text(max=1000)))
RECAP = Question("recap", "declare/recap", one_of_values("send"), confirms=True)
REVISED = Question("recap", "revise/recap", one_of_values("send"), confirms=True)
