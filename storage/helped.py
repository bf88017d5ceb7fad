"""What is held of those whom a human helps: their requests, what became of each, and whom they talk with."""

from __future__ import annotations

from typing import Final

from storage.holding import Erased, Holding, Sees, Until, Why, of_person, of_ticket, told_of_ticket

HELPED: Final = (
    Holding(
        "ticket",
        ("id", "opened_at", "kind", "text", "answer", "channel", "address", "state"),
        ("thread",),
        ("talk_id", "person_id"),
        Why.HELP,
        "tickets",
        Sees.SCHOOL,
        Erased.EMPTIED,
        of_person("ticket"),
    ),
    Holding(
        "ticket_care",
        ("ticket_id", "tried", "closed_at", "solved", "rating"),
        ("taken_by",),
        ("desk", "school_id", "taken_at", "changed_at", "waiting_since", "reminders"),
        Why.HELP,
        "tickets",
        Sees.SCHOOL,
        Erased.EMPTIED,
        of_ticket("ticket_care"),
    ),
    Holding(
        "ticket_event",
        ("ticket_id", "at", "what", "words"),
        ("by",),
        ("id",),
        Why.HELP,
        "tickets",
        Sees.SCHOOL,
        Erased.EMPTIED,
        told_of_ticket("ticket_event"),
    ),
    Holding(
        "registration",
        ("name", "school_named", "role", "email", "channel", "address", "accepted", "decided_at", "reason"),
        ("decided_by",),
        ("ticket_id", "school_id", "language"),
        Why.HELP,
        "tickets",
        Sees.SCHOOL,
        Erased.GONE,
        of_ticket("registration"),
    ),
    Holding(
        "alert_wait",
        (),
        ("pages",),
        ("id", "desk", "kind", "ticket_id", "key", "at", "listed_at"),
        Why.HELP,
        "tickets",
        Sees.SCHOOL,
        Erased.GONE,
        of_ticket("alert_wait"),
    ),
    Holding(
        "discussion",
        ("ticket_id", "channel", "address", "last_at"),
        ("human_id",),
        ("person_id",),
        Why.HELP,
        Until.REPLACED,
        Sees.TEAM,
        Erased.GONE,
        of_person("discussion"),
    ),
)
"""Their tables."""
