"""The few pages of the web: ending reminders with one click, and each role's calendar to subscribe to."""

from bot.channels.web.probe import Standing, probe
from bot.channels.web.serving import serve
from bot.channels.web.site import Site

__all__ = ["Site", "Standing", "probe", "serve"]
