"""The questions of the guided help: who asks, and what came of each thing to check."""

from __future__ import annotations

from dataclasses import replace

from bot.question import Answer, Question, Reader, Unreadable
from bot.reading import optional, some_text
from handlers.signing.reading import a_side, came_of_it
from handlers.signing.states import Result

CHECKED = came_of_it(Result.SOLVED, Result.TRIED, Result.UNSURE)
ALL = (Result.SOLVED, Result.TRIED, Result.LACKING, Result.UNSURE)
HAD = came_of_it(*ALL, stuck=None)
"""That it does not work says nothing of whether they have it."""
MADE = came_of_it(*ALL, stuck=Result.LACKING)
THERE = came_of_it(*ALL)
NONE_OF_THESE = "none"


def _one_shown(answer: Answer) -> str:
    """The school chosen, or that it is none of those."""
    if answer.value is None:
        raise Unreadable("read/choose-one")
    return answer.value


WHO = Question("who", "signing/ask-who", a_side())

LINK = Question("link", "signing/ask-link", CHECKED)
ACCOUNT = Question("account", "signing/ask-account", HAD)
CREATE = Question("create", "signing/ask-create", MADE)
CHILD = Question("child", "signing/ask-child", THERE)
ADDRESS = Question("address", "signing/ask-address", CHECKED)

SEND_LINK = Question("send-link", "signing/ask-send-link", CHECKED)
STATUS = Question("status", "signing/ask-status", CHECKED)
RIGHTS = Question("rights", "signing/ask-rights", CHECKED)
GUIDE = Question("guide", "signing/ask-guide", CHECKED)
ADDRESSES = Question("addresses", "signing/ask-addresses", CHECKED)
BEHALF = Question("behalf", "signing/ask-behalf", CHECKED)

SCHOOL = Question("school", "signing/ask-school", optional(replace(some_text(max=200), reads_anything=False)))
SAME_SCHOOL = Question(
    "same-school", "signing/ask-same-school", Reader(_one_shown, (NONE_OF_THESE,)), confirms=True
)
