"""`declic calendar`: the dates of a role as an iCalendar feed, to publish where people can subscribe to it."""

from __future__ import annotations

from bot.clock import SystemClock
from bot.render import LANGUAGES, Wording
from bot.settings import Settings
from handlers.calendar.duties import duties_of
from handlers.calendar.feed import feed
from storage.people import Place
from storage.states import Role, Sector

YEARS = 2


def feed_of(settings: Settings, role: str, *, private: bool, language: str | None) -> bytes:
    """The feed of everybody in that role; written again each year, subscribers see the new one."""
    now = SystemClock().now().astimezone(settings.zone)
    place = Place(Role(role), sector=Sector.PRIVATE if private else Sector.PUBLIC)
    wanted = language if language in LANGUAGES else settings.language
    return feed(duties_of((place,), now.date(), YEARS), Wording({}, settings.zone), wanted, now).content
