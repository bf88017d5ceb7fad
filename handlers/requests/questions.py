"""The questions of the requests, and what may be chosen."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from enum import StrEnum

from bot.question import Question, Reader
from bot.reading import a_date, an_address, one_of, optional, some_text, yes_or_no

LONG_AGO = timedelta(days=366)
"""What began longer ago than this is taken for a slip."""


class Account(StrEnum):
    """Which account is locked."""

    COPIBEC = "copibec"
    PI = "pi"
    OTHER = "other"


class Followed(StrEnum):
    """How far the access guide was followed."""

    ALL = "all"
    PART = "part"
    NONE = "none"


class Listed(StrEnum):
    """What the secretary found in the GPI table."""

    RIGHT = "right"
    MENDED = "mended"
    NOT_YET = "not-yet"


class Subject(StrEnum):
    """What another request is about."""

    COLLECTION = "collection"
    PI = "pi"
    ASSISTANT = "assistant"
    OTHER = "other"


def _told(longest: int) -> Reader[str]:
    """Something for a human to read: nothing in it is tried as a question of its own."""
    return replace(some_text(min=3, max=longest, paragraphs=True), reads_anything=False)


ACCOUNT = Question("account", "account-locked/ask-account", one_of(Account))
ADDRESS = Question("address", "account-locked/ask-address", an_address())
LOCKED_SINCE = Question("since", "account-locked/ask-since", a_date(LONG_AGO))
TRIED = Question("tried", "account-locked/ask-tried", optional(some_text(max=300)))

FORMER = Question("former", "school-changed/ask-former", some_text(max=200))
NEW = Question("new", "school-changed/ask-new", some_text(max=200))
THERE_SINCE = Question("since", "school-changed/ask-since", a_date(LONG_AGO))

FOLLOWED = Question("followed", "questa/ask-followed", one_of(Followed))
LISTED = Question("listed", "questa/ask-listed", one_of(Listed))
WANTED = Question("wanted", "questa/ask-wanted", yes_or_no())
SHOWN = Question("shown", "questa/ask-shown", some_text(max=300))

NOTICE = Question("notice", "fees/ask-notice", optional(_told(1000)))
NUMBER = Question("number", "fees/ask-number", optional(some_text(max=40)))
DOUBT = Question("doubt", "fees/ask-doubt", _told(1000))

SUBJECT = Question("subject", "other/ask-subject", one_of(Subject))
MATTER = Question("matter", "other/ask-matter", _told(1000))
DONE = Question("tried", "other/ask-tried", optional(some_text(max=300)))
