"""How answers are read: a reader takes what was written and returns its meaning, or says kindly why not."""

from bot.reading.choices import one_of, one_of_values, optional, yes_or_no
from bot.reading.dates import a_date
from bot.reading.identifiers import an_isbn, kind_of
from bot.reading.numbers import a_count, a_year
from bot.reading.page_ranges import check_pages, page_ranges
from bot.reading.pages import Pages, PagesFault, Range
from bot.reading.sentences import PUPIL_WORDS, is_doubtful
from bot.reading.texts import an_address, in_words, named, some_text
from bot.reading.words import choose, fold

__all__ = [
    "PUPIL_WORDS",
    "Pages",
    "PagesFault",
    "Range",
    "a_count",
    "a_date",
    "a_year",
    "an_address",
    "an_isbn",
    "check_pages",
    "choose",
    "fold",
    "in_words",
    "is_doubtful",
    "kind_of",
    "named",
    "one_of",
    "one_of_values",
    "optional",
    "page_ranges",
    "some_text",
    "yes_or_no",
]
