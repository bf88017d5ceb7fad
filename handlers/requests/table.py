"""The requests: what each asks, and who may make it."""

from __future__ import annotations

from typing import Final

from bot.form import Step, Values
from bot.messages import Reply
from bot.question import Choice, Unreadable
from bot.reading import fold
from bot.turn import Conversation, Turn
from handlers.requests import questions as ask
from handlers.requests.questions import Account
from handlers.requests.shape import Request, conversation_of
from storage.states import SCHOOL_ROLES, Role

STAFF: Final = frozenset(SCHOOL_ROLES)
WITH_ACCOUNT: Final = STAFF | {Role.CSS_ADMIN}
"""Whoever has an account for declaring, or for following declarations."""


def _of_copibec(values: Values) -> bool:
    """Any other account has another way in, so that nothing else is asked."""
    return values.get("account", Account.COPIBEC) is Account.COPIBEC


ELSEWHERE: Final = {Account.PI: "account-locked/of-the-pi", Account.OTHER: "account-locked/of-others"}


def _moved(values: Values, new: str) -> None:
    if fold(new) == fold(values["former"]):
        raise Unreadable("school-changed/same-school")


def _own_schools(turn: Turn) -> list[Choice]:
    """Where the roster still has them."""
    named = {place.school_id: place.school for place in turn.person.places if place.school}
    return [Choice(f"s{number}", name) for number, name in named.items()]


TABLE: Final = (
    Request(
        "account-locked",
        (
            Step(ask.ACCOUNT),
            Step(ask.ADDRESS, _of_copibec),
            Step(ask.LOCKED_SINCE, _of_copibec),
            Step(ask.TRIED, _of_copibec),
        ),
        roles=WITH_ACCOUNT,
        instead=lambda values: ELSEWHERE.get(values["account"]),
    ),
    Request(
        "school-changed",
        (Step(ask.FORMER), Step(ask.NEW, check=_moved), Step(ask.THERE_SINCE)),
        roles=STAFF,
        offers={"former": _own_schools},
        schools=("former", "new"),
    ),
    Request(
        "questa",
        (
            Step(ask.FOLLOWED),
            Step(ask.LISTED),
            Step(ask.WANTED),
            Step(ask.SHOWN, lambda values: values.get("wanted", True)),
        ),
        roles=STAFF,
        tried=("followed", "listed"),
        instead=lambda values: None if values["wanted"] else "questa/next",
        opening=(Reply("questa/opening"),),
    ),
    Request("fees", (Step(ask.NOTICE), Step(ask.NUMBER), Step(ask.DOUBT)), roles=WITH_ACCOUNT),
    Request("other", (Step(ask.SUBJECT), Step(ask.MATTER), Step(ask.DONE)), for_team=False),
)
REQUESTS: Final[tuple[Conversation, ...]] = tuple(map(conversation_of, TABLE))
