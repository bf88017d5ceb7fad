"""The questions of a declaration, in the order of the form."""

from dataclasses import replace
from datetime import timedelta

from bot.question import Question
from bot.reading import (
    PUPIL_WORDS,
    a_count,
    a_date,
    a_year,
    an_isbn,
    one_of,
    one_of_values,
    optional,
    page_ranges,
    some_text,
)
from handlers.declarations.excluded import OTHER
from handlers.declarations.kinds import Kind, Medium, Origin, PlaySource

OLDEST_USE = timedelta(days=730)
"""A date of use longer ago than this is taken for a slip."""
MOST_PAGES = 20_000
MOST_PUPILS = 5_000
ANOTHER_WORK = "another"

KIND = Question("kind", "declare/ask-kind", one_of(Kind))
ORIGIN = Question("origin", "declare/ask-origin", one_of(Origin))
SOURCE = Question("source", "declare/ask-source", one_of(PlaySource))
ISBN = Question("isbn", "declare/ask-isbn", optional(an_isbn()))
TITLE = Question("title", "declare/ask-title", some_text(max=300))
SAME_WORK = Question("same", "declare/ask-same", one_of_values(ANOTHER_WORK), confirms=True)
EXCLUDED = Question("excluded", "declare/ask-excluded", one_of_values(OTHER), confirms=True)
AUTHOR = Question("author", "declare/ask-author", optional(some_text(max=300)))
PUBLISHER = Question("publisher", "declare/ask-publisher", optional(some_text(max=300)))
YEAR = Question("year", "declare/ask-year", optional(a_year()))
TOTAL = Question("total", "declare/ask-total", a_count(max=MOST_PAGES))
TOTAL_IF_KNOWN = Question("total", "declare/ask-total-if-known", optional(a_count(max=MOST_PAGES)))
COPIED = Question("copied", "declare/ask-copied", page_ranges())
MEDIUM = Question("medium", "declare/ask-medium", one_of(Medium))
PUPILS = Question("pupils", "declare/ask-pupils", a_count(max=MOST_PUPILS, of=PUPIL_WORDS))
USED_ON = Question("used", "declare/ask-date", a_date(OLDEST_USE))
LEVEL = Question("level", "declare/ask-level", optional(replace(some_text(max=100), numbered=False)))
NOTE = Question("note", "declare/ask-note", optional(some_text(max=1000)))
RECAP = Question("recap", "declare/recap", one_of_values("send"), confirms=True)
REVISED = Question("recap", "revise/recap", one_of_values("send"), confirms=True)
