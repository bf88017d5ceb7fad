"""The questions of the requests, and what may be chosen."""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum
from typing import Any, Final

from bot.question import Answer, Question, Reader, Unreadable
from bot.reading import an_address, fold, one_of, optional, some_text, yes_or_no
from bot.reading.texts import is_quoted
from handlers.requests.times import a_time

SENDS: Final = frozenset(["envoyer", "envoie", "envoyez", "envoyer la demande", "send", "send it", "submit"])
"""Said at the end; folded text."""


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
    UNSURE = "unsure"


class Subject(StrEnum):
    """What another request is about."""

    COLLECTION = "collection"
    PI = "pi"
    ASSISTANT = "assistant"
    OTHER = "other"


def _text(longest: int, **how: Any) -> Reader[str]:
    """Some text; « envoyer » is said too early, and no text."""
    reader = some_text(max=longest, **how)

    def read(answer: Answer) -> str:
        if fold(answer.text) in SENDS and not is_quoted(answer.text):
            raise Unreadable("requests/not-yet")
        return reader.read(answer)

    return replace(reader, read=read)


def _told(longest: int) -> Reader[str]:
    """Something for a human to read: nothing in it is tried as a question of its own."""
    return replace(_text(longest, min=3, paragraphs=True), reads_anything=False)


def _school() -> Reader[str]:
    """The name of a school; what else is written is tried as a question of its own."""
    return replace(_text(200), reads_anything=False)


ACCOUNT = Question("account", "account-locked/ask-account", one_of(Account))
ADDRESS = Question("address", "account-locked/ask-address", an_address())
LOCKED_SINCE = Question("since", "account-locked/ask-since", optional(a_time()))
TRIED = Question("tried", "account-locked/ask-tried", optional(_text(300)))

FORMER = Question("former", "school-changed/ask-former", _school())
NEW = Question("new", "school-changed/ask-new", _school())
THERE_SINCE = Question("since", "school-changed/ask-since", optional(a_time()))

FOLLOWED = Question("followed", "questa/ask-followed", one_of(Followed))
LISTED = Question("listed", "questa/ask-listed", one_of(Listed))
WANTED = Question("wanted", "questa/ask-wanted", yes_or_no())
SHOWN = Question("shown", "questa/ask-shown", _text(300))

NOTICE = Question("notice", "fees/ask-notice", optional(_told(1000)))
NUMBER = Question("number", "fees/ask-number", optional(_text(40)))
DOUBT = Question("doubt", "fees/ask-doubt", _told(1000))

SUBJECT = Question("subject", "other/ask-subject", one_of(Subject))
MATTER = Question("matter", "other/ask-matter", _told(1000))
DONE = Question("tried", "other/ask-tried", optional(_text(300)))
