"""The settings of the team behind the assistant: when it is there, and how long somebody may wait for it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import time
from typing import Annotated

from pydantic import BeforeValidator, Field
from pydantic_settings import BaseSettings, NoDecode

from bot.settings.unfit import Unfit

HOURS = re.compile(r"(\d{1,2}):(\d{2})\s*[-–]\s*(\d{1,2}):(\d{2})")


@dataclass(frozen=True, slots=True)
class Hours:
    """When the team is there on a working day, in local time."""

    begins: time
    ends: time

    def __str__(self) -> str:
        return "-".join(f"{at.hour}:{at.minute:02}" for at in (self.begins, self.ends))


def hours_of(given: object) -> object:
    """The hours in `8:00-16:00`."""
    return span_of(given) if isinstance(given, str) else given


def span_of(given: str) -> Hours:
    """The hours from and to, as in `8:00-16:00`; raises Unfit."""
    found = HOURS.fullmatch(given.strip())
    try:
        from_hour, from_minute, to_hour, to_minute = map(int, found.groups() if found else ())
        begins, ends = time(from_hour, from_minute), time(to_hour, to_minute)
    except ValueError as error:
        raise Unfit("hours") from error
    if begins >= ends:
        raise Unfit("hours-end")
    return Hours(begins, ends)


class TeamSettings(BaseSettings):
    """What the operator decides of those who take up tickets."""

    team_hours: Annotated[Hours, NoDecode, BeforeValidator(hours_of)] = Hours(time(8), time(16))
    team_reminds_after: Annotated[int, Field(ge=1, le=200)] = 8
    """Working hours."""
    human_returns_after: Annotated[int, Field(ge=1, le=72)] = 2
    """Hours."""
