"""The duties of a role as a file that anybody may subscribe to: nothing in it is about a person."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import UTC, date, datetime, time
from typing import Final

from bot.render import Wording
from handlers.calendar.duties import OF_ROLE, duties_of, of_place
from handlers.calendar.feed import feed
from storage.people import Place
from storage.states import Role, Sector

YEARS: Final = 2
"""School years in a file."""
FEEDS: Final[Mapping[str, Place]] = {
    **{role.value: Place(role) for role in OF_ROLE},
    "school-admin-private": Place(Role.SCHOOL_ADMIN, sector=Sector.PRIVATE),
}
"""By the name in their address."""


def calendar_of(name: str, wording: Wording, language: str, today: date) -> bytes | None:
    """The same all day long; None where there is no such feed."""
    place = FEEDS.get(name)
    if place is None:
        return None
    duties = duties_of((place,), today, YEARS)
    return feed(duties, wording, language, datetime.combine(today, time(), UTC), name).content


def feeds_of(places: Collection[Place]) -> tuple[str, ...]:
    """The names of those that tell what somebody in these places has to do; of the same duties, one."""
    wanted = {of_place(place) for place in places}
    by_duties = {of_place(place): name for name, place in reversed(tuple(FEEDS.items()))}
    return tuple(sorted(by_duties[duties] for duties in wanted if duties))
