"""`declic calendar`: the dates of a role as an iCalendar feed, to publish where people can subscribe to it."""

from __future__ import annotations

from typing import Final

from bot.clock import SystemClock
from bot.render import LANGUAGES, Wording
from bot.settings import Settings
from handlers.calendar.by_role import calendar_of
from storage.states import Role

OF_PRIVATE: Final = {Role.SCHOOL_ADMIN.value: "school-admin-private"}
"""The feeds of private schools that differ."""


def feed_of(settings: Settings, role: str, *, private: bool, language: str | None) -> bytes | None:
    """The feed of everybody in that role, as it stands today; written again each year, subscribers see the new one."""
    today = SystemClock().now().astimezone(settings.zone).date()
    name = OF_PRIVATE.get(role, role) if private else role
    wanted = language if language in LANGUAGES else settings.language
    return calendar_of(name, Wording({}, settings.zone), wanted, today)
