"""A talk that is begun with the number of a book, such as its bar code showed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from bot.messages import Reply
from bot.reading.identifiers import kind_of, number_of, written
from handlers.declarations.questions import ISBN

NUMBER: Final = ISBN.name


def begun_with(argument: str) -> Mapping[str, str]:
    """What to begin with, for `isbn-9782070612758`; nothing for any other argument."""
    sort, _, digits = argument.partition("-")
    number = number_of(digits) if sort == NUMBER else None
    return {NUMBER: number} if number else {}


def said_back(number: str) -> Reply:
    """The number as it was read, so that a wrong one is seen at once."""
    return Reply("files/number-read", {"number": written(number), "sort": kind_of(number)})


def named_first(seed: Mapping[str, str]) -> tuple[Reply, ...]:
    """The book that a talk begins with, if any."""
    return (said_back(seed[NUMBER]),) if NUMBER in seed else ()
