"""What is held of reminders: whom they reached, what people want of them, and who had one sent by hand."""

from __future__ import annotations

from typing import Final

from storage import tables as t
from storage.holding import Erased, Holding, Sees, Until, Why, of_person

AIM = ("rule", "audience", "period", "offset", "standing", "school_id", "centre_id")
COURSE = ("day", "useful_until", "state", "reason", "filled_to", "ended_at")

REMINDED: Final = (
    Holding(
        "reminder",
        ("at", "outcome", "reason", "channel"),
        ("standing", "letter_id", "unasked_at"),
        ("campaign_id", "person_id"),
        Why.RECORD,
        "reminders",
        Sees.SCHOOL,
        Erased.GONE,
        of_person("reminder"),
    ),
    Holding(
        "reminder_choice",
        ("kind", "wanted"),
        (),
        ("person_id",),
        Why.REACH,
        Until.ERASED,
        Sees.TEAM,
        Erased.GONE,
        of_person("reminder_choice"),
    ),
    Holding(
        "campaign",
        ("made_at", "note"),
        ("made_by",),
        ("id", "key", *AIM, *COURSE),
        Why.RECORD,
        "reminders",
        Sees.SCHOOL,
        Erased.NAMELESS,
        lambda who: t.campaign.c.made_by == who.person_id,
    ),
)
