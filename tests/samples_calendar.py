"""Data for the templates of the school year."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from handlers.calendar.duties import duties_of
from handlers.declarations.periods import Period
from storage.people import Place
from storage.states import Role, Sector

TODAY = date(2026, 11, 17)
EVERYBODY = (
    Place(Role.TEACHER, 1),
    Place(Role.SCHOOL_ADMIN, 1, sector=Sector.PRIVATE),
    Place(Role.CSS_ADMIN, centre_id=1),
)
DUTIES = duties_of(EVERYBODY, TODAY)[:6]

CALENDAR: Mapping[str, Mapping[str, Any]] = {
    "calendar/page": {
        "duties": DUTIES,
        "done": {DUTIES[0].key},
        "today": TODAY,
        "late": ({"period": Period(2026, 1), "until": date(2026, 12, 14)},),
        "feeds": ("https://declic.exemple.invalid/calendar/teacher.ics?lang=fr",),
    },
    "calendar/event": {"duty": DUTIES[0]},
    "calendar/file": {"name": "declic.ics"},
}
