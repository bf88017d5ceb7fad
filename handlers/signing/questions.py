"""The questions of the guided help: who asks, and what came of each thing to check."""

from __future__ import annotations

from enum import StrEnum

from bot.question import Answer, Question, Reader, Unreadable
from bot.reading import one_of, one_of_values, optional, some_text


class Side(StrEnum):
    """Who asks: each can check other things."""

    PARENT = "parent"
    STAFF = "staff"
    SECRETARY = "secretary"
    DIRECTION = "direction"


class Result(StrEnum):
    """What came of one check."""

    SOLVED = "solved"
    TRIED = "tried"
    """All is as it should be, and it still does not work."""
    LACKING = "lacking"
    """Something is not there."""
    UNSURE = "unsure"


def _came_of_it(*results: Result) -> Reader[Result]:
    chosen = one_of_values(*results)
    return Reader(lambda answer: Result(chosen.read(answer)), chosen.choices)


CHECKED = _came_of_it(Result.SOLVED, Result.TRIED, Result.UNSURE)
THERE = _came_of_it(Result.SOLVED, Result.TRIED, Result.LACKING, Result.UNSURE)
NONE_OF_THESE = "none"


def _one_shown(answer: Answer) -> str:
    """The school chosen, or that it is none of those."""
    if answer.value is None:
        raise Unreadable("read/choose-one")
    return answer.value


WHO = Question("who", "signing/ask-who", one_of(Side))

LINK = Question("link", "signing/ask-link", CHECKED)
ACCOUNT = Question("account", "signing/ask-account", THERE)
CREATE = Question("create", "signing/ask-create", THERE)
CHILD = Question("child", "signing/ask-child", THERE)
ADDRESS = Question("address", "signing/ask-address", CHECKED)

SEND_LINK = Question("send-link", "signing/ask-send-link", CHECKED)
STATUS = Question("status", "signing/ask-status", CHECKED)
RIGHTS = Question("rights", "signing/ask-rights", CHECKED)
GUIDE = Question("guide", "signing/ask-guide", CHECKED)
ADDRESSES = Question("addresses", "signing/ask-addresses", CHECKED)
BEHALF = Question("behalf", "signing/ask-behalf", CHECKED)

SCHOOL = Question("school", "signing/ask-school", optional(some_text(max=200)))
SAME_SCHOOL = Question(
    "same-school", "signing/ask-same-school", Reader(_one_shown, (NONE_OF_THESE,)), confirms=True
)
