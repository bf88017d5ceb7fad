"""The abilities of those who follow up participation."""

from bot.turn import Ability
from handlers.reports.missing import MISSING, STAFF_ROOM
from handlers.reports.participation import REPORT, REPORT_FILES

REPORTS: tuple[Ability, ...] = (REPORT, MISSING, STAFF_ROOM, REPORT_FILES)
