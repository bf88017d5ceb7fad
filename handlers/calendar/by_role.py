"""The duties of a role as a file that anybody may subscribe to: nothing in it is about a person."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

from bot.render import Wording
from handlers.calendar.duties import OF_ROLE, duties_of
from handlers.calendar.feed import feed
from handlers.calendar.mine import YEARS
from storage.people import Place
from storage.states import Role


def calendar_of(role: str, wording: Wording, language: str, today: date) -> bytes | None:
    """The same all day long; None where that is no role, or one without duties."""
    if role not in {one.value for one in OF_ROLE}:
        return None
    duties = duties_of((Place(Role(role)),), today, YEARS)
    return feed(duties, wording, language, datetime.combine(today, time(), UTC)).content
